#!/usr/bin/env bash
# Shows by use that flows run: one is made by the REST API that begets data, changes it and lets it pile up; its data is counted and read, and all of it is taken away again.
# And nobody gets in without the password.
# Given: ADMIN_USER, ADMIN_PASSWORD.
set -euo pipefail
cat >/opt/nifi/proof.py <<'PYTHON'
"""Makes a flow by NiFi's REST API, has it run, looks at what came of it, and removes it."""

import json
import os
import re
import secrets
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

base = f"https://{os.environ['PRIVATE_ADDRESS']}:8443/nifi-api"
trusted = ssl.create_default_context(cafile="/etc/nifi/tls/authority.pem")
web = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trusted))
token = None


def ask(method, path, body=None, form=None):
    """What NiFi answers: its status, and its text."""
    request = urllib.request.Request(base + path, method=method)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    if form is not None:
        request.data = urllib.parse.urlencode(form).encode()
    elif body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    try:
        with web.open(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


def told(method, path, body=None):
    """What NiFi answers, read; whoever is refused ends here."""
    status, text = ask(method, path, body)
    if status >= 300:
        sys.exit(f"NiFi answered {method} {path} with {status}: {text[:300]}")
    return json.loads(text)


def until(what, look, seconds=120):
    """Waits until there is something to see."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            sys.exit(f"{what} did not happen within {seconds} s.")
        time.sleep(1)


new = {"revision": {"version": 0}}
user, password = os.environ["ADMIN_USER"], os.environ["ADMIN_PASSWORD"]
status, _ = ask("GET", "/flow/status")
if status != 401:
    sys.exit(f"Who has not signed in is answered with {status}, not refused with 401.")
status, _ = ask("POST", "/access/token", form={"username": user, "password": f"not {password}"})
if status not in (400, 401, 403):
    sys.exit(f"Who has a wrong password is answered with {status}, not refused.")
status, text = ask("POST", "/access/token", form={"username": user, "password": password})
if status != 201:
    sys.exit(f"Who has the password is answered with {status}: {text[:300]}")
token = text


def stands(group):
    """Whether nothing of a flow is at work any more."""
    return told("GET", f"/flow/process-groups/{group}/status")["processGroupStatus"]["aggregateSnapshot"]["activeThreadCount"] == 0


def remove(group):
    """Ends a flow, and takes it away with all that waits in it."""
    run(group, "STOPPED")
    until("That the flow stands", lambda: stands(group))
    for queue in told("GET", f"/process-groups/{group}/connections")["connections"]:
        path = f"/flowfile-queues/{queue['id']}/drop-requests"
        number = told("POST", path)["dropRequest"]["id"]
        until("That a queue is empty", lambda path=path, number=number: told("GET", f"{path}/{number}")["dropRequest"]["finished"])
        told("DELETE", f"{path}/{number}")
    version = told("GET", f"/process-groups/{group}")["revision"]["version"]
    told("DELETE", f"/process-groups/{group}?version={version}")


def processor(kind, x, properties, period="0 sec", terminated=()):
    config = {"properties": properties, "schedulingPeriod": period, "autoTerminatedRelationships": list(terminated)}
    component = {"type": f"org.apache.nifi.processors.standard.{kind}", "name": kind, "position": {"x": x, "y": 0}, "config": config}
    return told("POST", f"/process-groups/{group}/processors", {**new, "component": component})["id"]


def connection(source, target, kind="PROCESSOR"):
    ends = {
        "source": {"id": source, "groupId": group, "type": "PROCESSOR"},
        "destination": {"id": target, "groupId": group, "type": kind},
        "selectedRelationships": ["success"],
    }
    return told("POST", f"/process-groups/{group}/connections", {**new, "component": ends})["id"]


def listed(queue):
    """What waits in a queue."""
    path = f"/flowfile-queues/{queue}/listing-requests"
    number = told("POST", path)["listingRequest"]["id"]
    try:
        done = until("A look into the queue", lambda: (lambda seen: seen if seen["finished"] else None)(told("GET", f"{path}/{number}")["listingRequest"]))
    finally:
        ask("DELETE", f"{path}/{number}")
    return done["flowFileSummaries"]


def run(group, state):
    told("PUT", f"/flow/process-groups/{group}", {"id": group, "state": state})


# of a proof that was cut off: it would go on begetting data
for left in told("GET", "/process-groups/root/process-groups")["processGroups"]:
    if re.fullmatch("transat-proof-[0-9a-f]{12}", left["component"]["name"]):
        remove(left["id"])

wanted, mark = int(os.environ["WANTED"]), secrets.token_hex(6)
group = told("POST", "/process-groups/root/process-groups", {**new, "component": {"name": f"transat-proof-{mark}", "position": {"x": 0, "y": 0}}})["id"]
try:
    begets = processor("GenerateFlowFile", 0, {"generate-ff-custom-text": f"written {mark}", "Batch Size": "1"}, period="200 ms")
    changes = processor("ReplaceText", 400, {"Regular Expression": "written", "Replacement Value": "changed", "Replacement Strategy": "Literal Replace"}, terminated=["failure"])
    funnel = told("POST", f"/process-groups/{group}/funnels", {**new, "component": {"position": {"x": 800, "y": 0}}})["id"]
    queues = [connection(begets, changes), connection(changes, funnel, "FUNNEL")]
    for each in (begets, changes):
        until(
            "That a processor is valid",
            lambda each=each: (lambda seen: seen["validationStatus"] == "VALID" or (seen["validationStatus"] == "INVALID" and sys.exit(str(seen["validationErrors"]))))(
                told("GET", f"/processors/{each}")["component"]
            ),
        )
    run(group, "RUNNING")

    def waiting():
        return told("GET", f"/flow/connections/{queues[1]}/status")["connectionStatus"]["aggregateSnapshot"]["flowFilesQueued"]

    until(f"That {wanted} flow files went through", lambda: waiting() >= wanted)
    run(group, "STOPPED")
    until("That the flow stands", lambda: stands(group))
    files = listed(queues[1])[:wanted]
    texts = {ask("GET", f"/flowfile-queues/{queues[1]}/flowfiles/{each['uuid']}/content")[1] for each in files}
    if len(files) < wanted or texts != {f"changed {mark}"}:
        sys.exit(f"Of {len(files)} flow files the texts are {sorted(texts)[:3]}.")
finally:
    # whatever became of it, nothing of it stays
    remove(group)
PYTHON
WANTED=5 python3 /opt/nifi/proof.py
output proof "5 flow files were made, changed and read in a flow of its own, which is removed; who has not signed in, or has a wrong password, was refused"
log "Proven: 5 flow files were made, changed and read."

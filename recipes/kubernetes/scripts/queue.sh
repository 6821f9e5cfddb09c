#!/usr/bin/env bash
# Puts the program there that says which pods wait for workers, and what the workers do; ../shared/tell-queue.sh has it told.
set -euo pipefail

install -d -m 0755 /usr/local/lib/transat
cat >/usr/local/lib/transat/queue.py <<'PYTHON'
"""Prints what pods wait for more workers in Kubernetes, and which workers have nothing to do."""
import json
import os
import subprocess
from collections import Counter
from decimal import Decimal

# What the scheduler says of a machine that is too small for what is on it already …
FULL = ("Insufficient cpu", "Insufficient memory", "Too many pods")
# … what it says where none takes anything …
NONE = ("untolerated taint", "were unschedulable")
# … and what would be the same on a further one, as workers are all alike.
ELSEWHERE = ("didn't match Pod's node affinity/selector", "volume node affinity conflict")
# The cluster's own pods may be anywhere: one that leaves hands them on.
OWN = {"kube-system", "kube-flannel", "local-path-storage"}
MOST = 1000
FRONT = "node-role.kubernetes.io/control-plane"
UNITS = {"n": "1e-9", "u": "1e-6", "m": "1e-3", "k": "1e3", "M": "1e6", "G": "1e9", "T": "1e12", "P": "1e15"}
UNITS |= {f"{letter}i": str(2 ** (10 * power)) for power, letter in enumerate("KMGTP", 1)}


def items(*what):
    command = ["kubectl", "--kubeconfig", "/etc/kubernetes/admin.conf", "--request-timeout=30s", "get", *what, "-o", "json"]
    # the cluster itself is never asked through a proxy
    env = {**os.environ, "NO_PROXY": "*", "no_proxy": "*"}
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env, timeout=40).stdout)["items"]


def amount(text):
    """A quantity as Kubernetes writes it (100m, 2, 1.5Gi, 1e3) as a number."""
    for unit, times in sorted(UNITS.items(), key=lambda each: -len(each[0])):
        if text.endswith(unit):
            return Decimal(text[: -len(unit)]) * Decimal(times)
    return Decimal(text)


def asked(resources):
    return Counter({name: amount(str(text)) for name, text in (resources or {}).get("requests", {}).items()})


def asks(spec):
    """What room a pod takes: that of its containers, or of one that goes before them where that takes more."""
    total, before = Counter(), Counter()
    for container in spec.get("initContainers", []):
        alone = asked(container.get("resources"))
        if container.get("restartPolicy") == "Always":
            total += alone
            alone = Counter()
        before |= total + alone
    for container in spec["containers"]:
        total += asked(container.get("resources"))
    total |= before
    # what is said of the pod as a whole goes before what is said of its containers
    total = Counter({**total, **asked(spec.get("resources"))})
    total += Counter({name: amount(str(text)) for name, text in spec.get("overhead", {}).items()})
    return total + Counter({"pods": 1})


def owners(pod):
    return {owner["kind"] for owner in pod["metadata"].get("ownerReferences", [])}


def on_every_node(pod):
    """Whether it belongs to its node: it comes and goes with it."""
    return bool(owners(pod) & {"DaemonSet", "Node"})


def lacks_room(pod, workers_up):
    """Whether a pod waits for nothing but room."""
    has_place = pod["spec"].get("nodeName") or pod["status"].get("nominatedNodeName")
    if has_place or pod["metadata"].get("deletionTimestamp") or on_every_node(pod):
        return False
    said = [each for each in pod["status"].get("conditions", []) if each["type"] == "PodScheduled"]
    if not said or said[0].get("reason") != "Unschedulable":
        return False
    why = said[0].get("message", "").split("preemption:")[0]
    if any(words in why for words in ELSEWHERE):
        return False
    return any(words in why for words in (FULL if workers_up else FULL + NONE))


def fits(pod, room):
    return all(room[name] >= much for name, much in pod.items() if much > 0)


def place(pods, rooms):
    """Puts pods into rooms, the largest first. Takes from the rooms. @returns those that found none, and how many of the rooms took some"""
    left, used = [], set()
    for pod in sorted(pods, key=lambda each: (each["cpu"], each["memory"]), reverse=True):
        found = next((index for index, room in enumerate(rooms) if fits(pod, room)), None)
        if found is None:
            left.append(pod)
        else:
            used.add(found)
            rooms[found].subtract(pod)
    return left, len(used)


def wanted(waiting, idle, fresh):
    """How many machines with nothing on them the pods could be given: those there are, and as many further ones as it takes."""
    left, used = place(waiting, [Counter(room) for room in idle])
    if not left:
        return used
    further = []
    while left and len(further) < MOST:
        further.append(Counter(fresh))
        left, _ = place(left, further[-1:])
    # those there are have no room for them, though little is on them
    return len(idle) + len(further)


def report(nodes, pods, volumes):
    workers = {node["metadata"]["name"]: node for node in nodes if FRONT not in node["metadata"].get("labels", {})}
    # what is kept on a worker's own disk is work, too: it would go with it
    works = {name for volume in volumes for name in names_of(volume)}
    room, empty = {}, {}
    for name, node in workers.items():
        there = [pod for pod in pods if pod["spec"].get("nodeName") == name]
        if any(not on_every_node(pod) and pod["metadata"]["namespace"] not in OWN for pod in there):
            works.add(name)
        room[name] = Counter({what: amount(text) for what, text in node["status"]["allocatable"].items()})
        empty[name] = Counter(room[name])
        for pod in there:
            room[name].subtract(asks(pod["spec"]))
            if on_every_node(pod):
                empty[name].subtract(asks(pod["spec"]))
    states = {name: "away" if not is_up(node) else "busy" if name in works else "idle" for name, node in workers.items()}
    up = [name for name, state in states.items() if state != "away"]
    fresh = max(empty.values(), key=lambda each: (each["cpu"], each["memory"]), default=None)
    waiting = [asks(pod["spec"]) for pod in pods if lacks_room(pod, up)]
    # one that is larger than a worker would wait for ever; where none was ever there, that shows when one is
    waiting = [pod for pod in waiting if fresh is None or fits(pod, fresh)]
    idle = [room[name] for name, state in states.items() if state == "idle"]
    count = wanted(waiting, idle, fresh) if fresh is not None else int(bool(waiting))
    machines = [{"name": name, "state": state} for name, state in sorted(states.items())]
    return {"waiting": len(waiting), "wanted": count, "machines": machines[:MOST]}


def is_up(node):
    ready = any(each["type"] == "Ready" and each["status"] == "True" for each in node["status"].get("conditions", []))
    return ready and not node["spec"].get("unschedulable")


def names_of(volume):
    """The machines on whose own disk a volume is."""
    terms = volume["spec"].get("nodeAffinity", {}).get("required", {}).get("nodeSelectorTerms", [])
    expressions = [each for term in terms for each in term.get("matchExpressions", [])]
    return [name for each in expressions if each["key"] == "kubernetes.io/hostname" for name in each.get("values", [])]


def main():
    living = "--field-selector=status.phase!=Succeeded,status.phase!=Failed"
    print(json.dumps(report(items("nodes"), items("pods", "--all-namespaces", living), items("persistentvolumes"))))


main()
PYTHON

#!/usr/bin/env bash
# Has this machine tell Transat every half a minute what waits for nodes of a group, and what they do, as the recipe's own
# /usr/local/lib/transat/queue.py prints it. Given: QUEUE_GROUP, QUEUE_TOKEN (good for nothing but that).
set -euo pipefail

install -d -m 0755 /etc/transat
(
  umask 077
  cat >/etc/transat/queue.json <<JSON
{"group": "$QUEUE_GROUP", "token": "$QUEUE_TOKEN"}
JSON
)

cat >/usr/local/lib/transat/tell-queue.py <<'PYTHON'
"""Tells Transat what waits for nodes of a group, and which of them have nothing to do."""
import json
import os
import ssl
import subprocess
import sys
import urllib.request


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    about = read("/etc/transat/queue.json")
    callback = read("/var/lib/transat/config.json").get("callback")
    program = [sys.executable, "/usr/local/lib/transat/queue.py"]
    told = subprocess.run(program, check=True, stdout=subprocess.PIPE, timeout=120).stdout
    # where this node can't call, Transat comes and reads it
    path = f"/var/lib/transat/queue-{about['group']}.json"
    with open(f"{path}.part", "wb") as file:
        file.write(told)
    os.replace(f"{path}.part", path)
    if not callback:
        return
    context = ssl.create_default_context()
    if callback.get("ca"):
        context.load_verify_locations(cadata=callback["ca"])
    request = urllib.request.Request(
        f"{callback['url']}/queue/{about['group']}",
        data=told,
        headers={"Authorization": f"Bearer {about['token']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20, context=context):
        pass


main()
PYTHON
cat >/etc/systemd/system/transat-queue.service <<'UNIT'
[Unit]
Description=Tells Transat what waits for nodes

[Service]
Type=oneshot
EnvironmentFile=-/etc/environment
ExecStart=/usr/bin/python3 /usr/local/lib/transat/tell-queue.py
UNIT
cat >/etc/systemd/system/transat-queue.timer <<'UNIT'
[Unit]
Description=Tells Transat every half a minute what waits for nodes

[Timer]
OnActiveSec=5
OnUnitActiveSec=30
AccuracySec=5

[Install]
WantedBy=timers.target
UNIT
# what a cluster has that was set up by an earlier version of the recipe
systemctl --quiet disable --now slurm-queue.timer 2>/dev/null || true
systemctl daemon-reload
systemctl --quiet enable --now transat-queue.timer
log "Transat is told what waits."

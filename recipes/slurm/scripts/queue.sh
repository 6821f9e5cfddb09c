#!/usr/bin/env bash
# Has the controller tell Transat every half a minute what waits for workers, and what the workers do.
# Given: QUEUE_GROUP, QUEUE_TOKEN (good for nothing but that), PARTITION, PARTITIONS (further ones, one a line), MOST (workers that there may be).
set -euo pipefail

names=$PARTITION$(awk 'NF {printf ",%s", $1}' <<<"$PARTITIONS")
install -d -m 0755 /etc/transat /usr/local/lib/transat
umask 077
cat >/etc/transat/queue.json <<JSON
{"group": "$QUEUE_GROUP", "token": "$QUEUE_TOKEN", "partition": "$names", "most": $MOST}
JSON
umask 022

cat >/usr/local/lib/transat/slurm-queue.py <<'PYTHON'
"""Tells Transat what waits in SLURM's queue for more workers, and which workers have nothing to do."""
import json
import os
import ssl
import subprocess
import urllib.request

# What waits for another reason (a dependency, a hold, a limit of a person) would not run on more workers either.
ROOM = {"Resources", "Priority", "None", "Nodes_required_for_job_are_DOWN,_DRAINED_or_reserved_for_jobs_in_higher_priority_partitions"}
# SLURM's words where a job asks for more nodes, or for more CPUs, than all workers are together. They have other causes, too.
TOO_FEW = {"PartitionNodeLimit", "PartitionConfig"}
BUSY = {"allocated", "mixed", "completing"}


def lines(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=20).stdout.splitlines()


def waiting(partition, there, most):
    """For how many workers each job asks that more workers would let run; for one that asks for more than there may be, none comes."""
    jobs = [line.split("|") for line in lines("squeue", "-h", "-r", "-t", "PENDING", "-p", partition, "-o", "%D|%r")]
    asked = [(int(count), reason.replace(" ", "_").strip("()")) for count, reason in jobs]
    return [count for count, reason in asked if count <= most and (reason in ROOM or (reason in TOO_FEW and count > there))]


def machines():
    """Each worker once, and whether it works, has nothing to do, or takes nothing now."""
    seen = {}
    for line in lines("sinfo", "-h", "-N", "-o", "%N|%T"):
        name, state = line.split("|")
        plain = state.rstrip("*~#!%$@^-+")
        # one that is planned for a job that waits has nothing to do until that begins
        seen[name] = "away" if state.endswith("*") else "idle" if plain in {"idle", "planned"} else "busy" if plain in BUSY else "away"
    return [{"name": name, "state": state} for name, state in sorted(seen.items())]


def report(about):
    workers = machines()
    nodes = waiting(about["partition"], len(workers), about["most"])
    return {"waiting": len(nodes), "wanted": min(sum(nodes), 100000), "machines": workers}


def main():
    with open("/etc/transat/queue.json", encoding="utf-8") as file:
        about = json.load(file)
    with open("/var/lib/transat/config.json", encoding="utf-8") as file:
        callback = json.load(file).get("callback")
    told = json.dumps(report(about))
    # where this node can't call, Transat comes and reads it
    path = f"/var/lib/transat/queue-{about['group']}.json"
    with open(f"{path}.part", "w", encoding="utf-8") as file:
        file.write(told)
    os.replace(f"{path}.part", path)
    if not callback:
        return
    context = ssl.create_default_context()
    if callback.get("ca"):
        context.load_verify_locations(cadata=callback["ca"])
    request = urllib.request.Request(
        f"{callback['url']}/queue/{about['group']}",
        data=told.encode(),
        headers={"Authorization": f"Bearer {about['token']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20, context=context):
        pass


main()
PYTHON
cat >/etc/systemd/system/slurm-queue.service <<'UNIT'
[Unit]
Description=Tells Transat what waits for workers
After=slurmctld.service

[Service]
Type=oneshot
EnvironmentFile=-/etc/environment
ExecStart=/usr/bin/python3 /usr/local/lib/transat/slurm-queue.py
UNIT
cat >/etc/systemd/system/slurm-queue.timer <<'UNIT'
[Unit]
Description=Tells Transat every half a minute what waits for workers

[Timer]
OnActiveSec=5
OnUnitActiveSec=30
AccuracySec=5

[Install]
WantedBy=timers.target
UNIT
systemctl daemon-reload
systemctl --quiet enable --now slurm-queue.timer
log "Transat is told what waits."

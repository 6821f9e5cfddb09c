#!/usr/bin/env bash
# Puts the program there that says what waits for workers, and what the workers do; ../shared/tell-queue.sh has it told.
# Given: PARTITION, PARTITIONS (further ones, one a line), MOST (workers that there may be).
set -euo pipefail

names=$PARTITION$(awk 'NF {printf ",%s", $1}' <<<"$PARTITIONS")
install -d -m 0755 /etc/transat /usr/local/lib/transat
cat >/etc/transat/slurm-queue.json <<JSON
{"partition": "$names", "most": $MOST}
JSON

cat >/usr/local/lib/transat/queue.py <<'PYTHON'
"""Prints what waits in SLURM's queue for more workers, and which workers have nothing to do."""
import json
import subprocess

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
    with open("/etc/transat/slurm-queue.json", encoding="utf-8") as file:
        print(json.dumps(report(json.load(file))))


main()
PYTHON

#!/usr/bin/env bash
# Hears from the workers what hardware they have, writes slurm.conf from it, and starts slurmctld.
# Given: WORKERS, WORKER_ADDRESSES (separated by commas, in the same order), PARTITION, PARTITIONS (further ones, one a line: a name, then perhaps
# the minutes of a job and a priority), ACCOUNTING and MPI (true or false), GPUS (of a worker, as asked for), HEALTH_CHECK (true or false),
# HEALTH_MINUTES, PEOPLE (one a line: a name, then perhaps a public key).
set -euo pipefail

install -d -o slurm -g slurm -m 0755 /var/lib/slurm/slurmctld /var/log/slurm
install -d -m 0755 /etc/slurm

# Makes slurm.conf of what is known now; run here, and again whenever a worker has told something else.
cat >/usr/local/sbin/transat-slurm-configure <<'PYTHON'
#!/usr/bin/python3
"""Writes slurm.conf, cgroup.conf and gres.conf from what the workers told of themselves, and has SLURM take them where they changed."""
import fcntl
import glob
import json
import os
import subprocess

NODES = "/var/lib/slurm/nodes"
# gone from before something changes until SLURM has begun anew with it: a restart that was cut off is made up for
STANDS = "/etc/slurm/.stands"


def told(name):
    try:
        with open(os.path.join(NODES, name), encoding="ascii") as file:
            pairs = dict(word.split("=") for word in file.read().split())
        return {key: int(value) for key, value in pairs.items()}
    except FileNotFoundError:
        return None


def memory_of(has):
    """MiB for jobs: a twentieth is left to the system."""
    return min(has["RealMemory"], has["Memory"]) * 95 // 100


def gpus_of(has):
    """As many as the machine itself has found, with a driver: SLURM sets aside a node that has fewer than its configuration says."""
    return has.get("Gpus", 0) if has else 0


def gres_line(name, count):
    files = "/dev/nvidia0" if count == 1 else f"/dev/nvidia[0-{count - 1}]"
    return f"NodeName={name} Name=gpu File={files}"


def node_line(name, address, has):
    if has is None:
        return f'NodeName={name} NodeAddr={address} CPUs=1 State=DOWN Reason="has not been heard of yet"'
    parts = [f"{key}={has[key]}" for key in ("CPUs", "Boards", "SocketsPerBoard", "CoresPerSocket", "ThreadsPerCore")]
    parts += [f"RealMemory={memory_of(has)}"] + [f"Gres=gpu:{gpus_of(has)}"] * (gpus_of(has) > 0)
    return f"NodeName={name} NodeAddr={address} {' '.join(parts)} State=UNKNOWN"


def configuration(about):
    hardware = {name: told(name) for name in about["workers"]}
    known = [has for has in hardware.values() if has]
    # One configuration serves all: jobs are fenced in where every machine can do so.
    fences = min((has.get("Fences", 0) for has in known), default=0)
    share = min((memory_of(has) // has["CPUs"] for has in known), default=256)
    gpus = {name: gpus_of(has) for name, has in hardware.items() if gpus_of(has)}
    has_pmix = about["mpi"] and glob.glob("/usr/lib/*/slurm*/mpi_pmix.so")
    lines = [
        "# Written by Transat from what the workers told of themselves. Settings of your own belong into /etc/slurm/own.conf,",
        "# which is added at the end; then run: sudo transat-slurm-configure",
        "ClusterName=transat",
        f"SlurmctldHost={about['controller']}({about['address']})",
        "SlurmctldParameters=enable_configless",
        "SlurmUser=slurm",
        "AuthType=auth/munge",
        "StateSaveLocation=/var/lib/slurm/slurmctld",
        "SlurmdSpoolDir=/var/lib/slurm/slurmd",
        "SlurmctldPidFile=/run/slurmctld.pid",
        "SlurmdPidFile=/run/slurmd.pid",
        "SlurmctldLogFile=/var/log/slurm/slurmctld.log",
        "SlurmdLogFile=/var/log/slurm/slurmd.log",
        "SwitchType=switch/none",
        f"MpiDefault={'pmix' if has_pmix else 'none'}",
        "SrunPortRange=60001-63000",
        "ReturnToService=2",
        "SlurmctldTimeout=120",
        "SlurmdTimeout=120",
        "SchedulerType=sched/backfill",
        "SelectType=select/cons_tres",
        "SelectTypeParameters=CR_Core_Memory",
        f"DefMemPerCPU={share}",
        "JobAcctGatherType=jobacct_gather/linux",
        f"ProctrackType={'proctrack/cgroup' if fences else 'proctrack/linuxproc'}",
        f"TaskPlugin={'task/cgroup,task/affinity' if fences else 'task/none'}",
        "PriorityType=priority/multifactor",
        "PriorityDecayHalfLife=7-0",
        "PriorityMaxAge=7-0",
        "PriorityWeightAge=1000",
        "PriorityWeightJobSize=100",
    ]
    # Where GPUs were asked for it is there from the first: daemons that run take it up only when they start anew.
    has_gpus = bool(gpus or about.get("gpus"))
    lines += ["GresTypes=gpu"] * has_gpus
    if about.get("health"):
        lines += [
            "HealthCheckProgram=/usr/local/sbin/transat-slurm-health",
            f"HealthCheckInterval={about['health'] * 60}",
            "HealthCheckNodeState=ANY,CYCLE",
        ]
    if about["accounting"]:
        # By the name under which all nodes know this machine: workers ask it, too.
        lines += [
            "AccountingStorageType=accounting_storage/slurmdbd",
            f"AccountingStorageHost={about['controller']}",
            "PriorityWeightFairshare=10000",
        ]
        # Without the database SLURM does not start with it.
        lines += ["AccountingStorageTRES=gres/gpu"] * has_gpus
    else:
        lines += ["AccountingStorageType=accounting_storage/none"]
    lines += [node_line(name, address, hardware[name]) for name, address in zip(about["workers"], about["addresses"])]
    lines += [f"PartitionName={about['partition']} Nodes=ALL Default=YES MaxTime=INFINITE State=UP"]
    for name, minutes, tier in about.get("partitions", []):
        lines += [f"PartitionName={name} Nodes=ALL Default=NO MaxTime={minutes} PriorityTier={tier} State=UP"]
    if os.path.exists("/etc/slurm/own.conf"):
        with open("/etc/slurm/own.conf", encoding="utf-8") as file:
            lines += ["# From /etc/slurm/own.conf:", file.read().rstrip()]
    cgroup = [f"CgroupPlugin=cgroup/v{fences}", "ConstrainCores=yes", "ConstrainRAMSpace=yes"] if fences else []
    if fences == 1:
        cgroup += ["CgroupMountpoint=/sys/fs/cgroup"]
    if fences and gpus and all(hardware[name].get("DeviceFences") for name in gpus):
        cgroup += ["ConstrainDevices=yes"]
    return {"slurm.conf": lines, "cgroup.conf": cgroup, "gres.conf": [gres_line(*each) for each in gpus.items()]}


def write(name, lines):
    """Has the file be this text, and none where there is none."""
    path, text = f"/etc/slurm/{name}", "".join(line + "\n" for line in lines)
    before = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
    if text == before:
        return
    if os.path.exists(STANDS):
        os.unlink(STANDS)
    if not text:
        os.unlink(path)
        return
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)


def main():
    with open("/etc/transat/slurm.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open("/etc/transat/slurm.json", encoding="utf-8") as file:
            about = json.load(file)
        for name, lines in configuration(about).items():
            write(name, lines)
        running = subprocess.run(["systemctl", "is-active", "--quiet", "slurmctld"]).returncode == 0
        if os.path.exists(STANDS) and running:
            print("slurm.conf is as it was.")
            return
        # Jobs go on while the controller starts anew, and its workers then fetch what has changed.
        subprocess.run(["systemctl", "restart", "slurmctld"], check=True)
        for _ in range(30):
            if subprocess.run(["scontrol", "ping"], capture_output=True).returncode == 0:
                break
            subprocess.run(["sleep", "1"])
        if running:
            subprocess.run(["scontrol", "reconfigure"])
        open(STANDS, "w", encoding="ascii").close()
        print("slurm.conf is written anew.")


main()
PYTHON
chmod 0755 /usr/local/sbin/transat-slurm-configure
cat >/etc/systemd/system/slurm-configure.service <<'UNIT'
[Unit]
Description=Writes slurm.conf from what the workers told
After=slurm-enrol.service
# Many may tell within seconds.
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/transat-slurm-configure
UNIT
cat >/etc/systemd/system/slurm-configure.path <<'UNIT'
[Unit]
Description=Notices workers that tell what they have

[Path]
PathChanged=/var/lib/slurm/nodes

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload

IFS=, read -r -a names <<<"$WORKERS"
log "Waiting for ${#names[@]} workers to tell what they have."
# All are set up at the same time: who is a quarter of an hour behind the first will come later, or never.
began='' missing=()
for _ in $(seq 1 1500); do
  missing=()
  for name in "${names[@]}"; do
    [ -e "/var/lib/slurm/nodes/$name" ] || missing+=("$name")
  done
  [ "${#missing[@]}" -gt 0 ] || break
  if [ "${#missing[@]}" -lt "${#names[@]}" ]; then
    : "${began:=$SECONDS}"
    [ $((SECONDS - began)) -lt 900 ] || break
  fi
  sleep 2
done
if [ "${#missing[@]}" -eq "${#names[@]}" ]; then
  log "Not one worker has been heard of. Look at their own logs."
  exit 1
fi
[ "${#missing[@]}" = 0 ] || log "These workers have not been heard of: ${missing[*]}. The cluster starts without them, and takes them in when they come."

install -d -m 0755 /etc/transat
python3 - "$NODE_NAME" "$PRIVATE_ADDRESS" "$WORKERS" "$WORKER_ADDRESSES" "$PARTITION" "$PARTITIONS" "$ACCOUNTING" "$MPI" \
  "$GPUS" "$HEALTH_CHECK" "$HEALTH_MINUTES" >/etc/transat/slurm.json.new <<'PYTHON'
import json
import sys

controller, address, workers, addresses, partition, partitions, accounting, mpi, gpus, health, minutes = sys.argv[1:]
# of two of one name the last counts; the usual one stays as it is
further = {words[0]: (words + ["INFINITE", "1"][len(words) - 1 :]) for words in map(str.split, partitions.splitlines()) if words}
further.pop(partition, None)
print(json.dumps({
    "controller": controller, "address": address, "workers": workers.split(","), "addresses": addresses.split(","),
    "partition": partition, "partitions": list(further.values()), "accounting": accounting == "true", "mpi": mpi == "true",
    "gpus": int(gpus), "health": int(minutes) if health == "true" else 0,
}))
PYTHON
mv -f /etc/transat/slurm.json.new /etc/transat/slurm.json
# What a worker told that has left says nothing of another that may come in its place.
for file in /var/lib/slurm/nodes/*; do
  [[ ",$WORKERS," == *",${file##*/},"* ]] || rm -f "$file"
done

systemctl --quiet enable slurmctld
transat-slurm-configure
wait_for 127.0.0.1 6817 180
retry 10 scontrol ping
systemctl --quiet enable --now slurm-configure.path
grep -E '^(Proctrack|Task|Mpi|Accounting)' /etc/slurm/slurm.conf

if [ "$ACCOUNTING" = true ]; then
  retry 10 sacctmgr --immediate --quiet show cluster
  # keep WHAT…: adds to the accounts what is not there yet; that nothing is new is no fault.
  keep() { sacctmgr --immediate --quiet add "$@" >/dev/null || true; }
  keep account researchers Description=researchers Organization=transat
  keep user "$LOGIN_USER" Account=researchers AdminLevel=Admin
  while read -r person _; do
    [ -z "$person" ] || keep user "$person" Account=researchers
  done <<<"$PEOPLE"
  sacctmgr --noheader --parsable2 show user format=User,DefaultAccount
fi
log "slurmctld runs."

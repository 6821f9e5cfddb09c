#!/usr/bin/env bash
# Hears from the workers what hardware they have, writes slurm.conf from it, and starts slurmctld.
# Given: WORKERS, WORKER_ADDRESSES (separated by commas, in the same order), PARTITION, ACCOUNTING (true or false).
set -euo pipefail

install -d -o slurm -g slurm -m 0755 /var/lib/slurm /var/lib/slurm/slurmctld /var/lib/slurm/nodes /var/log/slurm
install -d -m 0755 /etc/slurm /usr/local/lib/transat

# A small service takes the workers' words, also of those that come later.
cat >/usr/local/lib/transat/slurm-enrol.py <<'PYTHON'
"""Writes down what hardware a worker has. It is believed if munge says that root of one of our nodes sent it."""
import os
import re
import socketserver
import subprocess

FOLDER = "/var/lib/slurm/nodes"
FORM = re.compile(r"NodeName=([a-z0-9][a-z0-9-]{0,62})((?: (?:CPUs|Boards|SocketsPerBoard|CoresPerSocket|ThreadsPerCore|RealMemory|Memory)=\d{1,9})+)")


class Enrol(socketserver.StreamRequestHandler):
    timeout = 30

    def handle(self):
        credential = self.rfile.read(64 * 1024)
        told = subprocess.run(["unmunge"], input=credential, capture_output=True)
        head, _, line = told.stdout.decode("ascii", "replace").partition("\n\n")
        form = FORM.fullmatch(line.strip())
        if told.returncode or not re.search(r"^UID:\s+\S+ \(0\)$", head, re.M) or not form:
            self.wfile.write(b"refused\n")
            return
        path = os.path.join(FOLDER, form.group(1))
        with open(path + ".new", "w", encoding="ascii") as file:
            file.write(form.group(2).strip() + "\n")
        os.replace(path + ".new", path)
        self.wfile.write(b"enrolled\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("0.0.0.0", 6820), Enrol).serve_forever()
PYTHON
cat >/etc/systemd/system/slurm-enrol.service <<'UNIT'
[Unit]
Description=Takes the hardware descriptions of SLURM workers
After=network-online.target munge.service

[Service]
User=slurm
ExecStart=/usr/bin/python3 /usr/local/lib/transat/slurm-enrol.py
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl --quiet enable slurm-enrol
systemctl restart slurm-enrol

IFS=, read -r -a names <<<"$WORKERS"
IFS=, read -r -a addresses <<<"$WORKER_ADDRESSES"
log "Waiting for ${#names[@]} workers to tell what they have."
for _ in $(seq 1 1500); do
  missing=()
  for name in "${names[@]}"; do
    [ -e "/var/lib/slurm/nodes/$name" ] || missing+=("$name")
  done
  [ "${#missing[@]}" -gt 0 ] || break
  sleep 2
done
if [ "${#missing[@]}" -gt 0 ]; then
  log "These workers have not been heard of: ${missing[*]}. Look at their own logs."
  exit 1
fi

# Control groups of version 2 fence jobs in, where the machine has them and SLURM can use them; a container has not.
process=proctrack/linuxproc task=task/none
if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ] && ! systemd-detect-virt -q --container &&
  compgen -G '/usr/lib/*/slurm*/cgroup_v2.so' >/dev/null; then
  process=proctrack/cgroup task=task/cgroup,task/affinity
  printf 'CgroupPlugin=cgroup/v2\nConstrainCores=yes\nConstrainRAMSpace=yes\n' >/etc/slurm/cgroup.conf
else
  rm -f /etc/slurm/cgroup.conf
fi
log "Jobs are kept track of by $process, $task."

# Node lines, and the memory that a CPU has where it has least. A twentieth is left to the system.
lines='' share=0
for index in "${!names[@]}"; do
  declare -A has=()
  for pair in $(<"/var/lib/slurm/nodes/${names[index]}"); do
    has[${pair%%=*}]=${pair#*=}
  done
  memory=$((has[RealMemory] < has[Memory] ? has[RealMemory] : has[Memory]))
  memory=$((memory * 95 / 100))
  each=$((memory / has[CPUs]))
  [ "$share" -ne 0 ] && [ "$share" -le "$each" ] || share=$each
  lines+="NodeName=${names[index]} NodeAddr=${addresses[index]} CPUs=${has[CPUs]} Boards=${has[Boards]}"
  lines+=" SocketsPerBoard=${has[SocketsPerBoard]} CoresPerSocket=${has[CoresPerSocket]} ThreadsPerCore=${has[ThreadsPerCore]}"
  lines+=" RealMemory=$memory State=UNKNOWN"$'\n'
done

accounts='AccountingStorageType=accounting_storage/none'
if [ "$ACCOUNTING" = true ]; then
  accounts=$'AccountingStorageType=accounting_storage/slurmdbd\nAccountingStorageHost=localhost'
fi

cat >/etc/slurm/slurm.conf.new <<CONF
# Written by Transat from what the workers told of themselves.
ClusterName=transat
SlurmctldHost=$NODE_NAME($PRIVATE_ADDRESS)
SlurmctldParameters=enable_configless
SlurmUser=slurm
AuthType=auth/munge
StateSaveLocation=/var/lib/slurm/slurmctld
SlurmdSpoolDir=/var/lib/slurm/slurmd
SlurmctldPidFile=/run/slurmctld.pid
SlurmdPidFile=/run/slurmd.pid
SlurmctldLogFile=/var/log/slurm/slurmctld.log
SlurmdLogFile=/var/log/slurm/slurmd.log
SwitchType=switch/none
MpiDefault=none
SrunPortRange=60001-63000
ReturnToService=2
SlurmctldTimeout=120
SlurmdTimeout=120
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=$share
ProctrackType=$process
TaskPlugin=$task
JobAcctGatherType=jobacct_gather/linux
$accounts
$lines
PartitionName=$PARTITION Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
mv -f /etc/slurm/slurm.conf.new /etc/slurm/slurm.conf

systemctl --quiet enable slurmctld
systemctl restart slurmctld
wait_for 127.0.0.1 6817 180
retry 10 scontrol ping

if [ "$ACCOUNTING" = true ]; then
  retry 10 sacctmgr --immediate --quiet show cluster
  sacctmgr --immediate --quiet add account researchers Description=researchers Organization=transat || true
  sacctmgr --immediate --quiet add user "$LOGIN_USER" Account=researchers || true
  sacctmgr --noheader --parsable2 show user "$LOGIN_USER" format=User,DefaultAccount
fi
log "slurmctld runs."

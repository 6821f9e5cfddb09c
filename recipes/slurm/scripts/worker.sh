#!/usr/bin/env bash
# Tells the controller what this machine has, then starts slurmd, which takes its configuration from the controller.
# Given: CONTROLLER (address), GPUS (how many were asked for).
set -euo pipefail
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fences: 2 or 1 where control groups of that version can hold a job to its share here and SLURM can use them, else 0.
fences() {
  local kind folder
  if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then
    if grep -qw memory /sys/fs/cgroup/cgroup.controllers && grep -qw cpuset /sys/fs/cgroup/cgroup.controllers &&
      ! systemd-detect-virt -q --container && compgen -G '/usr/lib/*/slurm*/cgroup_v2.so' >/dev/null; then
      echo 2
      return
    fi
  elif compgen -G '/usr/lib/*/slurm*/cgroup_v1.so' >/dev/null; then
    # Whether it is allowed to make groups is tried: a container may be, or not.
    for kind in freezer cpuset memory; do
      folder=/sys/fs/cgroup/$kind/transat-trial
      if ! mkdir -p "$folder" 2>/dev/null || { [ $kind = memory ] && ! echo 64M 2>/dev/null >"$folder/memory.limit_in_bytes"; }; then
        echo 0
        return
      fi
      rmdir "$folder"
    done
    echo 1
    return
  fi
  echo 0
}

# gpus: how many of NVIDIA's there are, as their files tell that a driver makes, from the first without a gap.
gpus() {
  local count=0
  # The files come when somebody first asks for a GPU.
  if command -v nvidia-smi >/dev/null; then timeout 120 nvidia-smi -L >&2 || true; fi
  while [ -c "/dev/nvidia$count" ]; do count=$((count + 1)); done
  echo "$count"
}

# device_fences: 1 where a job can be kept from the devices that it was not given, beside what fences tells.
device_fences() {
  local folder=/sys/fs/cgroup/devices/transat-trial
  if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then
    echo 1
  elif mkdir -p "$folder" 2>/dev/null; then
    rmdir "$folder"
    echo 1
  else
    echo 0
  fi
}

install -d -o root -g root -m 0755 /var/lib/slurm/slurmd /var/log/slurm
# Only what the controller takes: newer ones tell of GPUs here in words of their own.
hardware=$(slurmd -C | head -n 1 | grep -oE '\b(CPUs|Boards|SocketsPerBoard|CoresPerSocket|ThreadsPerCore|RealMemory)=[0-9]+' | paste -sd ' ')
memory=$(awk '/MemTotal/ {print int($2 / 1024)}' /proc/meminfo)
hardware="NodeName=$NODE_NAME $hardware Memory=$memory Fences=$(fences)"
found=$(gpus)
if [ "$found" -gt 0 ]; then hardware+=" Gpus=$found DeviceFences=$(device_fences)"; fi
if [ "$found" -lt "$GPUS" ]; then
  log "Of $GPUS GPUs that were asked for, $found are there with a driver. Jobs get no other: take an image that has the driver, or install it and run this step again."
fi
log "This machine: $hardware"

# A credential of munge proves that root of a node of this cluster says so.
wait_for "$CONTROLLER" 6820 3000
retry 5 python3 - "$CONTROLLER" "$hardware" <<'PYTHON'
import socket
import subprocess
import sys

address, line = sys.argv[1:]
credential = subprocess.run(["munge", "-s", line], check=True, capture_output=True).stdout
with socket.create_connection((address, 6820), timeout=30) as connection:
    connection.sendall(credential)
    connection.shutdown(socket.SHUT_WR)
    answer = connection.recv(200).decode("ascii", "replace").strip()
print(f"The controller says: {answer}")
sys.exit(0 if answer == "enrolled" else 1)
PYTHON

# No slurm.conf here: slurmd asks the controller for it ("configless").
unit=/etc/systemd/system/slurmd.service.d/transat.conf
mkdir -p "${unit%/*}"
# After a start of the machine the files of its GPUs are made anew, or slurmd would not begin.
devices=
[ "$found" = 0 ] || devices='ExecStartPre=-/bin/sh -c "command -v nvidia-smi >/dev/null && nvidia-smi -L"'
cat >"$work/unit" <<UNIT
[Unit]
ConditionPathExists=

[Service]
Environment=SLURMD_OPTIONS="--conf-server=$CONTROLLER:6817"
Restart=on-failure
RestartSec=5
$devices
UNIT
put "$work/unit" "$unit" root 644 "${unit%/*}/.stands"
systemctl daemon-reload
wait_for "$CONTROLLER" 6817 1800
# Jobs outlive a restart of slurmd; it is spared them all the same where nothing has changed.
begin_anew "${unit%/*}/.stands" slurmd
wait_for 127.0.0.1 6818 180
log "slurmd runs."

#!/usr/bin/env bash
# Tells the controller what this machine has, then starts slurmd, which takes its configuration from the controller.
# Given: CONTROLLER (address).
set -euo pipefail

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

install -d -o root -g root -m 0755 /var/lib/slurm/slurmd /var/log/slurm
hardware=$(slurmd -C | head -n 1 | sed "s/^NodeName=[^ ]*/NodeName=$NODE_NAME/")
memory=$(awk '/MemTotal/ {print int($2 / 1024)}' /proc/meminfo)
hardware+=" Memory=$memory Fences=$(fences)"
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
before=$(sha256sum "$unit" 2>/dev/null || true)
cat >"$unit" <<UNIT
[Unit]
ConditionPathExists=

[Service]
Environment=SLURMD_OPTIONS="--conf-server=$CONTROLLER:6817"
Restart=on-failure
RestartSec=5
UNIT
systemctl daemon-reload
wait_for "$CONTROLLER" 6817 1800
systemctl --quiet enable slurmd
# Jobs outlive a restart of slurmd; it is spared them all the same where nothing has changed.
if [ "$(sha256sum "$unit")" != "$before" ] || ! systemctl is-active --quiet slurmd; then systemctl restart slurmd; fi
wait_for 127.0.0.1 6818 180
log "slurmd runs."

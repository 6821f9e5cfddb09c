#!/usr/bin/env bash
# Tells the controller what this machine has, then starts slurmd, which takes its configuration from the controller.
# Given: CONTROLLER (address).
set -euo pipefail

install -d -o root -g root -m 0755 /var/lib/slurm/slurmd /var/log/slurm
hardware=$(slurmd -C | head -n 1 | sed "s/^NodeName=[^ ]*/NodeName=$NODE_NAME/")
memory=$(awk '/MemTotal/ {print int($2 / 1024)}' /proc/meminfo)
log "This machine: $hardware (the system has $memory MiB)"

# A credential of munge proves that root of a node of this cluster says so.
wait_for "$CONTROLLER" 6820 3000
retry 5 python3 - "$CONTROLLER" "$hardware Memory=$memory" <<'PYTHON'
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
mkdir -p /etc/systemd/system/slurmd.service.d
cat >/etc/systemd/system/slurmd.service.d/transat.conf <<UNIT
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
systemctl restart slurmd
wait_for 127.0.0.1 6818 180
log "slurmd runs."

#!/usr/bin/env bash
# Mounts the controller's /home.
# Given: CONTROLLER (address).
set -euo pipefail

modprobe nfs 2>/dev/null || true
apt_install nfs-common
wait_for "$CONTROLLER" 2049 2400

line="$CONTROLLER:/home /home nfs4 rw,hard,_netdev,nofail,x-systemd.mount-timeout=120 0 0"
if ! grep -qxF "$line" /etc/fstab; then
  sed -i '\|:/home /home nfs4 |d' /etc/fstab
  echo "$line" >>/etc/fstab
  systemctl daemon-reload
fi
# The server answers from its installation on, and refuses until it has its list of workers.
mountpoint -q /home || retry 120 mount /home
log "The home folders are those of $CONTROLLER."

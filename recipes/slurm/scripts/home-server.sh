#!/usr/bin/env bash
# Shares /home with the workers over NFS, from a volume where there is one.
# Given: WORKER_ADDRESSES (separated by commas).
set -euo pipefail

modprobe nfsd 2>/dev/null || true
if ! grep -qw nfsd /proc/filesystems; then
  log "The kernel of this machine can't serve NFS, as in a container. Deploy again with home folders set to 'none', or on machines with a kernel of their own."
  exit 1
fi
apt_install nfs-kernel-server

if mountpoint -q /srv/home && ! mountpoint -q /home; then
  log "Moving the home folders to the volume."
  cp -a --update=none /home/. /srv/home/ 2>/dev/null || cp -a -n /home/. /srv/home/
  grep -q '^/srv/home /home ' /etc/fstab || echo '/srv/home /home none bind,nofail,x-systemd.requires-mounts-for=/srv/home 0 0' >>/etc/fstab
  systemctl daemon-reload
  mount /home
fi

install -d /etc/exports.d
{
  printf '/home'
  for address in ${WORKER_ADDRESSES//,/ }; do
    printf ' %s(rw,sync,no_subtree_check,root_squash)' "$address"
  done
  echo
} >/etc/exports.d/transat.exports.new
mv -f /etc/exports.d/transat.exports.new /etc/exports.d/transat.exports
systemctl --quiet enable --now nfs-server
exportfs -ra
log "The home folders are shared with $WORKER_ADDRESSES."

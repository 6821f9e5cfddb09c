#!/usr/bin/env bash
# Shares the folder with every machine of the deployment over NFS.
# Given: SERVER (address of the machine that serves), ADDRESSES (of all machines, separated by commas), FOLDER (where it is to appear).
set -euo pipefail
data=/srv/transat-shared mark=x-transat.shared
if [ "$PRIVATE_ADDRESS" != "$SERVER" ]; then
  log "$SERVER serves the folder."
  exit 0
fi

modprobe nfsd 2>/dev/null || true
if ! grep -qw nfsd /proc/filesystems; then
  log "The kernel of this machine can't serve NFS, as in a container. Leave the shared folder out, or choose a machine with a kernel of its own."
  exit 1
fi
apt_install nfs-kernel-server

# As /tmp: everybody writes, and changes what is their own.
install -d -m 0755 "$data"
install -d -m 1777 "$data/files"
install -d -m 1777 "$data/files/.transat"

line="$data/files $FOLDER none bind,nofail,$mark,x-systemd.requires-mounts-for=$data 0 0"
if ! grep -qxF "$line" /etc/fstab; then
  while read -r before; do
    umount "$before" 2>/dev/null || log "$before is in use, and stands until the machine starts again."
  done < <(awk -v mark="$mark" 'index($4, mark) {print $2}' /etc/fstab)
  sed -i "/$mark/d" /etc/fstab
  echo "$line" >>/etc/fstab
  systemctl daemon-reload
fi
if [ ! "$FOLDER" -ef "$data/files" ]; then
  install -d "$FOLDER"
  if mountpoint -q "$FOLDER" || [ -n "$(ls -A "$FOLDER")" ]; then
    log "There is something else at $FOLDER, which the shared folder would hide. Choose another path."
    exit 1
  fi
  mount "$FOLDER"
fi

# What machines answer with when they have read it; the same one as long as the folder stands.
[ -s "$data/files/.transat/asked" ] || printf '%s%s\n' "$RANDOM" "$(date +%s%N)" >"$data/files/.transat/asked"

install -d /etc/exports.d
{
  printf '%s' "$data/files"
  for address in ${ADDRESSES//,/ }; do
    [ "$address" = "$SERVER" ] || printf ' %s(rw,sync,no_subtree_check,root_squash)' "$address"
  done
  echo
} >/etc/exports.d/transat-shared.exports.new
# without a machine that it names, a line would share with all
if grep -q '(' /etc/exports.d/transat-shared.exports.new; then
  mv -f /etc/exports.d/transat-shared.exports.new /etc/exports.d/transat-shared.exports
else
  rm -f /etc/exports.d/transat-shared.exports.new /etc/exports.d/transat-shared.exports
fi
systemctl --quiet enable --now nfs-server
exportfs -ra
log "$FOLDER is shared."

#!/usr/bin/env bash
# Mounts the folder that another machine of the deployment serves, and answers in it what was asked there.
# Given: SERVER (address of the machine that serves), FOLDER (where it is to appear).
set -euo pipefail
data=/srv/transat-shared mark=x-transat.shared
if [ "$PRIVATE_ADDRESS" != "$SERVER" ]; then
  modprobe nfs 2>/dev/null || true
  apt_install nfs-common
  wait_for "$SERVER" 2049 2400

  line="$SERVER:$data/files $FOLDER nfs4 rw,hard,_netdev,nofail,$mark,x-systemd.mount-timeout=120 0 0"
  if ! grep -qxF "$line" /etc/fstab; then
    while read -r before; do
      umount "$before" 2>/dev/null || log "$before is in use, and stands until the machine starts again."
    done < <(awk -v mark="$mark" 'index($4, mark) {print $2}' /etc/fstab)
    sed -i "/$mark/d" /etc/fstab
    echo "$line" >>/etc/fstab
    systemctl daemon-reload
  fi
  # The server answers from its installation on, and refuses until it has its list of machines.
  if [[ "$(findmnt -no FSTYPE --mountpoint "$FOLDER" || true)" != nfs* ]]; then
    install -d "$FOLDER"
    if mountpoint -q "$FOLDER" || [ -n "$(ls -A "$FOLDER")" ]; then
      log "There is something else at $FOLDER, which the shared folder would hide. Choose another path."
      exit 1
    fi
    retry 120 mount "$FOLDER"
  fi
  log "$FOLDER is that of $SERVER."
fi

# As the person who logs in: root is nobody there.
# shellcheck disable=SC2016  # the inner bash expands its own arguments
retry 6 runuser -u "$LOGIN_USER" -- bash -c 'umask 022 && rm -f "$0/.transat/$1" && cp "$0/.transat/asked" "$0/.transat/$1"' "$FOLDER" "$NODE_NAME"

#!/usr/bin/env bash
# Installs the packages that were asked for, and hands the data volume to the login user.
# Given: PACKAGES (one a line), MOUNT_PATH.
set -euo pipefail

mapfile -t wanted < <(grep -v '^[[:space:]]*$' <<<"$PACKAGES" || true)
if [ "${#wanted[@]}" -gt 0 ]; then
  random_delay 3
  apt_install "${wanted[@]}"
else
  log "No packages were asked for."
fi

data=none
if mountpoint -q "$MOUNT_PATH"; then
  # Only a fresh volume is handed over: one that holds data keeps its owners.
  if [ "$(stat -c %u "$MOUNT_PATH")" = 0 ] && [ -z "$(find "$MOUNT_PATH" -mindepth 1 -not -name lost+found -print -quit)" ]; then
    chown "$LOGIN_USER:" "$MOUNT_PATH"
    log "$LOGIN_USER owns $MOUNT_PATH."
  fi
  data="$MOUNT_PATH ($(df -h --output=size "$MOUNT_PATH" | tail -n 1 | tr -d ' '))"
fi

output login_user "$LOGIN_USER"
output data "$data"
log "$NODE_NAME is ready: $(nproc) CPUs, $(awk '/MemTotal/ {print int($2 / 1024)}' /proc/meminfo) MiB of memory, data volume: $data."

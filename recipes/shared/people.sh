#!/usr/bin/env bash
# Makes the people's accounts, under the same numbers on all nodes. Whoever has a key may log in to the controller with it.
# Given: ROLE (controller, where people log in, or worker), PEOPLE (one a line: a name, then perhaps a public key), SHARED_HOME (nfs or none).
set -euo pipefail

while read -r name key; do
  [ -n "$name" ] || continue
  # The number follows from the name alone, so that nodes agree without asking each other, also about who comes later.
  number=$((20000 + 0x$(sha256sum <<<"$name" | cut -c 1-8) % 40000))
  if known=$(getent passwd "$name"); then
    if [ "$(cut -d: -f3 <<<"$known")" != "$number" ]; then
      log "There is another account $name on this machine, of the system itself. Choose another name."
      exit 1
    fi
  elif holder=$(getent passwd "$number"); then
    log "The accounts $name and ${holder%%:*} would have the same number. Choose another name for one of them."
    exit 1
  else
    groupadd --gid "$number" "$name"
    # With shared home folders the controller makes them; a worker may not write there.
    home=--create-home
    [ "$ROLE" = controller ] || [ "$SHARED_HOME" = none ] || home=--no-create-home
    useradd --uid "$number" --gid "$number" --shell /bin/bash "$home" "$name"
    log "Account $name ($number)."
  fi
  if [ "$ROLE" = controller ] && [ -n "$key" ]; then
    folder=$(getent passwd "$name" | cut -d: -f6)/.ssh
    install -d -o "$name" -g "$name" -m 0700 "$folder"
    if ! grep -qxF "$key" "$folder/authorized_keys" 2>/dev/null; then
      echo "$key" >>"$folder/authorized_keys"
      chown "$name:$name" "$folder/authorized_keys"
      chmod 0600 "$folder/authorized_keys"
    fi
  fi
done <<<"$PEOPLE"

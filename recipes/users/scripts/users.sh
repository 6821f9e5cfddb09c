#!/usr/bin/env bash
# Makes the users' accounts, under the same numbers on all machines, with their keys and without a password; locks out who is no longer named.
# Given: USERS (one a line: a name and a public key).
set -euo pipefail
# who was made here, of all that the machine has
made=/var/lib/transat/users begin='# Written by Transat: keys of the deployment' end='# end of what Transat writes'
touch "$made"

write_keys() {
  local name=$1 home folder file kept
  home=$(getent passwd "$name" | cut -d: -f6)
  # On a machine that has the home folders from another one, that one writes.
  if [[ "$(stat -fc %T "$(dirname "$home")")" == nfs* ]]; then return 0; fi
  folder=$home/.ssh file=$home/.ssh/authorized_keys
  # as the person, so that nothing they put in the way leads root elsewhere
  kept=$(runuser -u "$name" -- cat "$file" 2>/dev/null | sed "/^$begin\$/,/^$end\$/d" || true)
  # shellcheck disable=SC2016  # the inner bash expands its own arguments
  {
    [ -z "$kept" ] || printf '%s\n' "$kept"
    if [ -n "$2" ]; then printf '%s\n%s\n%s\n' "$begin" "$2" "$end"; fi
  } | runuser -u "$name" -- bash -c 'umask 077 && mkdir -p "$0" && cat >"$1.new" && mv -f "$1.new" "$1"' "$folder" "$file"
}

declare -A keys=()
while read -r name key; do
  [ -n "$name" ] || continue
  keys[$name]+="${keys[$name]:+$'\n'}$key"
done <<<"$USERS"

for name in "${!keys[@]}"; do
  # The number follows from the name alone, so that machines agree without asking each other, also about who comes later.
  number=$((20000 + 0x$(sha256sum <<<"$name" | cut -c 1-8) % 40000))
  if known=$(getent passwd "$name"); then
    if [ "$(cut -d: -f3 <<<"$known")" != "$number" ]; then
      log "There is another account $name on this machine, of the system itself. Choose another name."
      exit 1
    fi
    # who comes back is let in again
    usermod --expiredate '' "$name"
  elif holder=$(getent passwd "$number"); then
    log "The accounts $name and ${holder%%:*} would have the same number. Choose another name for one of them."
    exit 1
  else
    groupadd --gid "$number" "$name"
    home=--create-home
    if [[ "$(stat -fc %T /home)" == nfs* ]]; then home=--no-create-home; fi
    useradd --uid "$number" --gid "$number" --shell /bin/bash "$home" "$name"
    log "Account $name ($number)."
  fi
  grep -qxF "$name" "$made" || echo "$name" >>"$made"
  write_keys "$name" "${keys[$name]}"
done

while read -r name; do
  if [ -n "${keys[$name]:-}" ] || ! getent passwd "$name" >/dev/null; then continue; fi
  write_keys "$name" ''
  # an account that has expired is let in by no key; its files stay, and what runs goes on
  usermod --lock --expiredate 1 "$name"
  log "$name is locked out."
done <"$made"
log "${#keys[@]} users may log in."

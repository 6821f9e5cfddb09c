#!/usr/bin/env bash
# Makes the users' accounts, under the same numbers on all machines, with their keys and without a password; locks out who is no longer named.
# Given: USERS (one a line: a name and a public key).
set -euo pipefail
# who was made here, of all that the machine has
made=/var/lib/transat/users begin='# Written by Transat: keys of the deployment' end='# end of what Transat writes'
failed=0
touch "$made"

# The number follows from the name alone, so that machines agree without asking each other, also about who comes later.
number_of() { echo $((20000 + 0x$(sha256sum <<<"$1" | cut -c 1-8) % 40000)); }
# Of passwd or group, and a name or number: the field of that number.
field() { getent "$1" "$2" | cut -d: -f"$3" || true; }

# All of it as the person, so that nothing they put in the way leads root elsewhere, and within a time, so that nothing keeps root waiting.
as_person() {
  local name=$1
  shift
  # shellcheck disable=SC2016  # the inner bash expands its own arguments
  timeout 60 runuser -u "$name" -- bash -c "set -euo pipefail; $1" "${@:2}" 2>/dev/null
}

write_keys() {
  local name=$1 home folder file kept
  home=$(field passwd "$name" 6)
  # On a machine that has the home folders from another one, that one writes.
  if [[ "$(stat -fc %T "$(dirname "$home")")" == nfs* ]]; then return 0; fi
  folder=$home/.ssh file=$home/.ssh/authorized_keys
  # shellcheck disable=SC2016
  kept=$(as_person "$name" 'if [ ! -f "$0" ]; then exit; fi; [ "$(stat -Lc %s "$0")" -le 1048576 ]; cat "$0"' "$file" | sed "/^$begin\$/,/^$end\$/d") || return 1
  # shellcheck disable=SC2016
  {
    [ -z "$kept" ] || printf '%s\n' "$kept"
    if [ -n "$2" ]; then printf '%s\n%s\n%s\n' "$begin" "$2" "$end"; fi
  } | as_person "$name" 'umask 077; mkdir -p "$0"; new=$(mktemp "$0/.keys.XXXXXX"); cat >"$new"; mv -fT "$new" "$1"' "$folder" "$file"
}

declare -A keys=()
while read -r name key; do
  [ -n "$name" ] || continue
  if [[ ! "$name" =~ ^[a-z][a-z0-9_-]{0,30}$ || -z "$key" ]]; then
    log "A line of the list has no name in small letters with a key after it; it is left out."
    failed=1
    continue
  fi
  keys[$name]+="${keys[$name]:+$'\n'}$key"
done <<<"$USERS"

# First, so that nobody stays because of what goes wrong with another.
while read -r name; do
  if [ -n "${keys[$name]:-}" ] || [ "$(field passwd "$name" 3)" != "$(number_of "$name")" ]; then continue; fi
  # an account that has expired is let in by no key; its files stay, and what runs goes on
  usermod --lock --expiredate 1 "$name"
  write_keys "$name" '' || log "The keys of $name could not be taken out; the account is locked all the same."
  log "$name is locked out."
done <"$made"

for name in "${!keys[@]}"; do
  number=$(number_of "$name")
  account=$(field passwd "$name" 3) group=$(field group "$name" 3)
  if [ "${account:-$number}" != "$number" ] || [ "${group:-$number}" != "$number" ]; then
    log "There is another account or group $name on this machine, of the system itself. Choose another name."
    failed=1
    continue
  fi
  holder=$(field passwd "$number" 1)
  holder=${holder:-$(field group "$number" 1)}
  if [ "${holder:-$name}" != "$name" ]; then
    log "The accounts $name and $holder would have the same number. Choose another name for one of them."
    failed=1
    continue
  fi
  if [ -n "$account" ]; then
    # who comes back is let in again
    usermod --expiredate '' "$name"
  else
    [ -n "$group" ] || groupadd --gid "$number" "$name"
    home=--create-home
    if [[ "$(stat -fc %T /home)" == nfs* ]]; then home=--no-create-home; fi
    useradd --uid "$number" --gid "$number" --shell /bin/bash "$home" "$name"
    log "Account $name ($number)."
  fi
  grep -qxF "$name" "$made" || echo "$name" >>"$made"
  if ! write_keys "$name" "${keys[$name]}"; then
    log "The keys of $name could not be written: something of theirs is in the way in .ssh of their home folder."
    failed=1
  fi
done
log "${#keys[@]} users are on the list."
exit "$failed"

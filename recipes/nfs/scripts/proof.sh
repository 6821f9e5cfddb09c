#!/usr/bin/env bash
# Shows by use that the folder is one: every machine read there what the front end wrote, and wrote it back under its own name.
# Given: SERVER (address of the machine that serves), HOSTNAMES (of all machines, separated by commas), FOLDER.
set -euo pipefail
if [ "$PRIVATE_ADDRESS" != "$SERVER" ]; then
  output shared "as $SERVER says"
  exit 0
fi
IFS=, read -r -a machines <<<"$HOSTNAMES"
log "Waiting for what ${#machines[@]} machines answer"
deadline=$((SECONDS + 1500))
while :; do
  shared=0 silent=''
  for machine in "${machines[@]}"; do
    if cmp -s "$FOLDER/.transat/asked" "$FOLDER/.transat/$machine"; then shared=$((shared + 1)); else silent+=" $machine"; fi
  done
  [ -n "$silent" ] && [ "$SECONDS" -lt "$deadline" ] || break
  sleep 4
done
[ -z "$silent" ] || log "Nothing from$silent"
if [ "$shared" -le 1 ] && [ "${#machines[@]}" -gt 1 ]; then
  log "No other machine reads and writes $FOLDER."
  exit 1
fi
output shared "$shared of ${#machines[@]}"
log "$FOLDER is shared by $shared of ${#machines[@]} machines"

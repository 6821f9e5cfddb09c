#!/usr/bin/env bash
# Shows by use that tools run: a text is brought to a history of the administrator by the API, a tool makes another of it, which is read; the history is removed. And
# nobody is let in without an account.
set -euo pipefail
server="https://$PRIVATE_ADDRESS" settings=/etc/galaxy
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077
ask() { curl --silent --show-error --noproxy '*' --cacert "$settings/tls/authority.pem" --max-time 60 "$@"; }
nobody=$(ask --output /dev/null --write-out '%{http_code}' --header 'content-type: application/json' --data '{"name": "nobody"}' "$server/api/histories" || true)
if [ "$nobody" != 403 ]; then
  log "Who has no account is answered with $nobody, not refused with 403."
  exit 1
fi

# Whatever key the administrator has today. In files: a key on a command line is everybody's to see.
ask --fail --config "$settings/bootstrap" "$server/api/users/$(cat "$settings/administrator")/api_key" \
  | jq -r '"header = \"x-api-key: \(.)\"\nheader = \"content-type: application/json\""' >"$work/key"
api() { ask --fail --config "$work/key" "$@"; }
# of a proof that was cut off
for left in $(api "$server/api/histories" | jq -r '.[] | select(.name | test("^Proof by Transat [0-9a-f]{12}$")) | .id'); do
  api --request DELETE --output /dev/null "$server/api/histories/$left?purge=true"
done
history=$(api --data "{\"name\": \"Proof by Transat $(openssl rand -hex 6)\"}" "$server/api/histories" | jq -r .id)
# shellcheck disable=SC2317,SC2329
clean() {
  api --request DELETE --output /dev/null "$server/api/histories/$history?purge=true" || true
  rm -rf "$work"
}
trap clean EXIT

# dataset ID: waits until it is made
dataset() {
  local state=''
  for _ in $(seq 1 170); do
    state=$(api "$server/api/datasets/$1" | jq -r .state || true)
    case "$state" in ok) return 0 ;; error | discarded | failed_metadata) break ;; esac
    sleep 3
  done
  log "The dataset is ${state:-nothing that is known}, and not well: $(api "$server/api/datasets/$1" | jq -r '.misc_info // empty' | head -c 1000 || true)"
  return 1
}

log "Bringing a text"
jq --null-input --arg history "$history" '{history_id: $history, targets: [{destination: {type: "hdas"}, elements: [{src: "pasted", paste_content: "hello from transat\n", ext: "txt", name: "text"}]}]}' >"$work/text"
text=$(api --data "@$work/text" "$server/api/tools/fetch" | jq -r '.outputs[0].id')
dataset "$text"
log "Running a tool"
jq --null-input --arg history "$history" --arg text "$text" '{history_id: $history, tool_id: "ChangeCase", inputs: {input: {src: "hda", id: $text}, cols: "c1", delimiter: "TAB", casing: "up"}}' >"$work/tool"
made=$(api --data "@$work/tool" "$server/api/tools" | jq -r '.outputs[0].id')
dataset "$made"
api "$server/api/datasets/$made/display" >"$work/made"
if [ "$(cat "$work/made")" != 'HELLO FROM TRANSAT' ]; then
  log "The tool made: $(head -c 500 "$work/made")"
  exit 1
fi
output proof "a text was brought by the API, a tool made another of it, which was read; who has no account was refused"
log "Proven: a tool ran on a text that was brought"

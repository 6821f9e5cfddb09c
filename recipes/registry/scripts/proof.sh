#!/usr/bin/env bash
# Shows by use that the registry keeps images: one that is made here is pushed by its API and pulled again, the same to the byte; and that nobody does so without the password.
# Given: SERVER (address of the machine that keeps it), PASSWORD, CA_CERT (of the authority).
set -euo pipefail
if [ "$PRIVATE_ADDRESS" != "$SERVER" ]; then
  output proof "as $SERVER says"
  exit 0
fi
work=$(mktemp -d) base=https://$SERVER:5443 name=transat/proof
trap 'rm -rf "$work"' EXIT
printf '%s\n' "$CA_CERT" >"$work/authority.pem"
(umask 077 && printf 'user = "transat:%s"\n' "$(printf %s "$PASSWORD" | sed 's/[\\"]/\\&/g')" >"$work/login")
unknown() { curl --silent --noproxy '*' --max-time 60 --cacert "$work/authority.pem" "$@"; }
ask() { unknown --fail --show-error --config "$work/login" "$@"; }
digest() { printf 'sha256:%s' "$(sha256sum "$1" | cut -d' ' -f1)"; }

# push_blob FILE
push_blob() {
  local place
  place=$(ask --request POST --output /dev/null --dump-header - "$base/v2/$name/blobs/uploads/" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
  [[ "$place" == http* ]] || place=$base$place
  ask --request PUT --header 'Content-Type: application/octet-stream' --data-binary "@$1" "$place$([[ "$place" == *\?* ]] && echo '&' || echo '?')digest=$(digest "$1")"
}

head -c 65536 /dev/urandom >"$work/random"
tar -C "$work" -cf "$work/layer.tar" random
printf '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]}}' "$(digest "$work/layer.tar")" >"$work/config.json"
kind=application/vnd.docker.distribution.manifest.v2+json
printf '{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%s,"digest":"%s"},"layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar","size":%s,"digest":"%s"}]}' \
  "$kind" "$(stat -c %s "$work/config.json")" "$(digest "$work/config.json")" "$(stat -c %s "$work/layer.tar")" "$(digest "$work/layer.tar")" >"$work/manifest.json"

push_blob "$work/config.json"
push_blob "$work/layer.tar"
ask --request PUT --header "Content-Type: $kind" --data-binary "@$work/manifest.json" "$base/v2/$name/manifests/now"

nobody=$(unknown --output /dev/null --write-out '%{http_code}' "$base/v2/$name/manifests/now")
if [ "$nobody" != 401 ]; then
  log "Who has no password is answered with $nobody, not refused with 401."
  exit 1
fi
ask --header "Accept: $kind" --output "$work/manifest.back" "$base/v2/$name/manifests/now"
ask --location --output "$work/layer.back" "$base/v2/$name/blobs/$(digest "$work/layer.tar")"
if ! cmp "$work/manifest.json" "$work/manifest.back" || ! cmp "$work/layer.tar" "$work/layer.back"; then
  log "What was pulled is not what was pushed."
  exit 1
fi
for what in "manifests/$(digest "$work/manifest.json")" "blobs/$(digest "$work/layer.tar")" "blobs/$(digest "$work/config.json")"; do
  ask --request DELETE --output /dev/null "$base/v2/$name/$what"
done
output proof "an image was pushed and pulled, and nobody gets in without the password"
log "Proven: an image of $(stat -c %s "$work/layer.tar") bytes was pushed and pulled"

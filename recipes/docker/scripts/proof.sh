#!/usr/bin/env bash
# Shows by use that a container runs: of an image that is made here of one program of the machine's own, so that nothing is fetched or installed, on Docker's own network.
set -euo pipefail
# of a proof that was cut off
for left in $(docker image ls --format '{{.Repository}}:{{.Tag}}' transat/proof); do docker image rm --force "$left" >/dev/null; done
work=$(mktemp -d) image=transat/proof:$RANDOM$RANDOM
trap 'rm -rf "$work"; docker image rm --force "$image" >/dev/null 2>&1 || true' EXIT
mkdir "$work/root"
for file in /bin/cat $(ldd /bin/cat | grep -oE '/[^ )]+'); do cp --dereference --parents "$file" "$work/root"; done
tar -C "$work/root" -cf - . | docker import - "$image" >/dev/null
# the addresses that are the container's own
own() { awk '/\/32 host LOCAL/ && address !~ /^127\./ {print address} {address = $NF}' | sort -u; }
said=$(timeout 120 docker run --rm "$image" /bin/cat /proc/net/fib_trie)
address=$(own <<<"$said")
if [ -z "$address" ]; then
  log "The container has no address: $said"
  exit 1
fi
output proof "a container of an image made here ran, with an address of its own"
log "Proven: a container ran, with the address $address"

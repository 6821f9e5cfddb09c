#!/usr/bin/env bash
# Shows by use that a container runs: of an image that is made here, so that nothing is fetched, on Docker's own network.
set -euo pipefail
apt_install busybox-static
work=$(mktemp -d) image=transat/proof:$RANDOM$RANDOM
trap 'rm -rf "$work"; docker image rm --force "$image" >/dev/null 2>&1 || true' EXIT
install -m 755 "$(command -v busybox)" "$work/busybox"
tar -C "$work" -cf - busybox | docker import - "$image" >/dev/null
said=$(timeout 120 docker run --rm "$image" /busybox sh -c '/busybox ip -4 -o addr show dev eth0')
if ! grep -qE 'inet [0-9.]+/' <<<"$said"; then
  log "The container has no address: $said"
  exit 1
fi
output proof "a container of an image made here ran, with an address of its own"
log "Proven: a container ran, with the address $(grep -oE '[0-9.]+/[0-9]+' <<<"$said" | head -1)"

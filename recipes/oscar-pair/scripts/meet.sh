#!/usr/bin/env bash
# The proof: waits until OSCAR and MinIO of the other side answer from here, and measures how long MinIO's answer takes.
# Given: OTHER (its address), OTHER_NAME.
set -euo pipefail

log "Asking OSCAR and MinIO in $OTHER_NAME at $OTHER"
wait_for "$OTHER" 443 4500
wait_for "$OTHER" 30300 600
# The other side's certificates are its own: what is proved here is the way.
if ! retry 12 curl --silent --insecure --noproxy '*' --fail --max-time 20 --output /dev/null "https://$OTHER:30300/minio/health/live"; then
  log "MinIO in $OTHER_NAME does not say that it lives"
  exit 1
fi
median=$(for _ in $(seq 20); do
  curl --silent --insecure --noproxy '*' --max-time 20 --output /dev/null --write-out '%{time_connect}\n' "https://$OTHER:30300/minio/health/live"
done | sort -n | awk '{ all[NR] = $1 } END { printf "%.1f", 1000 * all[int((NR + 1) / 2)] }')
output latency "$median ms"
log "MinIO in $OTHER_NAME answers after $median ms."

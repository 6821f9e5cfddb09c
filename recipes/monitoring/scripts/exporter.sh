#!/usr/bin/env bash
# Has this machine tell what it measures of itself, to the deployment's own network alone.
set -euo pipefail
apt_install prometheus-node-exporter
settings=/etc/default/prometheus-node-exporter
wanted="ARGS=\"--web.listen-address=$PRIVATE_ADDRESS:9100\""
if [ "$(cat "$settings" 2>/dev/null)" != "$wanted" ] || ! systemctl is-active -q prometheus-node-exporter; then
  # stopped first: a start that was cut off is made up for
  systemctl stop prometheus-node-exporter
  printf '%s\n' "$wanted" >"$settings"
  systemctl enable -q prometheus-node-exporter
  systemctl start prometheus-node-exporter
fi
wait_for "$PRIVATE_ADDRESS" 9100 60

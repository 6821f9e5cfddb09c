#!/usr/bin/env bash
# Has this machine tell no more what it measures of itself; the package stays.
set -euo pipefail
if [ -e /etc/default/prometheus-node-exporter ]; then systemctl disable -q --now prometheus-node-exporter; fi

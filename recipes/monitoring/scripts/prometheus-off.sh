#!/usr/bin/env bash
# Stops Prometheus; what it measured stays where it is.
set -euo pipefail
if [ -e /etc/default/prometheus ]; then systemctl disable -q --now prometheus; fi
# Whoever adds it again has it begin anew, with the settings of then.
rm -f /etc/prometheus/.stands

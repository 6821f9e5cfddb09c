#!/usr/bin/env bash
# Stops the registry; the images stay where they are.
set -euo pipefail
if [ -e /etc/docker/registry/.transat-stands ]; then systemctl disable -q --now docker-registry; fi
# Whoever adds it again has it begin anew, with the settings of then.
rm -f /etc/docker/registry/.transat-stands

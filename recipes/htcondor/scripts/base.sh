#!/usr/bin/env bash
# Installs HTCondor as the distribution has it, and the packages that were asked for.
# Given: PACKAGES (one a line).
set -euo pipefail

mapfile -t wanted < <(grep -v '^[[:space:]]*$' <<<"$PACKAGES" || true)
random_delay 3
# What is there stays as it is: a newer HTCondor in the middle of a job is nobody's wish.
apt_install --no-upgrade htcondor "${wanted[@]}"
log "$(condor_version | head -n 1)"

#!/usr/bin/env bash
# Tells that what came before on this machine is done, for steps of other machines that wait for it.
# Given: DONE_OUTPUT (the name under which they ask).
set -euo pipefail
output "$DONE_OUTPUT" yes

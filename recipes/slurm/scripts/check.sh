#!/usr/bin/env bash
# Waits until every worker is idle, and runs a job on all of them.
# Given: WORKER_COUNT, PARTITION.
set -euo pipefail

idle() {
  sinfo --noheader --Node --partition="$PARTITION" --states=idle --format=%N | sort -u | wc -l
}

log "Waiting for $WORKER_COUNT workers to be idle."
for _ in $(seq 1 300); do
  [ "$(idle)" -lt "$WORKER_COUNT" ] || break
  # A worker that came late, or was restarted, is taken back; the controller does so by itself only after a while.
  sinfo --noheader --Node --states=down,drain --format='%N' | sort -u | while read -r node; do
    scontrol update "NodeName=$node" State=RESUME 2>/dev/null || true
  done
  sleep 2
done
sinfo --Node --long
if [ "$(idle)" -lt "$WORKER_COUNT" ]; then
  log "Only $(idle) of $WORKER_COUNT workers are ready for jobs. Reasons that SLURM knows:"
  sinfo --list-reasons
  exit 1
fi

# As the login user, so that what is shown is what a person will see.
names=$(runuser -u "$LOGIN_USER" -- srun --partition="$PARTITION" --nodes="$WORKER_COUNT" --ntasks-per-node=1 --time=2 --chdir=/tmp hostname | sort)
log "The test job ran on: $(tr '\n' ' ' <<<"$names")"
if [ "$(sort -u <<<"$names" | wc -l)" -ne "$WORKER_COUNT" ]; then
  log "It should have run on $WORKER_COUNT machines."
  exit 1
fi

output login_user "$LOGIN_USER"
output nodes "$WORKER_COUNT"
output example "srun -N$WORKER_COUNT hostname"
output version "$(sinfo --version)"

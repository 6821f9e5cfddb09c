#!/usr/bin/env bash
# Sees to the jobs on workers that are about to leave: no new ones begin there, and those that run end, or are put back into the queue. Or takes that back.
# Given: LEAVING (host names, separated by commas), LEAVING_WAY (finish, requeue; stay: they stay after all).
set -euo pipefail

ours='Transat: leaves the cluster'
# A health check that finds the worker well again would let jobs in: it lets go only of what has its own reason.
health='Transat health:'
IFS=, read -r -a names <<<"$LEAVING"
known=()
# A controller that does not answer is no word of what isn't there: the step is tried again.
there=$(scontrol --oneliner show node)
for name in "${names[@]}"; do
  if grep -E "^NodeName=$name( |\$)" <<<"$there" >/dev/null; then known+=("$name"); else log "SLURM knows no $name."; fi
done
if [ "${#known[@]}" = 0 ]; then
  log "There is no work to see to."
  exit 0
fi
list=$(IFS=, && echo "${known[*]}")

if [ "$LEAVING_WAY" = stay ]; then
  for name in "${known[@]}"; do
    # What somebody else has drained stays so.
    if scontrol --oneliner show node "$name" | grep -F "Reason=$ours" >/dev/null; then
      scontrol update "NodeName=$name" State=RESUME
      log "$name takes jobs again."
    fi
  done
  exit 0
fi

for name in "${known[@]}"; do
  now=$(scontrol --oneliner show node "$name")
  if [[ ! $now =~ \ State=[^\ ]*DRAIN || $now == *"Reason=$health"* ]]; then
    scontrol update "NodeName=$name" State=DRAIN "Reason=$ours"
    log "$name takes no new jobs."
  fi
done

jobs_there() { squeue --noheader --nodelist="$list" --states=RUNNING,COMPLETING,CONFIGURING,SUSPENDED,STOPPED --format=%A | sort -u; }
if [ "$LEAVING_WAY" = requeue ]; then
  for job in $(jobs_there); do
    if scontrol requeue "$job"; then log "Job $job is back in the queue."; else log "Job $job can't be put back into the queue; it is waited for."; fi
  done
fi

told=''
while :; do
  left=$(jobs_there | paste -sd ' ')
  [ -n "$left" ] || break
  if [ "$left" != "$told" ]; then log "Still at work: $left"; fi
  told=$left
  sleep 3
done
sinfo --Node --long --nodes="$list"
log "No job is on $list any more."

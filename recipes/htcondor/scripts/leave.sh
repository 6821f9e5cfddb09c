#!/usr/bin/env bash
# Sees to the jobs on workers that are about to leave: no new ones begin there, and those that run end, or go back into the queue. Or takes that back.
# Given: LEAVING (host names, separated by commas), LEAVING_WAY (finish, requeue; stay: they stay after all).
set -euo pipefail

ours='Transat: leaves the pool'
IFS=, read -r -a names <<<"$LEAVING"
known=() slots=()
declare -A address=()
# A manager that does not answer is no word of what isn't there: the step is tried again.
there=$(condor_status -constraint 'SlotType =!= "Dynamic"' -af Machine Name MyAddress)
for name in "${names[@]}"; do
  read -r slot at < <(awk -v name="$name" '$1 == name {print $2, $3; exit}' <<<"$there") || true
  if [ -n "${slot:-}" ]; then
    known+=("$name")
    slots+=("$slot")
    address[$slot]=$at
  else
    log "HTCondor knows no $name."
  fi
done
if [ "${#known[@]}" = 0 ]; then
  log "There is no work to see to."
  exit 0
fi
# told SLOT ATTRIBUTE: what the machine itself says of it now; the manager may not have heard of it yet.
told() { condor_status -direct "${address[$1]}" -constraint "Name == \"$1\"" -af "$2"; }

# busy SLOT: which parts of the machine are at work, as it says itself: a job may have come when the queue did not know it yet.
busy() { condor_status -direct "${address[$1]}" -constraint 'SlotType == "Dynamic" && State == "Claimed" && Activity != "Idle"' -af Name; }

if [ "$LEAVING_WAY" = stay ]; then
  # A drain that is taken back in its last seconds, when no job is there any more, is not taken back wholly: the next would cut off what runs. Its end is waited for.
  settled() { [ "$(told "$1" Activity)" != Retiring ] || [ -n "$(busy "$1")" ]; }
  for slot in "${slots[@]}"; do
    # What somebody else has drained stays so.
    if [ "$(told "$slot" DrainReason)" = "$ours" ]; then
      for _ in $(seq 1 15); do
        if settled "$slot"; then break; fi
        sleep 1
      done
      condor_drain -cancel "$slot"
      log "${slot#*@} takes jobs again."
    fi
  done
  exit 0
fi

drain() { [ "$(told "$1" Draining)" = true ] || condor_drain -graceful -reason "$ours" "$1"; }
for slot in "${slots[@]}"; do
  retry 5 drain "$slot"
  log "${slot#*@} takes no new jobs."
done

theirs="RemoteHost =!= undefined && regexp(\"@($(IFS='|' && echo "${known[*]}"))\$\", RemoteHost)"
jobs_there() { condor_q -allusers -constraint "$theirs" -af:j JobStatus | awk '{print $1}' | sort -u; }
if [ "$LEAVING_WAY" = requeue ] && [ -n "$(jobs_there)" ]; then
  condor_vacate_job -constraint "$theirs"
  log "The jobs there go back into the queue."
fi

before=''
while :; do
  left=$({ jobs_there && for slot in "${slots[@]}"; do busy "$slot"; done; } | paste -sd ' ')
  [ -n "$left" ] || break
  if [ "$left" != "$before" ]; then log "Still at work: $left"; fi
  before=$left
  sleep 3
done
log "No job is on ${known[*]} any more."

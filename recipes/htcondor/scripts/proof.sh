#!/usr/bin/env bash
# Shows by use that the pool works: a job on every worker that can take one, found in the history, and nobody heard who does not show who they are.
# A worker that is absent, busy, or drained by somebody, is told of and not waited for for ever: the others are a pool.
# Given: WORKERS (host names, separated by commas).
set -euo pipefail

IFS=, read -r -a names <<<"$WORKERS"
as_person() { runuser -u "$LOGIN_USER" -- "$@"; }
# there CONDITION: of the pool's machines those of which it holds, one a line.
there() { condor_status -constraint "SlotType =!= \"Dynamic\" && ($1)" -af Machine | sort -u | { grep -xF "$(printf '%s\n' "${names[@]}")" || true; }; }
count() { grep -c . || true; }

log "Waiting for ${#names[@]} workers."
for _ in $(seq 1 150); do
  mapfile -t all < <(there true)
  [ "${#all[@]}" -lt "${#names[@]}" ] || break
  sleep 2
done
condor_status
mapfile -t taking < <(there 'Draining =!= true && Start =!= false')
state="${#taking[@]} of ${#names[@]}"
output nodes "$state"
output login_user "$LOGIN_USER"
output version "$(condor_version | awk 'NR == 1 {print $2}')"
absent=$(printf '%s\n' "${names[@]}" | grep -vxF "$(printf '%s\n' "${all[@]}")" | paste -sd ' ') || true
if [ "${#all[@]}" -lt "${#names[@]}" ]; then log "These are not there: $absent. Look at their own logs."; fi
if [ "${#taking[@]}" -lt 1 ]; then
  log "There is no worker for any job. Look at the workers' own logs, or at who has drained them: condor_status -af Machine DrainReason"
  exit 1
fi
output example "condor_run hostname"

# What the manager shows to whoever shows nothing of themselves.
if _CONDOR_SEC_CLIENT_AUTHENTICATION_METHODS=ANONYMOUS condor_status -af Name >/dev/null 2>&1; then
  log "The pool tells of itself to somebody who has not shown who they are."
  exit 1
fi

mapfile -t free < <(there 'Draining =!= true && Start =!= false && Cpus >= 1 && Memory >= 64')
if [ "${#free[@]}" -lt 1 ]; then
  log "All workers are at work, which is proof enough."
  output proof "not run: all workers were at work"
  exit 0
fi
# As the login user, so that what is shown is what a person will see.
work=$(as_person mktemp -d /tmp/proof.XXXXXX)
trap 'rm -rf "$work"' EXIT
cat >"$work/proof.sub" <<SUB
executable = /bin/hostname
transfer_executable = False
initialdir = $work
output = told.\$(machine)
error = wrong.\$(machine)
log = log
request_cpus = 1
request_memory = 32
request_disk = 1024
requirements = TARGET.Machine == "\$(machine)"
queue machine from (
$(printf '%s\n' "${free[@]}")
)
SUB
job=$(cd "$work" && as_person condor_submit -terse proof.sub | sed 's/\..*//')
if ! as_person condor_wait -wait 300 "$work/log" >/dev/null; then
  log "The job has not ended on all of ${free[*]}:"
  condor_q -allusers -better-analyze "$job" || true
  as_person condor_rm "$job" || true
  cat "$work"/wrong.*
  exit 1
fi
told=$(cat "$work"/told.* | sort -u)
log "The job told: $(paste -sd ' ' <<<"$told")"
if [ "$told" != "$(printf '%s\n' "${free[@]}" | sort -u)" ]; then
  log "It should have run on ${free[*]}."
  exit 1
fi
kept=0
for _ in $(seq 1 15); do
  kept=$(condor_history "$job" -af JobStatus Owner | { grep -x "4 $LOGIN_USER" || true; } | count)
  [ "$kept" -lt "${#free[@]}" ] || break
  sleep 2
done
if [ "$kept" -lt "${#free[@]}" ]; then
  log "The history should tell that the job has completed ${#free[@]} times; it tells of $kept."
  exit 1
fi
noun=workers
[ "${#free[@]}" != 1 ] || noun=worker
what="a job on ${#free[@]} $noun, found in the history"
output proof "$what; nobody is heard who does not show who they are"
log "Proven: $what."

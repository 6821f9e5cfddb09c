#!/usr/bin/env bash
# Shows by use that the cluster works: a job over all workers that can take one, with MPI between them, and its line in the accounts.
# A worker that is absent, busy, or drained by somebody, is told of and not waited for for ever: the others are a cluster.
# Given: WORKER_COUNT, PARTITION, MPI and ACCOUNTING (true or false), GPUS (of a worker, as asked for).
set -euo pipefail

# nodes STATES: names of the partition's nodes in these states (an expression for awk), one a line.
nodes() {
  sinfo --noheader --Node --partition="$PARTITION" --format='%N %T' | awk -v states="^($1)\$" '$2 ~ states {print $1}' | sort -u
}
count() { grep -c . || true; }
as_person() { runuser -u "$LOGIN_USER" -- "$@"; }

# Nobody else's drain is undone. What the controller itself took away when a node came up with less than it had told, it takes back.
scontrol --oneliner show node | sed -nE 's/^NodeName=(\S+) .*State=\S*(DOWN|DRAIN)\S* .*Reason=.*\[slurm@.*/\1/p' | while read -r node; do
  log "The controller had set $node aside; it is tried again."
  scontrol update "NodeName=$node" State=RESUME || true
done

log "Waiting for $WORKER_COUNT workers, but for those that somebody has drained."
for _ in $(seq 1 150); do
  ready=$(nodes 'idle|mixed|allocated|completing' | count)
  drained=$(nodes 'drained[*]?|draining[*]?' | count)
  [ $((ready + drained)) -lt "$WORKER_COUNT" ] || break
  sleep 2
done
sinfo --Node --long
state="$ready of $WORKER_COUNT"
output nodes "$state"
output login_user "$LOGIN_USER"
output version "$(sinfo --version)"
if [ "$ready" -lt "$WORKER_COUNT" ]; then
  log "Only $state workers take jobs. Reasons that SLURM knows:"
  sinfo --list-reasons
fi
if [ "$ready" = 0 ]; then
  log "There is no worker for any job. Look at the workers' own logs."
  exit 1
fi
output example "srun -N$ready hostname"
# gpus NODE…: those nodes that have GPUs, each with their number.
gpus() { sinfo --noheader --Node --nodes="$(IFS=, && echo "$*")" --format='%N %G' | sed -nE 's/^(\S+) (.*,)?gpu:([0-9]+).*/\1 \3/p' | sort -u; }
mapfile -t all < <(nodes '.*')
have=$(gpus "${all[@]}" | awk '{sum += $2} END {print sum + 0}')
output gpus "$have"
[ "$have" -ge $((GPUS * WORKER_COUNT)) ] || log "Of $((GPUS * WORKER_COUNT)) GPUs that were asked for, jobs can have $have: the workers' own logs say why."

mapfile -t free < <(nodes idle)
if [ "${#free[@]}" -lt 1 ]; then
  log "All workers are at work, which is proof enough."
  output proof "not run: all workers were at work"
  exit 0
fi
# As the login user, so that what is shown is what a person will see.
job=(srun --quiet "--partition=$PARTITION" "--nodes=${#free[@]}" "--nodelist=$(IFS=, && echo "${free[*]}")" --ntasks-per-node=1 --time=3 --immediate=120 --chdir=/tmp)
if [ "$MPI" = true ]; then
  # Every rank gives one to the sum and tells where it is; only who talked to all others knows the sum.
  program='import os
from mpi4py import MPI
world = MPI.COMM_WORLD
print(os.environ["SLURM_JOB_ID"], os.uname().nodename, world.allreduce(1))'
  told=$(as_person "${job[@]}" --mpi=pmix python3 -c "$program" | sort)
  what="MPI over ${#free[@]} nodes"
  sums=$(awk '{print $3}' <<<"$told" | sort -u)
else
  # shellcheck disable=SC2016  # the job expands it
  told=$(as_person "${job[@]}" bash -c 'echo "$SLURM_JOB_ID" "$(hostname)"' | sort)
  what="a job on ${#free[@]} nodes"
  sums=${#free[@]}
fi
[ "${#free[@]}" -ge 2 ] || what=${what%s}
log "The job told: $(tr '\n' ';' <<<"$told")"
if [ "$(awk '{print $2}' <<<"$told" | sort -u | count)" != "${#free[@]}" ] || [ "$sums" != "${#free[@]}" ]; then
  log "It should have run on ${#free[@]} machines that reach each other."
  exit 1
fi

read -r node count < <(gpus "${free[@]}") || true
if [ -n "${node:-}" ]; then
  # shellcheck disable=SC2016  # the job expands it
  given=$(as_person srun --quiet "--partition=$PARTITION" "--nodelist=$node" --gres=gpu:1 --time=3 --immediate=120 --chdir=/tmp bash -c 'echo "${CUDA_VISIBLE_DEVICES:-none}"')
  log "A job that asked for one of the $count GPUs of $node sees: $given"
  if [[ ! $given =~ ^[0-9]+$ ]]; then
    log "It should see one."
    exit 1
  fi
  what+=", a GPU given to a job"
fi

if [ "$ACCOUNTING" = true ]; then
  id=$(awk 'NR == 1 {print $1}' <<<"$told")
  kept=''
  for _ in $(seq 1 30); do
    kept=$(sacct --noheader --allocations --jobs="$id" --format=State,User,NNodes --parsable2)
    [[ $kept != COMPLETED* ]] || break
    sleep 2
  done
  log "The accounts say of job $id: ${kept:-nothing}"
  if [[ $kept != "COMPLETED|$LOGIN_USER|${#free[@]}" ]]; then
    log "The accounts should tell that it has completed."
    exit 1
  fi
  what+=", found in the accounts"
fi
output proof "$what"
log "Proven: $what."

#!/usr/bin/env bash
# Shows by use that DAGs run: one of two tasks is read, begun through the API with the administrator's account, and ends well; and nobody is let in without one.
# Given: ADMIN_USER, ADMIN_PASSWORD.
set -euo pipefail
server="https://$PRIVATE_ADDRESS" dag=transat_proof
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ask() { curl --silent --noproxy '*' --cacert /etc/airflow/certificate.pem --max-time 30 "$@"; }
nobody=$(ask --output /dev/null --write-out '%{http_code}' "$server/api/v2/dags" || true)
if [ "$nobody" != 401 ]; then
  log "Who has no account is answered with $nobody, not refused with 401."
  exit 1
fi

cat >"$work/dag.py" <<'PYTHON'
"""Transat's proof that DAGs run: what one task tells, another one is given."""
from datetime import timedelta

from airflow.sdk import dag, task

# on a machine that is just setting itself up, a task may be cut off
again = {"retries": 2, "retry_delay": timedelta(seconds=10)}


@dag(dag_id="transat_proof", schedule=None, is_paused_upon_creation=False, tags=["transat"], default_args=again)
def transat_proof():
    @task
    def ask() -> int:
        return 6 * 7

    @task
    def answer(number: int) -> None:
        assert number == 42, number

    answer(ask())


transat_proof()
PYTHON
place=/mnt/airflow/dags/$dag.py
cmp -s "$work/dag.py" "$place" || install -o "$LOGIN_USER" -g airflow -m 640 "$work/dag.py" "$place"

# From the environment: a password on a command line is everybody's to see.
(umask 077 && jq --null-input '{username: env.ADMIN_USER, password: env.ADMIN_PASSWORD}' >"$work/login")
(umask 077 && ask --fail --header 'content-type: application/json' --data "@$work/login" "$server/auth/token" | jq -r '"header = \"Authorization: Bearer \(.access_token)\""' >"$work/token")
api() { ask --config "$work/token" "$@"; }

log "Waiting until the DAG is read"
run=''
for _ in $(seq 1 100); do
  run=$(api --header 'content-type: application/json' --data '{"logical_date": null}' "$server/api/v2/dags/$dag/dagRuns" | jq -r '.dag_run_id // empty' 2>/dev/null || true)
  [ -z "$run" ] || break
  sleep 3
done
if [ -z "$run" ]; then
  log "The DAG was not read within 300 s: $(api "$server/api/v2/importErrors" | head -c 2000)"
  exit 1
fi
state=''
for _ in $(seq 1 100); do
  state=$(api "$server/api/v2/dags/$dag/dagRuns/$(jq -rn --arg run "$run" '$run | @uri')" | jq -r '.state // empty' 2>/dev/null || true)
  case "$state" in success | failed) break ;; esac
  sleep 3
done
if [ "$state" != success ]; then
  log "The DAG ended as ${state:-nothing that is known}, and not well."
  exit 1
fi
output proof "a DAG of two tasks was begun by the API and ended well; who has no account was refused"
log "Proven: a DAG of two tasks ran"

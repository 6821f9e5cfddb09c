#!/usr/bin/env bash
# Makes Airflow's database, certificate and accounts, and runs its four programs: the page with its API, the scheduler, what reads DAGs, and what waits for events.
# Given: ADMIN_USER, ADMIN_PASSWORD, SERVER_SECRET (of which its keys are made), PEOPLE (account names, one a line), ROLE (of people), PARALLELISM (tasks at once).
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
# shellcheck source=recipes/shared/database.sh
. ../shared/database.sh
# shellcheck source=recipes/shared/accounts.sh
. ../shared/accounts.sh
home=/opt/airflow settings=/etc/airflow data=/mnt/airflow
reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
id airflow >/dev/null 2>&1 || useradd --system --create-home --home-dir /var/lib/airflow --shell /usr/sbin/nologin airflow
install -d -m 755 "$data"
install -d -o airflow -g airflow -m 700 "$data/logs"
# whoever logs in writes DAGs, Airflow reads them
install -d -o "$LOGIN_USER" -g airflow -m 2750 "$data/dags"
install -d -o root -g airflow -m 750 "$settings"

own_database airflow airflow

own_certificate "$settings/key.pem" "$settings/certificate.pem" "$reachable" "IP:$PRIVATE_ADDRESS" IP:127.0.0.1 "DNS:$NODE_NAME"
chown root:airflow "$settings/key.pem" "$settings/certificate.pem"
chmod 640 "$settings/key.pem" "$settings/certificate.pem"

# its keys, each of its own, from the one secret
key_of() { printf '%s of %s' "$1" "$SERVER_SECRET" | openssl dgst -sha256 -binary | base64 -w 0 | tr '+/' '-_'; }
socket="host=/var/run/postgresql&port=$port"
wanted_settings=$(cat <<ENV
HOME="/var/lib/airflow"
PATH="$home/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
AIRFLOW_HOME="/var/lib/airflow"
AIRFLOW__CORE__EXECUTOR="LocalExecutor"
AIRFLOW__CORE__PARALLELISM="$PARALLELISM"
AIRFLOW__CORE__AUTH_MANAGER="airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
AIRFLOW__CORE__LOAD_EXAMPLES="False"
AIRFLOW__CORE__DAGS_FOLDER="$data/dags"
AIRFLOW__CORE__FERNET_KEY="$(key_of connections)"
AIRFLOW__CORE__EXECUTION_API_SERVER_URL="https://127.0.0.1/execution/"
AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="postgresql+psycopg2://airflow@/airflow?$socket"
AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC="postgresql+asyncpg://airflow@/airflow?$socket"
AIRFLOW__API__BASE_URL="https://$reachable"
AIRFLOW__API__HOST="0.0.0.0"
AIRFLOW__API__PORT="443"
AIRFLOW__API__WORKERS="1"
AIRFLOW__API__SSL_CERT="$settings/certificate.pem"
AIRFLOW__API__SSL_KEY="$settings/key.pem"
AIRFLOW__API__SECRET_KEY="$(key_of sessions)"
AIRFLOW__API_AUTH__JWT_SECRET="$(key_of tokens)"
AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL="30"
AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT="60"
AIRFLOW__LOGGING__BASE_LOG_FOLDER="$data/logs"
AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False"
NO_PROXY="127.0.0.1,localhost,$PRIVATE_ADDRESS"
no_proxy="127.0.0.1,localhost,$PRIVATE_ADDRESS"
ENV
)
# unit_of NAME TITLE COMMAND: how systemd runs one of the programs
unit_of() {
  cat <<UNIT
[Unit]
Description=$2
Wants=network-online.target
After=network-online.target postgresql.service
Requires=postgresql.service

[Service]
User=airflow
WorkingDirectory=/var/lib/airflow
EnvironmentFile=$settings/airflow.env
ExecStart=$home/bin/airflow $3
AmbientCapabilities=$([ "$1" != airflow-api ] || echo CAP_NET_BIND_SERVICE)
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
UNIT
}
programs=(airflow-api airflow-scheduler airflow-dags airflow-triggerer)
wanted_airflow_api=$(unit_of airflow-api 'Airflow, its page and API' api-server)
wanted_airflow_scheduler=$(unit_of airflow-scheduler 'Airflow, which begins tasks and runs them' 'scheduler --skip-serve-logs')
wanted_airflow_dags=$(unit_of airflow-dags 'Airflow, which reads DAGs' dag-processor)
wanted_airflow_triggerer=$(unit_of airflow-triggerer 'Airflow, which waits for events' 'triggerer --skip-serve-logs')
# with Airflow's own surroundings
as_airflow() {
  (
    set -a
    # shellcheck source=/dev/null
    . "$settings/airflow.env"
    cd /var/lib/airflow
    runuser -u airflow -- "$@"
  )
}

all_run() {
  local program
  for program in "${programs[@]}"; do systemctl is-active -q "$program" || return 1; done
}
wanted=$(sha256sum - "$settings/certificate.pem" "$home/requirements.txt" \
  <<<"$wanted_settings$wanted_airflow_api$wanted_airflow_scheduler$wanted_airflow_dags$wanted_airflow_triggerer")
# Tasks that run are not disturbed where nothing has changed.
if [ "$(cat "$settings/.stands" 2>/dev/null)" != "$wanted" ] || ! all_run; then
  rm -f "$settings/.stands"
  (umask 027 && printf '%s\n' "$wanted_settings" >"$settings/airflow.env" && chgrp airflow "$settings/airflow.env")
  log "Making or renewing the database's tables"
  as_airflow "$home/bin/airflow" db migrate >"$settings/migrated.log" 2>&1 || {
    tail -n 40 "$settings/migrated.log"
    exit 1
  }
  for program in "${programs[@]}"; do
    name=wanted_${program//-/_}
    printf '%s\n' "${!name}" >"/etc/systemd/system/$program.service"
  done
  systemctl daemon-reload
  systemctl enable -q "${programs[@]}"
  systemctl restart "${programs[@]}"
  printf '%s\n' "$wanted" >"$settings/.stands"
fi

log "Making accounts"
accounts=$settings/accounts
touch "$accounts" && chmod 600 "$accounts"
asked=$(mktemp)
trap 'rm -f "$asked"' EXIT
printf 'Admin\t%s\t%s\n' "$ADMIN_USER" "$ADMIN_PASSWORD" >"$asked"
while IFS= read -r person; do
  if [ -z "$person" ] || [ "$person" = "$ADMIN_USER" ] || grep -q "^$person " "$accounts"; then continue; fi
  printf '%s\t%s\t%s\n' "$ROLE" "$person" "$(password_of "$person")" >>"$asked"
done <<<"$PEOPLE"
cat >"$settings/accounts.py" <<'PYTHON'
"""Makes accounts that are not there yet. Read from standard input: role, name and password, by tabs, one account a line. Said: the names that let in with it."""
import sys

from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
from werkzeug.security import check_password_hash

with get_application_builder() as builder:
    manager = builder.sm
    for line in sys.stdin.read().splitlines():
        role, name, password = line.split("\t")
        user = manager.find_user(name)
        if not user and not manager.add_user(name, name, "-", f"{name}@transat.invalid", manager.find_role(role), password):
            sys.exit(f"{name} could not be made.")
        if not user or (user.password and check_password_hash(user.password, password)):
            print("opens", name)
PYTHON
chgrp airflow "$settings/accounts.py" && chmod 640 "$settings/accounts.py"
opened=$(as_airflow "$home/bin/python" "$settings/accounts.py" <"$asked" | sed -n 's/^opens //p')
while IFS=$'\t' read -r _ person password; do
  if [ "$person" = "$ADMIN_USER" ] || grep -q "^$person " "$accounts"; then continue; fi
  if ! grep -qxF "$person" <<<"$opened"; then
    log "$person has an account already, with a password of its own"
    continue
  fi
  tell "$person" "$password"
done <"$asked"
rm -f "$accounts.asked"

log "Waiting until all of Airflow is well"
deadline=$((SECONDS + 600))
well='.metadatabase.status == "healthy" and .scheduler.status == "healthy" and .dag_processor.status == "healthy" and .triggerer.status == "healthy"'
until curl --silent --fail --noproxy '*' --cacert "$settings/certificate.pem" --max-time 30 "https://$PRIVATE_ADDRESS/api/v2/monitor/health" 2>/dev/null | jq --exit-status "$well" >/dev/null 2>&1; do
  if [ "$SECONDS" -ge "$deadline" ]; then
    for program in "${programs[@]}"; do journalctl --unit "$program" --lines 15 --no-pager || true; done
    log "Airflow was not well within 600 s"
    exit 1
  fi
  sleep 3
done

output url "https://$reachable/"
output ssh "ssh $LOGIN_USER@$reachable"
output copy "scp my_dag.py $LOGIN_USER@$reachable:$data/dags/"
output accounts "$(cat "$accounts")"
output certificate_ends "$(certificate_ends "$settings/certificate.pem")"
output fingerprint "$(certificate_fingerprint "$settings/certificate.pem")"
log "Airflow answers at https://$reachable/"

#!/usr/bin/env bash
# Makes MLflow's database, certificate and accounts, and runs the server.
# Given: ADMIN_USER, ADMIN_PASSWORD, SERVER_SECRET (signs the server's forms), DEFAULT_PERMISSION (READ, EDIT or NO_PERMISSIONS), PEOPLE (account
# names, one a line).
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
# shellcheck source=recipes/shared/database.sh
. ../shared/database.sh
# shellcheck source=recipes/shared/accounts.sh
. ../shared/accounts.sh
home=/opt/mlflow settings=/etc/mlflow data=/mnt/mlflow
reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
id mlflow >/dev/null 2>&1 || useradd --system --home-dir /var/lib/mlflow --shell /usr/sbin/nologin mlflow
install -d -m 755 "$data"
install -d -o mlflow -g mlflow -m 700 /var/lib/mlflow "$data/artifacts"
install -d -o root -g mlflow -m 750 "$settings"

own_database mlflow mlflow mlflow_auth

own_certificate "$settings/key.pem" "$settings/certificate.pem" "$reachable" "IP:$PRIVATE_ADDRESS" "DNS:$NODE_NAME"
chown root:mlflow "$settings/key.pem" "$settings/certificate.pem"
chmod 640 "$settings/key.pem" "$settings/certificate.pem"

# The driver is named with it: what SQLAlchemy takes by itself differs between its versions.
socket="host=/var/run/postgresql&port=$port"
wanted_auth=$(cat <<INI
[mlflow]
default_permission = $DEFAULT_PERMISSION
database_uri = postgresql+psycopg2:///mlflow_auth?$socket
admin_username = $ADMIN_USER
authorization_function = mlflow.server.auth:authenticate_request_basic_auth
grant_default_workspace_access = true
INI
)
wanted_unit=$(cat <<UNIT
[Unit]
Description=MLflow
Wants=network-online.target
After=network-online.target postgresql.service
Requires=postgresql.service

[Service]
User=mlflow
WorkingDirectory=/var/lib/mlflow
AmbientCapabilities=CAP_NET_BIND_SERVICE
Environment=MLFLOW_AUTH_CONFIG_PATH=$settings/auth.ini
EnvironmentFile=$settings/secrets
ExecStart=$home/bin/mlflow server --app-name basic-auth --host 0.0.0.0 --port 443 --workers 1 --backend-store-uri "postgresql+psycopg2:///mlflow?$socket" \\
  --serve-artifacts --artifacts-destination $data/artifacts --allowed-hosts $reachable,$PRIVATE_ADDRESS,$NODE_NAME \\
  --cors-allowed-origins https://$reachable --uvicorn-opts "--ssl-keyfile $settings/key.pem --ssl-certfile $settings/certificate.pem"
Environment=PATH=$home/bin:/usr/local/bin:/usr/bin:/bin
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
UNIT
)
# A quote or a backslash in the password is the password's.
quoted=$(printf %s "$ADMIN_PASSWORD" | sed 's/[\\"$`]/\\&/g')
wanted_secrets="MLFLOW_AUTH_ADMIN_PASSWORD=\"$quoted\"
MLFLOW_FLASK_SERVER_SECRET_KEY=\"$SERVER_SECRET\""
wanted=$(sha256sum - "$settings/certificate.pem" <<<"$wanted_auth$wanted_unit$wanted_secrets")
# Who is at work is not disturbed where nothing has changed.
if ! systemctl is-active -q mlflow || [ "$(cat "$settings/.stands" 2>/dev/null)" != "$wanted" ]; then
  (umask 027 && printf '%s\n' "$wanted_auth" >"$settings/auth.ini" && chgrp mlflow "$settings/auth.ini")
  (umask 077 && printf '%s\n' "$wanted_secrets" >"$settings/secrets")
  printf '%s\n' "$wanted_unit" >/etc/systemd/system/mlflow.service
  systemctl daemon-reload
  systemctl enable -q mlflow
  systemctl restart mlflow
  printf '%s\n' "$wanted" >"$settings/.stands"
fi

log "Waiting for the server"
server="https://$PRIVATE_ADDRESS"
ask() { curl --silent --show-error --noproxy '*' --cacert "$settings/certificate.pem" --max-time 30 "$@"; }
deadline=$((SECONDS + 400))
until ask --fail --output /dev/null "$server/health" 2>/dev/null; do
  if [ "$SECONDS" -ge "$deadline" ]; then
    journalctl --unit mlflow --lines 40 --no-pager || true
    log "MLflow did not answer within 400 s"
    exit 1
  fi
  sleep 2
done

log "Making accounts"
accounts=$settings/accounts
touch "$accounts" && chmod 600 "$accounts"
login=$(mktemp)
trap 'rm -f "$login"' EXIT
# curl reads it: a password on a command line is everybody's to see
printf 'user = "%s:%s"\n' "$ADMIN_USER" "$(printf %s "$ADMIN_PASSWORD" | sed 's/[\\"]/\\&/g')" >"$login"
while IFS= read -r person; do
  if [ -z "$person" ] || [ "$person" = "$ADMIN_USER" ] || grep -q "^$person " "$accounts"; then continue; fi
  password=$(password_of "$person")
  if ! ask --fail --output /dev/null --config "$login" --header 'content-type: application/json' --data @- "$server/api/2.0/mlflow/users/create" <<<"{\"username\": \"$person\", \"password\": \"$password\"}"; then
    # there already, or something is amiss
    ask --fail --output /dev/null --config "$login" "$server/api/2.0/mlflow/users/get?username=$person"
    if ! lets_in "$(ask --output /dev/null --write-out '%{http_code}' --config - "$server/api/2.0/mlflow/users/get?username=$person" <<<"user = \"$person:$password\"")"; then
      log "$person has an account already, with a password of its own"
      continue
    fi
  fi
  tell "$person" "$password"
done <<<"$PEOPLE"
rm -f "$accounts.asked"

output url "https://$reachable/"
output ssh "ssh $LOGIN_USER@$reachable"
output accounts "$(cat "$accounts")"
output certificate_ends "$(certificate_ends "$settings/certificate.pem")"
output fingerprint "$(certificate_fingerprint "$settings/certificate.pem")"
output certificate "$(cat "$settings/certificate.pem")"
output example "export MLFLOW_TRACKING_URI=https://$reachable MLFLOW_TRACKING_SERVER_CERT_PATH=mlflow.pem
export MLFLOW_TRACKING_USERNAME=… MLFLOW_TRACKING_PASSWORD=…
python -c 'import mlflow; mlflow.log_metric(\"answer\", 42)'"
log "MLflow answers at https://$reachable/"

#!/usr/bin/env bash
# Runs Dask's scheduler or worker on this machine, with a certificate that the cluster's authority signs for it.
# Given: ROLE (scheduler or worker), SCHEDULER (its private address), THREADS (of a worker's process; 0: one a CPU), CA_CERT and CA_KEY (of the authority).
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
home=/opt/dask settings=/etc/dask
id dask >/dev/null 2>&1 || useradd --system --home-dir /var/lib/dask --shell /usr/sbin/nologin dask
install -d -m 755 "$settings"
install -d -o dask -g dask -m 700 /var/lib/dask

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077
printf '%s\n' "$CA_CERT" >"$work/authority.pem"

# certificate_for NAME FILE: a key and a certificate for a name in one file, made anew in the month before it ends.
certificate_for() {
  if certificate_stays "$2"; then return; fi
  sign_certificate "$work" "$1" serverAuth,clientAuth
  cat "$work/key.pem" "$work/certificate.pem" >"$2"
  log "Signed a certificate for $1"
}
install -m 644 "$work/authority.pem" "$settings/authority.pem"
certificate_for "$NODE_NAME" "$settings/node.pem"
chown dask:dask "$settings/node.pem"

if [ "$ROLE" = scheduler ]; then
  # Whoever logs in may use the cluster: with a certificate for clients, not with the scheduler's.
  certificate_for client "$settings/client.pem"
  chown "root:$(id -gn "$LOGIN_USER")" "$settings/client.pem"
  chmod 640 "$settings/client.pem"
  output certificate_ends "$(certificate_ends "$settings/node.pem")"
  output client "$(cat "$settings/client.pem" "$settings/authority.pem")"
fi
role_settings=$(cat <<YAML
distributed:
  comm:
    require-encryption: true
    default-scheme: tls
    tls:
      ca-file: $settings/authority.pem
      min-version: 1.2
      $ROLE: {cert: $settings/node.pem, key: $settings/node.pem}
YAML
)

install -d -m 755 "$settings/$ROLE"
unit="/etc/systemd/system/dask-$ROLE.service"
if [ "$ROLE" = scheduler ]; then
  # Who sees the dashboard sees what others compute, and it asks nobody who they are: it is for those who have logged in.
  command="$home/bin/dask scheduler --host $PRIVATE_ADDRESS --port 8786 --protocol tls --dashboard-address 127.0.0.1:8787"
else
  processes=()
  [ "$THREADS" = 0 ] || processes=(--nthreads "$THREADS" --nworkers "$(nproc)")
  command="$home/bin/dask worker tls://$SCHEDULER:8786 --name $NODE_NAME --host $PRIVATE_ADDRESS --no-dashboard --local-directory /var/lib/dask ${processes[*]}"
fi
wanted=$(cat <<UNIT
[Unit]
Description=Dask $ROLE
Wants=network-online.target
After=network-online.target

[Service]
User=dask
ExecStart=$command
WorkingDirectory=/var/lib/dask
Environment=DASK_CONFIG=$settings/$ROLE
Environment=PATH=$home/bin:/usr/local/bin:/usr/bin:/bin
EnvironmentFile=-/etc/environment
LimitNOFILE=65536
# a worker that has handed on its results has ended, and is not to be back before its machine is gone
Restart=always
RestartSec=30

[Install]
WantedBy=multi-user.target
UNIT
)
umask 022
# What computes is left alone where nothing has changed; a restart that was cut off is made up for.
stands=$settings/.$ROLE-stands
if [ ! -e "$stands" ] || ! systemctl is-active -q "dask-$ROLE" || [ "$(cat "$unit" "$settings/$ROLE/dask.yaml" 2>/dev/null)" != "$wanted"$'\n'"$role_settings" ] || [ "$settings/node.pem" -nt "$unit" ]; then
  rm -f "$stands"
  printf '%s\n' "$role_settings" >"$settings/$ROLE/dask.yaml"
  printf '%s\n' "$wanted" >"$unit"
  systemctl daemon-reload
  systemctl enable -q "dask-$ROLE"
  systemctl restart "dask-$ROLE"
  touch "$stands"
fi

if [ "$ROLE" = worker ]; then
  wait_for "$SCHEDULER" 8786 3000
  exit 0
fi

install -d -m 755 "$settings/client"
cat >"$settings/client/dask.yaml" <<YAML
scheduler-address: tls://$PRIVATE_ADDRESS:8786
distributed:
  comm:
    require-encryption: true
    tls:
      ca-file: $settings/authority.pem
      client: {cert: $settings/client.pem, key: $settings/client.pem}
YAML
cat >/usr/local/bin/dask-python <<SHELL
#!/bin/sh
# Python with Dask, which finds this cluster by itself: Client() is enough.
DASK_CONFIG=$settings/client exec $home/bin/python "\$@"
SHELL
chmod 755 /usr/local/bin/dask-python
wait_for "$PRIVATE_ADDRESS" 8786 120

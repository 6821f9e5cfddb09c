#!/usr/bin/env bash
# Puts a small balancer on this node: 127.0.0.1:7443 is whichever control planes answer. So a node needs none of them in particular, nor any address that moves between machines.
# Given: CA_CERT (PEM of the cluster's authority), FIRST, PEERS (private addresses of the control planes; of further ones by commas).
set -euo pipefail
unit=transat-kubernetes-api settings=/etc/transat/kubernetes-api.cfg authority=/etc/transat/kubernetes-api.pem loaded=/etc/transat/kubernetes-api.loaded

if [ ! -x /usr/sbin/haproxy ]; then
  apt_install haproxy
  # The package's own service is of no use here.
  systemctl --quiet disable --now haproxy || true
fi

install -d -m 0755 /etc/transat
printf '%s\n' "$CA_CERT" >"$authority"
{
  cat <<EOF
# Written by Transat: what the API is asked for on this node goes to a control plane that answers.
global
  maxconn 4096
  user haproxy
  group haproxy
defaults
  mode tcp
  option clitcpka
  option srvtcpka
  option redispatch
  retries 3
  timeout connect 3s
  # watches and shells may be silent for long
  timeout client 4h
  timeout server 4h
  timeout check 5s
frontend api
  bind 127.0.0.1:7443
  default_backend control_planes
backend control_planes
  balance leastconn
  option httpchk GET /readyz
  http-check expect status 200
  default-server check check-ssl verify required ca-file $authority inter 2s fall 2 rise 2 on-marked-down shutdown-sessions
EOF
  IFS=, read -ra planes <<<"$FIRST${PEERS:+,$PEERS}"
  for number in "${!planes[@]}"; do echo "  server control-plane-$((number + 1)) ${planes[number]}:6443"; done
} >"$settings.new"
/usr/sbin/haproxy -q -c -f "$settings.new"
mv -f "$settings.new" "$settings"

cat >/etc/systemd/system/$unit.service <<EOF
[Unit]
Description=Takes what asks for the Kubernetes API on this node to a control plane that answers
Wants=network-online.target
After=network-online.target
Before=kubelet.service

[Service]
Type=notify
ExecStart=/usr/sbin/haproxy -Ws -f $settings -p /run/$unit.pid
ExecReload=/usr/sbin/haproxy -q -c -f $settings
ExecReload=/bin/kill -USR2 \$MAINPID
KillMode=mixed
SuccessExitStatus=143
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
EOF
systemctl daemon-reload
systemctl --quiet enable $unit
# What is connected goes on where nothing is otherwise than what was taken over last.
said=$(cat "$settings" "$authority" | sha256sum)
if ! systemctl is-active -q $unit; then
  systemctl start $unit
elif [ "$said" != "$(cat "$loaded" 2>/dev/null)" ]; then
  systemctl reload $unit
fi
echo "$said" >"$loaded"
log "The API is asked for at 127.0.0.1:7443, of $FIRST${PEERS:+,$PEERS}"

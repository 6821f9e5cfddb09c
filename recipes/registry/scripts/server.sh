#!/usr/bin/env bash
# Runs a registry for container images, with a password and a certificate of the deployment's authority.
# Given: SERVER (address of the machine that keeps it), PASSWORD, CA_CERT, CA_KEY (of the authority).
set -euo pipefail
if [ "$PRIVATE_ADDRESS" != "$SERVER" ]; then
  log "$SERVER keeps the registry."
  exit 0
fi
settings=/etc/docker/registry data=/srv/transat-registry reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
stands=$settings/.transat-stands
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The distribution's package starts at once, without encryption: what it finds instead is for those with a password alone, and it keeps what it finds.
install -d /etc/docker "$settings"
cat >"$work/config.yml" <<YAML
version: 0.1
log: {fields: {service: registry}, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: $data}
  delete: {enabled: true}
http:
  addr: ':5443'
  relativeurls: true
  tls: {certificate: $settings/certificate.pem, key: $settings/key.pem, minimumtls: tls1.2}
  headers: {X-Content-Type-Options: [nosniff]}
auth: {htpasswd: {realm: registry, path: $settings/passwords}}
health: {storagedriver: {enabled: true, interval: 10s, threshold: 3}}
YAML
# Gone from before something changes until the registry has begun anew with it: a restart that was cut off is made up for.
if ! cmp -s "$work/config.yml" "$settings/config.yml"; then
  rm -f "$stands"
  install -m 644 "$work/config.yml" "$settings/config.yml"
fi
apt_install docker-registry apache2-utils openssl

printf '%s\n' "$CA_CERT" >"$work/authority.pem"
stays() {
  openssl verify -CAfile "$work/authority.pem" "$1" >/dev/null 2>&1 && openssl x509 -in "$1" -noout -checkend 2592000 >/dev/null &&
    openssl x509 -in "$1" -noout -checkip "$reachable" | grep -q 'does match' && openssl x509 -in "$1" -noout -checkip "$PRIVATE_ADDRESS" | grep -q 'does match'
}
if ! stays "$settings/certificate.pem"; then
  log "Signing a certificate for $reachable"
  rm -f "$stands"
  printf 'subjectAltName=IP:%s,IP:%s,DNS:%s\nextendedKeyUsage=serverAuth\n' "$reachable" "$PRIVATE_ADDRESS" "$NODE_NAME" >"$work/extensions"
  (
    umask 077
    printf '%s\n' "$CA_KEY" >"$work/authority.key"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$reachable" -keyout "$work/key.pem" -out "$work/request.pem" 2>/dev/null
    openssl x509 -req -in "$work/request.pem" -CA "$work/authority.pem" -CAkey "$work/authority.key" -set_serial "0x$(openssl rand -hex 16)" -days 825 \
      -extfile "$work/extensions" -out "$work/certificate.pem" 2>/dev/null
  )
  install -o root -g docker-registry -m 640 "$work/key.pem" "$settings/key.pem"
  install -o root -g docker-registry -m 640 "$work/certificate.pem" "$settings/certificate.pem"
fi

# The password is kept as a hash; the same one as long as it is the same password.
if ! htpasswd -vi "$settings/passwords" transat <<<"$PASSWORD" 2>/dev/null; then
  rm -f "$stands"
  (umask 077 && htpasswd -niBC 10 transat <<<"$PASSWORD" | grep . >"$work/passwords")
  install -o root -g docker-registry -m 640 "$work/passwords" "$settings/passwords"
fi

install -d -o docker-registry -g docker-registry -m 750 "$data"
# Who pushes or pulls is not cut off where nothing has changed.
if [ ! -e "$stands" ] || ! systemctl is-active -q docker-registry; then
  install -d /etc/systemd/system/docker-registry.service.d
  printf '[Unit]\nRequiresMountsFor=%s\n[Service]\nRestart=on-failure\nRestartSec=5\n' "$data" >/etc/systemd/system/docker-registry.service.d/transat.conf
  systemctl daemon-reload
  systemctl enable -q docker-registry
  systemctl restart docker-registry
  touch "$stands"
fi
wait_for "$PRIVATE_ADDRESS" 5443 120
output address "$reachable:5443"
output inside "$PRIVATE_ADDRESS:5443"
output authority "$CA_CERT"
output certificate_ends "$(date -u -d "$(openssl x509 -in "$settings/certificate.pem" -noout -enddate | cut -d= -f2)" +%Y-%m-%dT%H:%M:%SZ)"
log "The registry answers at $reachable:5443"

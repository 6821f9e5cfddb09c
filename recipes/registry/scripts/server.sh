#!/usr/bin/env bash
# Runs a registry for container images, with a password and a certificate of the deployment's authority.
# Given: SERVER (address of the machine that keeps it), PASSWORD, CA_CERT, CA_KEY (of the authority).
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
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
put "$work/config.yml" "$settings/config.yml" root 644 "$stands"
apt_install docker-registry apache2-utils openssl

if ! certificate_stays "$settings/certificate.pem" "$reachable" "$PRIVATE_ADDRESS"; then
  log "Signing a certificate for $reachable"
  rm -f "$stands"
  sign_certificate "$work" "$reachable" serverAuth "$PRIVATE_ADDRESS" "$reachable"
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
install -d /etc/systemd/system/docker-registry.service.d
printf '[Unit]\nRequiresMountsFor=%s\n[Service]\nRestart=on-failure\nRestartSec=5\n' "$data" >"$work/unit"
put "$work/unit" /etc/systemd/system/docker-registry.service.d/transat.conf root 644 "$stands"
# Who pushes or pulls is not cut off where nothing has changed.
begin_anew "$stands" docker-registry
wait_for "$PRIVATE_ADDRESS" 5443 120
output address "$reachable:5443"
output inside "$PRIVATE_ADDRESS:5443"
output authority "$CA_CERT"
output certificate_ends "$(certificate_ends "$settings/certificate.pem")"
log "The registry answers at $reachable:5443"

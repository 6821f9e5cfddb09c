#!/usr/bin/env bash
# Runs Prometheus, which asks every machine of the deployment, and shows by use what it was told.
# Given: ADDRESSES and HOSTNAMES (of all machines, in one order, separated by commas), DAYS (that measurements are kept), PASSWORD.
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
# The distribution's package starts at once, and asks nobody for a password: until it does, it is for this machine alone.
[ -e /etc/default/prometheus ] || printf '%s\n' 'ARGS="--web.listen-address=127.0.0.1:9090"' >/etc/default/prometheus
apt_install prometheus apache2-utils curl openssl jq
settings=/etc/prometheus reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}

own_certificate "$settings/key.pem" "$settings/certificate.pem" "$reachable" "IP:$PRIVATE_ADDRESS" "DNS:$NODE_NAME"
chown root:prometheus "$settings/key.pem" "$settings/certificate.pem"
chmod 640 "$settings/key.pem" "$settings/certificate.pem"

# The password is kept as a hash; the same one as long as it is the same password.
if ! htpasswd -vi "$settings/.password" transat <<<"$PASSWORD" 2>/dev/null; then
  (umask 077 && htpasswd -niBC 10 transat <<<"$PASSWORD" | grep . >"$settings/.password")
fi
hash=$(cut -d: -f2- "$settings/.password")

IFS=, read -r -a known_at <<<"$ADDRESSES"
IFS=, read -r -a called <<<"$HOSTNAMES"
targets='' known=0
for index in "${!known_at[@]}"; do
  [ -n "${known_at[index]}" ] || continue
  known=$((known + 1))
  targets+="      - targets: ['${known_at[index]}:9100']"$'\n'"        labels: {instance: '${called[index]:-${known_at[index]}}'}"$'\n'
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/prometheus.yml" <<YAML
global: {scrape_interval: 15s, evaluation_interval: 15s}
rule_files: [$settings/machines.rules.yml]
scrape_configs:
  - job_name: machines
    static_configs:
$targets
YAML
cat >"$work/machines.rules.yml" <<'YAML'
groups:
  - name: machines
    rules:
      - alert: MachineSilent
        expr: up{job="machines"} == 0
        for: 2m
        annotations: {summary: '{{ $labels.instance }} does not answer.'}
      - alert: DiskFullSoon
        expr: predict_linear(node_filesystem_avail_bytes{fstype=~"ext4|xfs|btrfs"}[6h], 86400) < 0
        for: 30m
        annotations: {summary: 'At this pace {{ $labels.mountpoint }} of {{ $labels.instance }} is full within a day.'}
      - alert: DiskNearlyFull
        expr: node_filesystem_avail_bytes{fstype=~"ext4|xfs|btrfs"} / node_filesystem_size_bytes < 0.1
        for: 10m
        annotations: {summary: 'Less than a tenth of {{ $labels.mountpoint }} of {{ $labels.instance }} is free.'}
      - alert: MemoryShort
        expr: node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.05
        for: 10m
        annotations: {summary: '{{ $labels.instance }} has less than a twentieth of its memory left.'}
      - alert: ClockOff
        expr: abs(node_timex_offset_seconds) > 1
        for: 10m
        annotations: {summary: 'The clock of {{ $labels.instance }} is off by more than a second.'}
YAML
cat >"$work/web.yml" <<YAML
tls_server_config: {cert_file: $settings/certificate.pem, key_file: $settings/key.pem}
basic_auth_users: {transat: '$hash'}
YAML
printf '%s\n' "ARGS=\"--web.config.file=$settings/web.yml --storage.tsdb.retention.time=${DAYS}d --web.external-url=https://$reachable:9090/\"" >"$work/defaults"
# rules are looked at with what names them, and so stand in their place first
promtool check rules "$work/machines.rules.yml" >/dev/null

stands=$settings/.stands
put "$work/machines.rules.yml" "$settings/machines.rules.yml" prometheus 640 "$stands"
promtool check config "$work/prometheus.yml" >/dev/null
for file in prometheus.yml web.yml; do put "$work/$file" "$settings/$file" prometheus 640 "$stands"; done
put "$work/defaults" /etc/default/prometheus prometheus 640 "$stands"
begin_anew "$stands" prometheus

login="$work/login"
(umask 077 && printf 'user = "transat:%s"\n' "$(printf %s "$PASSWORD" | sed 's/[\\"]/\\&/g')" >"$login")
ask() { curl --silent --noproxy '*' --cacert "$settings/certificate.pem" --max-time 20 "$@"; }
log "Waiting for what $known machines tell"
watched=0
for _ in $(seq 1 90); do
  watched=$(ask --config "$login" --data-urlencode 'query=sum(up{job="machines"})' "https://$PRIVATE_ADDRESS:9090/api/v1/query" | jq -r '.data.result[0].value[1] // 0' 2>/dev/null || echo 0)
  [ "${watched:-0}" -lt "$known" ] || break
  sleep 4
done
nobody=$(ask --output /dev/null --write-out '%{http_code}' "https://$PRIVATE_ADDRESS:9090/api/v1/targets" || true)
if [ "$nobody" != 401 ]; then
  log "Who has no password is answered with $nobody, not refused with 401."
  exit 1
fi
if [ "${watched:-0}" = 0 ]; then
  log "No machine tells Prometheus anything."
  exit 1
fi
output url "https://$reachable:9090/"
output watched "$watched of $known"
output certificate_ends "$(certificate_ends "$settings/certificate.pem")"
output fingerprint "$(certificate_fingerprint "$settings/certificate.pem")"
log "Prometheus at https://$reachable:9090/ is told by $watched of $known machines"

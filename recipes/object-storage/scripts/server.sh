#!/usr/bin/env bash
# Runs SeaweedFS for this machine alone, and nginx before its S3 with a certificate of the deployment's authority.
# Given: ACCESS_KEY, SECRET_KEY, CA_CERT, CA_KEY (of the authority); PORT and DATA, the folder of the objects, where they are others than usual.
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
# shellcheck source=recipes/shared/nginx.sh
. ../shared/nginx.sh
home=/opt/seaweedfs settings=/etc/seaweedfs data=${DATA:-/mnt/objects} port=${PORT:-443} reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
[ "$port" = 443 ] && suffix='' || suffix=:$port
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
id seaweedfs >/dev/null 2>&1 || useradd --system --home-dir "$data" --no-create-home --shell /usr/sbin/nologin seaweedfs
install -d -m 755 "$settings"
install -d -o seaweedfs -g seaweedfs -m 700 "$data"

# JSON quotes a key by itself, whatever is in it.
(umask 077 && python3 -c 'import json, os; print(json.dumps({"identities": [{"name": "transat", "credentials": [{"accessKey": os.environ["ACCESS_KEY"], "secretKey": os.environ["SECRET_KEY"]}], "actions": ["Admin"]}]}))' >"$work/identities.json")
put "$work/identities.json" "$settings/identities.json" seaweedfs 640 "$settings/.stands"
# A bucket begins with one file that grows, not with seven.
printf '[master.volume_growth]\ncopy_1 = 1\n' >"$work/master.toml"
put "$work/master.toml" "$settings/master.toml" root 644 "$settings/.stands"

# The size of those files is of the disk as it was first: a fiftieth.
if [ ! -e "$settings/megabytes" ]; then
  df -Pm "$data" | awk 'NR == 2 {size = int($2 / 50); if (size < 64) size = 64; if (size > 30000) size = 30000; print size}' >"$work/megabytes"
  mv "$work/megabytes" "$settings/megabytes"
fi
# Everything but nginx's port is for this machine alone: the parts of SeaweedFS ask each other for no password.
cat >"$work/unit" <<UNIT
[Unit]
Description=SeaweedFS, object storage
After=network-online.target
Wants=network-online.target
RequiresMountsFor=$data

[Service]
User=seaweedfs
UMask=0077
NoNewPrivileges=true
WorkingDirectory=$settings
RuntimeDirectory=seaweedfs
LimitNOFILE=65536
ExecStart=$home/bin/weed -logtostderr=true server -dir=$data -ip=127.0.0.1 -ip.bind=127.0.0.1 \\
  -master.telemetry=false -master.volumeSizeLimitMB=$(cat "$settings/megabytes") -volume.max=500 -volume.minFreeSpace=5 -filer \\
  -s3 -s3.port=8333 -s3.ip.bind=127.0.0.1 -s3.config=$settings/identities.json -s3.localSocket=/run/seaweedfs/s3.sock \\
  -s3.iam=false -s3.port.iceberg=0 -s3.port.lance=0 -s3.autoCreateBucket=false -s3.allowDeleteBucketNotEmpty=false
Restart=always
RestartSec=5
TimeoutStopSec=60

[Install]
WantedBy=multi-user.target
UNIT
put "$work/unit" /etc/systemd/system/seaweedfs.service root 644 "$settings/.stands"
# Who reads or writes is not cut off where nothing has changed.
begin_anew "$settings/.stands" seaweedfs

nginx_certificate
# An object is as large as it likes and is not held; a link that lets somebody in for a while is written to no log.
cat >"$work/nginx" <<NGINX
server {
  listen $port ssl;
  ssl_certificate $tls/certificate.pem;
  ssl_certificate_key $tls/key.pem;
  ssl_protocols TLSv1.2 TLSv1.3;
  server_tokens off;
  access_log off;
  client_max_body_size 0;
  ignore_invalid_headers off;
  location / {
    proxy_pass http://127.0.0.1:8333;
    proxy_http_version 1.1;
    proxy_set_header Host \$http_host;
    proxy_set_header Connection "";
    proxy_set_header X-Forwarded-Proto https;
    proxy_buffering off;
    proxy_request_buffering off;
    proxy_read_timeout 300s;
    proxy_send_timeout 300s;
  }
}
NGINX
nginx_takes object-storage

log "Waiting for the storage"
deadline=$((SECONDS + 180))
until curl --silent --fail --noproxy '*' --cacert "$work/authority.pem" --max-time 10 --output /dev/null "https://$PRIVATE_ADDRESS:$port/healthz"; do
  if [ "$SECONDS" -ge "$deadline" ]; then
    journalctl --unit seaweedfs --lines 40 --no-pager || true
    log "The storage did not answer within 180 s"
    exit 1
  fi
  sleep 2
done
output endpoint "https://$reachable$suffix"
output authority "$CA_CERT"
output certificate_ends "$(certificate_ends "$tls/certificate.pem")"
output ssh "ssh $LOGIN_USER@$reachable"
log "The storage answers at https://$reachable$suffix"

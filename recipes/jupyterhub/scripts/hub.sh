#!/usr/bin/env bash
# Configures and starts JupyterHub, makes the accounts, and proves that the administrator can log in.
# Given: ADMIN_USER, ADMIN_PASSWORD, PEOPLE (account names, one a line), HTTPS (true: with a certificate that this machine signs
# for itself), MEMORY_LIMIT (such as `2 GiB`; 0: none), CPU_LIMIT (0: none), IDLE_HOURS (0: servers are never stopped).
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
# shellcheck source=recipes/shared/accounts.sh
. ../shared/accounts.sh
home=/opt/jupyterhub
reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
install -d -m 700 /etc/jupyterhub /var/lib/jupyterhub
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stands=/etc/jupyterhub/.stands

# Accounts are accounts of this machine. They log in on the web page alone: SSH stays with keys.
groupadd -f jupyterhub
groupadd -f jupyterhub-admin
mkdir -p /etc/ssh/sshd_config.d
printf '%s\n' 'PasswordAuthentication no' 'KbdInteractiveAuthentication no' >/etc/ssh/sshd_config.d/10-jupyterhub.conf
systemctl reload ssh 2>/dev/null || systemctl reload sshd 2>/dev/null || true

install -d -m 755 /mnt/home
cat >/usr/local/sbin/jupyterhub-account <<'EOF'
#!/usr/bin/env bash
# jupyterhub-account NAME [admin]: makes an account for JupyterHub. The password is read from standard input, or made and printed.
set -euo pipefail
name=$1
[[ $name =~ ^[a-z][a-z0-9_-]{0,30}$ ]] || { echo "A name has small letters, digits, - and _, and begins with a letter" >&2; exit 2; }
if id "$name" >/dev/null 2>&1; then
  id -nG "$name" | tr ' ' '\n' | grep -qx jupyterhub || { echo "$name is an account of the system itself" >&2; exit 2; }
else
  useradd --create-home --base-dir /mnt/home --shell /bin/bash --user-group --groups jupyterhub "$name"
fi
if [ "${2:-}" = admin ]; then usermod --append --groups jupyterhub-admin,sudo "$name"; fi
if [ -t 0 ]; then
  password=$(head -c 15 /dev/urandom | base64 | tr '+/' 'Aa')
  echo "$password"
else
  IFS= read -r password
fi
printf '%s:%s\n' "$name" "$password" | chpasswd
chmod 700 "/mnt/home/$name"
EOF
chmod 755 /usr/local/sbin/jupyterhub-account

log "Making accounts"
jupyterhub-account "$ADMIN_USER" admin <<<"$ADMIN_PASSWORD"
# Passwords stay as they were when the step runs again.
accounts=/etc/jupyterhub/accounts
touch "$accounts" && chmod 600 "$accounts"
while IFS= read -r person; do
  if [ -z "$person" ] || [ "$person" = "$ADMIN_USER" ] || grep -q "^$person " "$accounts"; then continue; fi
  # made on the machine by the administrator, and not by an attempt at this step that was cut off
  if id -nG "$person" 2>/dev/null | tr ' ' '\n' | grep -qx jupyterhub && ! grep -qs "^$person " "$accounts.asked"; then
    log "$person has an account already, with a password of its own"
    continue
  fi
  password=$(password_of "$person")
  jupyterhub-account "$person" <<<"$password"
  tell "$person" "$password"
done <<<"$PEOPLE"
rm -f "$accounts.asked"

printf '%s\n' '@include common-auth' '@include common-account' >/etc/pam.d/jupyterhub

scheme=http port=80 tls='' certificate=none
if [ "$HTTPS" = true ]; then
  scheme=https port=443
  tls="c.JupyterHub.ssl_key = '/etc/jupyterhub/key.pem'
c.JupyterHub.ssl_cert = '/etc/jupyterhub/certificate.pem'"
  own_certificate /etc/jupyterhub/key.pem /etc/jupyterhub/certificate.pem "$reachable" "IP:$PRIVATE_ADDRESS" "DNS:$NODE_NAME"
  certificate=$(certificate_fingerprint /etc/jupyterhub/certificate.pem)
  output certificate_ends "$(certificate_ends /etc/jupyterhub/certificate.pem)"
  output fingerprint "$certificate"
fi

limits=''
[ "${MEMORY_LIMIT%% *}" = 0 ] || limits="c.SystemdSpawner.mem_limit = '$(sed -E 's/ *([KMGT])i?B$/\1/' <<<"$MEMORY_LIMIT")'"
[ "${CPU_LIMIT%.0}" = 0 ] || limits+="
c.SystemdSpawner.cpu_limit = $CPU_LIMIT"
cull=''
if [ "$IDLE_HOURS" != 0 ]; then
  cull="c.JupyterHub.services = [{'name': 'idle-culler', 'command': [sys.executable, '-m', 'jupyterhub_idle_culler', '--timeout=$((IDLE_HOURS * 3600))']}]
c.JupyterHub.load_roles = [{'name': 'idle-culler', 'services': ['idle-culler'], 'scopes': ['list:users', 'read:users:activity', 'read:servers', 'delete:servers']}]"
fi
cat >"$work/config" <<EOF
import sys

c.JupyterHub.bind_url = '$scheme://:$port'
$tls
c.JupyterHub.db_url = 'sqlite:////var/lib/jupyterhub/jupyterhub.sqlite'
c.JupyterHub.cookie_secret_file = '/var/lib/jupyterhub/cookie_secret'
c.ConfigurableHTTPProxy.command = ['$home/bin/node', '$home/proxy/node_modules/configurable-http-proxy/bin/configurable-http-proxy']
c.ConfigurableHTTPProxy.pid_file = '/var/lib/jupyterhub/proxy.pid'

c.JupyterHub.authenticator_class = 'pam'
c.PAMAuthenticator.service = 'jupyterhub'
c.PAMAuthenticator.open_sessions = False
c.LocalAuthenticator.allowed_groups = {'jupyterhub'}
c.LocalAuthenticator.admin_groups = {'jupyterhub-admin'}

c.JupyterHub.spawner_class = 'systemd'
c.SystemdSpawner.unit_name_template = 'jupyter-{USERNAME}'
c.SystemdSpawner.default_shell = '/bin/bash'
c.Spawner.default_url = '/lab'
c.Spawner.cmd = ['$home/bin/jupyterhub-singleuser']
# Notebooks need the site's proxy as much as the hub does.
c.Spawner.env_keep.extend(['http_proxy', 'https_proxy', 'no_proxy', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'PIP_CERT'])
$limits
$cull
EOF
put "$work/config" /etc/jupyterhub/jupyterhub_config.py root 644 "$stands"

# Of other packages or with another certificate, JupyterHub begins anew, too.
cat >"$work/unit" <<EOF
# packages: $(sha256sum <"$home/requirements.txt" | cut -c1-16)
# certificate: $certificate
[Unit]
Description=JupyterHub
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=$home/bin/jupyterhub --config /etc/jupyterhub/jupyterhub_config.py
WorkingDirectory=/var/lib/jupyterhub
Environment=PATH=$home/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
EnvironmentFile=-/etc/environment
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
EOF
put "$work/unit" /etc/systemd/system/jupyterhub.service root 644 "$stands"
# Whoever works in a notebook is not cut off where nothing has changed.
begin_anew "$stands" jupyterhub

log "Waiting for the login page"
hub="$scheme://$PRIVATE_ADDRESS"
cookies=$work/cookies
ask() { curl --silent --show-error --noproxy '*' --insecure --max-time 20 --cookie "$cookies" --cookie-jar "$cookies" "$@"; }
deadline=$((SECONDS + 240))
until ask --fail --output /dev/null "$hub/hub/login" 2>/dev/null; do
  if [ "$SECONDS" -ge "$deadline" ]; then
    journalctl --unit jupyterhub --lines 40 --no-pager || true
    log "JupyterHub did not answer within 240 s"
    exit 1
  fi
  sleep 1
done
xsrf=$(awk '$6 == "_xsrf" {print $7}' "$cookies" | tail -1)
ask --output /dev/null --data-urlencode "_xsrf=$xsrf" --data-urlencode "username=$ADMIN_USER" --data-urlencode password@<(printf %s "$ADMIN_PASSWORD") "$hub/hub/login"
[ "$(ask --output /dev/null --write-out '%{http_code}' "$hub/hub/admin")" = 200 ] || { log "$ADMIN_USER can't log in with the password made for this deployment"; exit 1; }

output url "$scheme://$reachable/"
output ssh "ssh $LOGIN_USER@$reachable"
output accounts "$(cat "$accounts")"
log "JupyterHub answers at $scheme://$reachable/, and $ADMIN_USER can log in"

#!/usr/bin/env bash
# Makes Galaxy's database, certificate and accounts, and runs its two programs, the page with its API and what runs jobs beside it; nginx before them with TLS.
# Given: ADMIN_USER, ADMIN_PASSWORD, SERVER_SECRET (of which its keys are made), PEOPLE (account names, one a line), JOBS (tools at once), CA_CERT, CA_KEY (of the
# authority).
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
# shellcheck source=recipes/shared/nginx.sh
. ../shared/nginx.sh
# shellcheck source=recipes/shared/database.sh
. ../shared/database.sh
# shellcheck source=recipes/shared/accounts.sh
. ../shared/accounts.sh
home=/opt/galaxy settings=/etc/galaxy data=/mnt/galaxy
reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
id galaxy >/dev/null 2>&1 || useradd --system --create-home --home-dir /var/lib/galaxy --shell /usr/sbin/nologin galaxy
install -d -m 755 "$data"
install -d -o galaxy -g galaxy -m 700 "$data/data"
# whoever logs in brings tools, Galaxy reads them
install -d -o "$LOGIN_USER" -g galaxy -m 2750 "$data/tools"
install -d -o root -g galaxy -m 750 "$settings"

own_database galaxy galaxy
# Galaxy makes its tables, and notes their version after that. Cut off between the two it would never begin again; nobody has had an account by then.
sql() { as_postgres psql --port="$port" --dbname=galaxy -tAc "$1"; }
if [ "$(sql "SELECT to_regclass('galaxy_user') IS NOT NULL AND to_regclass('alembic_version') IS NULL")" = t ] && [ "$(sql 'SELECT count(*) FROM galaxy_user')" = 0 ]; then
  log "Clearing tables that were not made to their end"
  # none of them may be here yet, where a volume brings the tables along
  systemctl stop galaxy galaxy-tasks 2>/dev/null || true
  as_postgres dropdb --port="$port" galaxy
  as_postgres createdb --port="$port" --owner=galaxy galaxy
fi

# its keys, each of its own, from the one secret
key_of() { printf '%s of %s' "$1" "$SERVER_SECRET" | openssl dgst -sha256 -r | cut -c 1-48; }
bootstrap=$(key_of accounts)
stands=$settings/.stands
umask 077
cat >"$work/galaxy.yml" <<YAML
galaxy:
  data_dir: $data/data
  config_dir: $settings
  tool_config_file: $settings/tool_conf.xml
  job_config_file: $settings/job_conf.yml
  database_connection: postgresql+psycopg2:///galaxy?host=/var/run/postgresql&port=$port
  amqp_internal_connection: sqlalchemy+postgresql+psycopg2:///galaxy?host=/var/run/postgresql&port=$port
  database_auto_migrate: true
  enable_celery_tasks: true
  galaxy_infrastructure_url: https://$reachable
  admin_users: $ADMIN_USER@transat.invalid
  bootstrap_admin_api_key: $bootstrap
  id_secret: $(key_of ids)
  require_login: true
  allow_local_account_creation: false
  conda_auto_init: false
  conda_auto_install: false
  log_level: INFO
YAML
cat >"$work/job_conf.yml" <<YAML
runners:
  local:
    load: galaxy.jobs.runners.local:LocalJobRunner
    workers: $JOBS
execution:
  default: local
  environments:
    local:
      runner: local
YAML
# Of the tools that Galaxy ships those that need nothing but what is installed here; others would begin and fail.
tools() { for tool; do printf '    <tool file="%s.xml"/>\n' "$tool"; done; }
collection_tools() { for tool; do printf "    <tool file=\"\${model_tools_path}/%s.xml\"/>\n" "$tool"; done; }
cat >"$work/tool_conf.xml" <<XML
<?xml version="1.0"?>
<toolbox>
  <section id="getext" name="Get Data">
$(tools data_source/upload)
  </section>
  <section id="collection_operations" name="Collection Operations">
$(collection_tools build_list_1.2.0 duplicate_file_to_collection flatten_collection nest_collection merge_collection filter_failed_collection_1.1.0 filter_empty_collection_1.1.0 \
  filter_from_file_1.1.0 zip_collection unzip_collection harmonize_two_collections_list sort_collection_list relabel_from_file tag_collection_from_file extract_dataset apply_rules)
  </section>
  <section id="textutil" name="Text Manipulation">
$(tools filters/{fixedValueColumn,catWrapper,cutWrapper,mergeCols,convert_characters,CreateInterval,changeCase,pasteWrapper,remove_beginning,randomlines,headWrapper,tailWrapper,trimmer,wc_gnu,secure_hash_message_digest})
  </section>
  <section id="convert" name="Convert Formats">
$(tools filters/bed2gff filters/gff2bed maf/maf_to_bed maf/maf_to_interval maf/maf_to_fasta)
  </section>
  <section id="filter" name="Filter and Sort">
$(tools stats/filtering filters/sorter filters/grep filters/gff/{extract_GFF_Features,gff_filter_by_attribute,gff_filter_by_feature_count,gtf_filter_by_attribute_values_list})
  </section>
  <section id="group" name="Join, Subtract and Group">
$(tools filters/joiner filters/compare stats/grouping filters/uniq)
  </section>
  <section id="own" name="Tools of this Galaxy">
    <tool_dir dir="$data/tools"/>
  </section>
</toolbox>
XML
put "$work/galaxy.yml" "$settings/galaxy.yml" galaxy 640 "$stands"
put "$work/job_conf.yml" "$settings/job_conf.yml" galaxy 640 "$stands"
put "$work/tool_conf.xml" "$settings/tool_conf.xml" galaxy 640 "$stands"
# A package that is another has all begin anew.
cat "$home/libraries.txt" "$home/requirements.txt" >"$work/requirements.txt"
put "$work/requirements.txt" "$settings/requirements.txt" galaxy 640 "$stands"

# unit_of TITLE COMMAND: how systemd runs one of the programs
unit_of() {
  cat <<UNIT
[Unit]
Description=$1
Wants=network-online.target
After=network-online.target postgresql.service
Requires=postgresql.service
RequiresMountsFor=$data

[Service]
User=galaxy
UMask=0077
NoNewPrivileges=true
WorkingDirectory=/var/lib/galaxy
EnvironmentFile=-/etc/environment
Environment=GALAXY_CONFIG_FILE=$settings/galaxy.yml GALAXY_VIRTUAL_ENV=$home NO_PROXY=127.0.0.1,localhost,$reachable,$PRIVATE_ADDRESS no_proxy=127.0.0.1,localhost,$reachable,$PRIVATE_ADDRESS
Environment=PATH=$home/bin:/usr/local/bin:/usr/bin:/bin
ExecStart=$home/bin/$2
Restart=always
RestartSec=5
TimeoutStopSec=60
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
UNIT
}
programs=(galaxy galaxy-tasks)
unit_of 'Galaxy, its page and API, and what runs jobs' "gunicorn galaxy.webapps.galaxy.fast_factory:factory() --timeout 300 --worker-class galaxy.webapps.galaxy.workers.Worker \\
  --bind 127.0.0.1:8080 --workers 1 --config python:galaxy.web_stack.gunicorn_config --preload" >"$work/galaxy.service"
unit_of 'Galaxy, what it does beside: uploads, metadata, exports' "celery --app galaxy.celery worker --beat --schedule /var/lib/galaxy/beat --concurrency 2 --pool threads \\
  --loglevel INFO --queues celery,galaxy.internal,galaxy.external" >"$work/galaxy-tasks.service"
for program in "${programs[@]}"; do put "$work/$program.service" "/etc/systemd/system/$program.service" root 644 "$stands"; done
# Tools that run are not disturbed where nothing has changed.
if [ ! -e "$stands" ] || ! systemctl is-active -q galaxy || ! systemctl is-active -q galaxy-tasks; then
  systemctl daemon-reload
  systemctl enable -q "${programs[@]}"
  # the first makes the tables, or renews them
  systemctl restart galaxy
fi

nginx_certificate
install -m 644 "$work/authority.pem" "$tls/authority.pem"
cat >"$work/nginx" <<NGINX
server {
  listen 443 ssl;
  ssl_certificate $tls/certificate.pem;
  ssl_certificate_key $tls/key.pem;
  ssl_protocols TLSv1.2 TLSv1.3;
  server_tokens off;
  access_log off;
  client_max_body_size 0;
  location / {
    proxy_pass http://127.0.0.1:8080;
    proxy_http_version 1.1;
    proxy_set_header Host \$http_host;
    proxy_set_header X-Real-IP \$remote_addr;
    proxy_set_header X-Forwarded-For \$remote_addr;
    proxy_set_header X-Forwarded-Host \$http_host;
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header Upgrade \$http_upgrade;
    proxy_buffering off;
    proxy_request_buffering off;
    proxy_read_timeout 600s;
    proxy_send_timeout 600s;
  }
}
NGINX
nginx_takes galaxy

log "Waiting for Galaxy"
server="https://$PRIVATE_ADDRESS"
ask() { curl --silent --show-error --noproxy '*' --cacert "$work/authority.pem" --max-time 60 "$@"; }
deadline=$((SECONDS + 900))
until ask --fail --output /dev/null "$server/api/version" 2>/dev/null; do
  if [ "$SECONDS" -ge "$deadline" ]; then
    journalctl --unit galaxy --lines 40 --no-pager || true
    log "Galaxy did not answer within 900 s"
    exit 1
  fi
  sleep 3
done
if [ ! -e "$stands" ] || ! systemctl is-active -q galaxy-tasks; then
  systemctl restart galaxy-tasks
  touch "$stands"
fi

log "Making accounts"
accounts=$settings/accounts
touch "$accounts" && chmod 600 "$accounts"
# curl reads it: a key on a command line is everybody's to see
printf 'header = "x-api-key: %s"\nheader = "content-type: application/json"\n' "$bootstrap" >"$work/bootstrap"
install -m 600 "$work/bootstrap" "$settings/bootstrap"
# known NAME: the account that was made for that name, whatever its owner calls it now, or else one that somebody has called so
known() {
  ask --fail --config "$work/bootstrap" "$server/api/users?f_any=$1" | jq -r --arg name "$1" \
    '[.[] | select(.email == $name + "@transat.invalid")] + [.[] | select(.username == $name)] | .[0].id // empty'
}
# opens NAME PASSWORD: whether that account lets in with it
opens() {
  printf 'user = "%s:%s"\n' "$1" "$2" >"$work/login"
  lets_in "$(ask --output /dev/null --write-out '%{http_code}' --config "$work/login" "$server/api/authenticate/baseauth")"
}
# account NAME: makes one with the password in the environment, if there is none of that name; ends with 3 where there is
account() {
  local id
  id=$(known "$1")
  [ -z "$id" ] || return 3
  NAME=$1 jq --null-input '{username: env.NAME, email: (env.NAME + "@transat.invalid"), password: env.PASSWORD}' >"$work/account"
  if ! ask --config "$work/bootstrap" --data "@$work/account" --output "$work/said" --write-out '%{http_code}' "$server/api/users" | grep -qx 200; then
    log "$1 could not be made: $(jq -r '.err_msg // .' "$work/said" | head -c 500)"
    exit 1
  fi
}
PASSWORD=$ADMIN_PASSWORD account "$ADMIN_USER" || [ "$?" = 3 ]
while IFS= read -r person; do
  if [ -z "$person" ] || [ "$person" = "$ADMIN_USER" ] || grep -q "^$person " "$accounts"; then continue; fi
  password=$(password_of "$person")
  if PASSWORD=$password account "$person" || opens "$person" "$password"; then
    tell "$person" "$password"
  else
    log "$person has an account already, with a password of its own"
  fi
done <<<"$PEOPLE"
rm -f "$accounts.asked"
administrator=$(known "$ADMIN_USER")
printf '%s\n' "$administrator" >"$settings/administrator"
api_key=$(ask --fail --config "$work/bootstrap" "$server/api/users/$administrator/api_key" | jq -r '. // empty')
[ -n "$api_key" ] || api_key=$(ask --fail --config "$work/bootstrap" --request POST "$server/api/users/$administrator/api_key" | jq -r .)

output url "https://$reachable/"
output ssh "ssh $LOGIN_USER@$reachable"
output copy "scp my_tool.xml $LOGIN_USER@$reachable:$data/tools/"
output accounts "$(cat "$accounts")"
output api_key "$api_key"
output authority "$CA_CERT"
output certificate_ends "$(certificate_ends "$tls/certificate.pem")"
output example "curl --cacert galaxy.pem --header 'x-api-key: …' https://$reachable/api/histories"
log "Galaxy answers at https://$reachable/"

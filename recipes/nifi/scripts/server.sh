#!/usr/bin/env bash
# Runs NiFi, for one user, by TLS alone and with a certificate of the deployment's authority. What the archive's own settings say holds, but for where things are kept and how one gets in.
# Given: ARCHIVE_FROM and ARCHIVE_SHA256 (what the step before has laid out comes from there), ADMIN_USER, ADMIN_PASSWORD, SENSITIVE_KEY (seals passwords in flows),
# HISTORY_HOURS, MEMORY (that the machine has at the least), CA_CERT, CA_KEY (of the authority).
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
# shellcheck source=recipes/shared/java.sh
. ../shared/java.sh
home=/opt/nifi settings=/etc/nifi stands=/etc/nifi/.stands data=/mnt/nifi cache=/var/lib/nifi reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
java=$(java_programs)
release=$(readlink "$home/next")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install -d -m 755 "$data"
install -d -o nifi -g nifi -m 700 "$cache" "$cache/tmp" "$data"/{conf,state,extensions,database,flowfiles,content,provenance,status}
install -d -o root -g nifi -m 750 "$settings" "$settings/tls"

tls=$settings/tls
printf '%s\n' "$CA_CERT" >"$work/authority.pem"
if ! cmp -s "$work/authority.pem" "$tls/authority.pem" || [ ! -e "$tls/trust.p12" ] || ! certificate_stays "$tls/machine.pem" "$reachable" "$PRIVATE_ADDRESS"; then
  log "Signing a certificate for $reachable"
  rm -f "$stands"
  sign_certificate "$work" nifi serverAuth "$PRIVATE_ADDRESS" "$reachable"
  (umask 077 && openssl rand -hex 24 >"$work/store-password")
  (umask 077 && openssl pkcs12 -export -name nifi -inkey "$work/key.pem" -in "$work/certificate.pem" -certfile "$work/authority.pem" -passout "file:$work/store-password" -out "$work/machine.p12")
  "$java/keytool" -importcert -noprompt -alias authority -file "$work/authority.pem" -storetype PKCS12 -storepass:file "$work/store-password" -keystore "$work/trust.p12" 2>/dev/null
  install -o root -g root -m 600 "$work/store-password" "$tls/store-password"
  install -o root -g nifi -m 640 "$work/machine.p12" "$tls/machine.p12"
  install -o root -g nifi -m 640 "$work/trust.p12" "$tls/trust.p12"
  install -o root -g root -m 644 "$work/authority.pem" "$tls/authority.pem"
  # last: as long as it is not there, all of this is made anew
  install -o root -g root -m 644 "$work/certificate.pem" "$tls/machine.pem"
fi

# NiFi keeps the password as a hash with salt; another is made for another password alone.
if ! htpasswd -vi "$settings/.password" "$ADMIN_USER" <<<"$ADMIN_PASSWORD" 2>/dev/null; then
  (umask 077 && htpasswd -niBC 12 "$ADMIN_USER" <<<"$ADMIN_PASSWORD" | grep . >"$settings/.password")
fi
# Of the names that this kind of hash has, NiFi takes one alone.
stored=$(cut -d: -f2 "$settings/.password")
hash="\$2b\$${stored#\$2y\$}"
cat >"$work/login" <<XML
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<loginIdentityProviders>
  <provider>
    <identifier>single-user-provider</identifier>
    <class>org.apache.nifi.authentication.single.user.SingleUserLoginIdentityProvider</class>
    <property name="Username">$ADMIN_USER</property>
    <property name="Password">$hash</property>
  </provider>
</loginIdentityProviders>
XML
put "$work/login" "$settings/login-identity-providers.xml" nifi 640 "$stands"
cat >"$work/authorizers" <<'XML'
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<authorizers>
  <authorizer>
    <identifier>single-user-authorizer</identifier>
    <class>org.apache.nifi.authorization.single.user.SingleUserAuthorizer</class>
  </authorizer>
</authorizers>
XML
put "$work/authorizers" "$settings/authorizers.xml" nifi 640 "$stands"
cat >"$work/state" <<XML
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<stateManagement>
  <local-provider>
    <id>local-provider</id>
    <class>org.apache.nifi.controller.state.providers.local.WriteAheadLocalStateProvider</class>
    <property name="Directory">$data/state/local</property>
    <property name="Always Sync">false</property>
    <property name="Partitions">16</property>
    <property name="Checkpoint Interval">2 mins</property>
  </local-provider>
</stateManagement>
XML
put "$work/state" "$settings/state-management.xml" nifi 640 "$stands"
cat >"$work/logback" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<configuration>
  <appender name="JOURNAL" class="ch.qos.logback.core.ConsoleAppender">
    <encoder class="ch.qos.logback.classic.encoder.PatternLayoutEncoder"><pattern>%level [%thread] %logger{40} %msg%n</pattern></encoder>
  </appender>
  <logger name="org.apache.nifi" level="INFO"/>
  <logger name="org.apache.nifi.processors" level="WARN"/>
  <root level="WARN"><appender-ref ref="JOURNAL"/></root>
</configuration>
XML
put "$work/logback" "$settings/logback.xml" nifi 640 "$stands"

store_password=$(cat "$tls/store-password")
cat >"$work/ours" <<PROPERTIES
nifi.flow.configuration.file=$data/conf/flow.xml.gz
nifi.flow.configuration.json.file=$data/conf/flow.json.gz
nifi.flow.configuration.archive.dir=$data/conf/archive
nifi.templates.directory=$data/conf/templates
nifi.authorizer.configuration.file=$settings/authorizers.xml
nifi.login.identity.provider.configuration.file=$settings/login-identity-providers.xml
nifi.state.management.configuration.file=$settings/state-management.xml
nifi.nar.library.directory=$release/lib
nifi.nar.library.autoload.directory=$data/extensions
nifi.nar.working.directory=$cache/work/nar
nifi.documentation.working.directory=$cache/work/docs/components
nifi.web.jetty.working.directory=$cache/work/jetty
nifi.database.directory=$data/database
nifi.flowfile.repository.directory=$data/flowfiles
nifi.content.repository.directory.default=$data/content
nifi.provenance.repository.directory.default=$data/provenance
nifi.provenance.repository.max.storage.time=$HISTORY_HOURS hours
nifi.provenance.repository.max.storage.size=2 GB
nifi.status.repository.questdb.persist.location=$data/status
nifi.diagnostics.on.shutdown.directory=$cache/diagnostics
nifi.web.http.host=
nifi.web.http.port=
nifi.web.https.host=0.0.0.0
nifi.web.https.port=8443
nifi.web.proxy.host=$reachable:8443,$PRIVATE_ADDRESS:8443,$NODE_NAME:8443
nifi.web.should.send.server.version=false
nifi.remote.input.secure=true
nifi.remote.input.socket.port=
nifi.cluster.is.node=false
nifi.sensitive.props.key=$SENSITIVE_KEY
nifi.security.keystore=$tls/machine.p12
nifi.security.keystoreType=PKCS12
nifi.security.keystorePasswd=$store_password
nifi.security.keyPasswd=$store_password
nifi.security.truststore=$tls/trust.p12
nifi.security.truststoreType=PKCS12
nifi.security.truststorePasswd=$store_password
nifi.security.allow.anonymous.authentication=false
nifi.security.user.authorizer=single-user-authorizer
nifi.security.user.login.identity.provider=single-user-provider
PROPERTIES
chmod 600 "$work/ours"
python3 - "$release/conf/nifi.properties" "$work/ours" >"$work/properties" <<'PYTHON'
"""Prints the archive's settings with ours in their places, and behind them those that it does not name."""

import sys

with open(sys.argv[2], encoding="utf-8") as file:
    ours = dict(line.rstrip("\n").split("=", 1) for line in file)
with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        name = line.split("=", 1)[0].strip()
        print(f"{name}={ours.pop(name)}" if "=" in line and name in ours else line.rstrip("\n"))
for name, value in ours.items():
    print(f"{name}={value}")
PYTHON
put "$work/properties" "$settings/nifi.properties" nifi 640 "$stands"

heap=$(numfmt --from=auto --to-unit=1048576 "$(tr -d ' B' <<<"$MEMORY")" | awk '{size = int($1 / 2); print (size > 16384) ? 16384 : size}')
# NiFi is begun by systemd itself, in the place of the program that the archive has for it.
cat >"$work/unit" <<UNIT
[Unit]
Description=Apache NiFi
After=network-online.target
Wants=network-online.target
RequiresMountsFor=$data

[Service]
User=nifi
UMask=0077
NoNewPrivileges=true
LimitNOFILE=50000
WorkingDirectory=$release
Environment=HOME=$cache
ExecStart=$java/java -cp $settings:$release/lib/*:$release/lib/java11/* -Xms${heap}m -Xmx${heap}m -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true \\
  -Djava.net.preferIPv4Stack=true -Dsun.net.http.allowRestrictedHeaders=true -Djava.protocol.handler.pkgs=sun.net.www.protocol -Dorg.apache.jasper.compiler.disablejsr199=true \\
  -Djavax.security.auth.useSubjectCredsOnly=true -Dzookeeper.admin.enableServer=false -Djava.io.tmpdir=$cache/tmp -Dnifi.properties.file.path=$settings/nifi.properties \\
  -Dorg.apache.nifi.bootstrap.config.log.dir=$cache org.apache.nifi.NiFi
SuccessExitStatus=143
Restart=always
RestartSec=5
TimeoutStopSec=120

[Install]
WantedBy=multi-user.target
UNIT
put "$work/unit" /etc/systemd/system/nifi.service root 644 "$stands"

# Flows that run are not stopped where nothing has changed.
if [ ! -e "$stands" ] || ! systemctl is-active -q nifi; then
  systemctl daemon-reload
  systemctl enable -q nifi
  systemctl restart nifi
fi

log "Waiting for NiFi"
ask() { curl --silent --show-error --noproxy '*' --cacert "$tls/authority.pem" --max-time 30 "$@"; }
deadline=$((SECONDS + 1200))
until ask --fail --output /dev/null "https://$PRIVATE_ADDRESS:8443/nifi-api/access/config" 2>/dev/null; do
  ended=$(systemctl show nifi --property NRestarts --value)
  if [ "$SECONDS" -ge "$deadline" ] || [ "${ended:-0}" -ge 3 ]; then
    journalctl --unit nifi --lines 60 --no-pager || true
    log "NiFi did not answer within $SECONDS s and ended ${ended:-0} times; what it said is above."
    exit 1
  fi
  sleep 2
done
touch "$stands"
# Another release takes a gigabyte and more.
find "$home" -mindepth 1 -maxdepth 1 -type d -name 'release-*' ! -path "$release" -exec rm -rf {} +

output url "https://$reachable:8443/nifi/"
output authority "$CA_CERT"
output certificate_ends "$(certificate_ends "$tls/machine.pem")"
output example "token=\$(curl --cacert nifi.pem --data-urlencode username=$ADMIN_USER --data-urlencode password=… https://$reachable:8443/nifi-api/access/token)
curl --cacert nifi.pem --header \"Authorization: Bearer \$token\" https://$reachable:8443/nifi-api/flow/status"
output ssh "ssh $LOGIN_USER@$reachable"
log "NiFi answers at https://$reachable:8443/nifi/"

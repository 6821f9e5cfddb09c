#!/usr/bin/env bash
# Runs this machine's part of the cluster: broker and controller in one (KRaft). Its machines know each other by certificates of the deployment's authority, and
# so do programs know the machines; programs sign in with a name and a password (SCRAM), over TLS alone.
# Given: ADDRESSES (of all machines, in their order, by commas), CA_CERT, CA_KEY (of the authority), MEMORY (that the machine has at the least), RETENTION_HOURS.
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
# shellcheck source=recipes/shared/java.sh
. ../shared/java.sh
java=$(java_programs)/java
home=/opt/kafka settings=/etc/kafka stands=/etc/kafka/.stands data=/mnt/kafka reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install -d -o root -g kafka -m 750 "$settings" "$settings/tls"
install -d -o kafka -g kafka -m 700 "$data/log"

IFS=, read -ra machines <<<"$ADDRESSES"
count=${#machines[@]}
copies=$((count < 3 ? count : 3))
voters=''
for number in "${!machines[@]}"; do voters+="${voters:+,}$((number + 1))@${machines[number]}:9093"; done
# Who votes is written down when a cluster is made: others would make it lose what it has.
if [ -e "$settings/voters" ] && [ "$(cat "$settings/voters")" != "$count" ]; then
  log "This cluster was made of $(cat "$settings/voters") brokers, which can't become $count. Go back to the former number, or make another cluster."
  exit 1
fi

tls=$settings/tls
printf '%s\n' "$CA_CERT" >"$work/authority.pem"
put "$work/authority.pem" "$tls/authority.pem" root 644 "$stands"
if ! certificate_stays "$tls/machine.pem" "$reachable" "$PRIVATE_ADDRESS"; then
  log "Signing a certificate for $reachable"
  rm -f "$stands"
  sign_certificate "$work" broker serverAuth,clientAuth "$PRIVATE_ADDRESS" "$reachable"
  (umask 077 && cat "$work/key.pem" "$work/certificate.pem" >"$work/both.pem")
  install -o root -g kafka -m 640 "$work/both.pem" "$tls/both.pem"
  install -o root -g root -m 644 "$work/certificate.pem" "$tls/machine.pem"
fi

heap=$(numfmt --from=auto --to-unit=1048576 "$(tr -d ' B' <<<"$MEMORY")" | awk '{size = int($1 / 2); print (size > 6144) ? 6144 : size}')
# Ports 9091 and 9093 are for the machines of the cluster, which show a certificate; 9092 and 9094 for programs, inside and outside.
cat >"$work/properties" <<PROPERTIES
process.roles=broker,controller
node.id=$NODE_INDEX
controller.quorum.voters=$voters
listeners=CONTROLLER://$PRIVATE_ADDRESS:9093,BROKER://$PRIVATE_ADDRESS:9091,INSIDE://$PRIVATE_ADDRESS:9092,OUTSIDE://:9094
advertised.listeners=BROKER://$PRIVATE_ADDRESS:9091,INSIDE://$PRIVATE_ADDRESS:9092,OUTSIDE://$reachable:9094
listener.security.protocol.map=CONTROLLER:SSL,BROKER:SSL,INSIDE:SASL_SSL,OUTSIDE:SASL_SSL
inter.broker.listener.name=BROKER
controller.listener.names=CONTROLLER
listener.name.controller.ssl.client.auth=required
listener.name.broker.ssl.client.auth=required
ssl.keystore.type=PEM
ssl.keystore.location=$tls/both.pem
ssl.truststore.type=PEM
ssl.truststore.location=$tls/authority.pem
ssl.enabled.protocols=TLSv1.2,TLSv1.3
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.inside.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.outside.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:CN=broker;User:admin
allow.everyone.if.no.acl.found=false
auto.create.topics.enable=false
default.replication.factor=$copies
min.insync.replicas=$((copies > 1 ? 2 : 1))
offsets.topic.replication.factor=$copies
transaction.state.log.replication.factor=$copies
transaction.state.log.min.isr=$((copies > 1 ? 2 : 1))
share.coordinator.state.topic.replication.factor=$copies
share.coordinator.state.topic.min.isr=$((copies > 1 ? 2 : 1))
log.retention.hours=$RETENTION_HOURS
log.dirs=$data/log
PROPERTIES
put "$work/properties" "$settings/server.properties" kafka 640 "$stands"
cat >"$work/log4j" <<'LOG4J'
rootLogger.level = WARN
rootLogger.appenderRef.stdout.ref = stdout
appender.stdout.type = Console
appender.stdout.name = stdout
appender.stdout.layout.type = PatternLayout
appender.stdout.layout.pattern = %p %m (%c)%n%ex
LOG4J
put "$work/log4j" "$settings/log4j2.properties" kafka 640 "$stands"
cat >"$work/unit" <<UNIT
[Unit]
Description=Kafka
After=network-online.target
Wants=network-online.target
RequiresMountsFor=$data

[Service]
User=kafka
UMask=0077
NoNewPrivileges=true
LimitNOFILE=100000
WorkingDirectory=$data
ExecStart=$java -Xms${heap}m -Xmx${heap}m -XX:+UseG1GC -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true \\
  -Dlog4j2.configurationFile=$settings/log4j2.properties -cp $home/lib/* kafka.Kafka $settings/server.properties
SuccessExitStatus=143
Restart=always
RestartSec=5
TimeoutStopSec=180

[Install]
WantedBy=multi-user.target
UNIT
put "$work/unit" /etc/systemd/system/kafka.service root 644 "$stands"

# One name for the cluster on all its machines, which nobody has to hand round: it comes of the authority's certificate.
cluster=$(printf '%s' "$CA_CERT" | openssl dgst -sha256 -binary | head -c 16 | base64 | tr '+/' '-_' | tr -d '=')
if [ ! -e "$data/log/meta.properties" ]; then
  log "Making this machine's part of the cluster"
  runuser -u kafka -- "$java" -Dlog4j2.configurationFile="$settings/log4j2.properties" -cp "$home/lib/*" kafka.tools.StorageTool \
    format --cluster-id "$cluster" --config "$settings/server.properties"
fi
printf '%s\n' "$count" >"$settings/voters"
# Who writes or reads is not cut off where nothing has changed.
begin_anew "$stands" kafka
# It answers when more than half of the machines are there.
wait_for "$PRIVATE_ADDRESS" 9092 900 || {
  journalctl --unit kafka --lines 40 --no-pager || true
  exit 1
}
output certificate_ends "$(certificate_ends "$tls/machine.pem")"
output ssh "ssh $LOGIN_USER@$reachable"
log "Kafka answers at $reachable"

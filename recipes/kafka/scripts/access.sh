#!/usr/bin/env bash
# Tells the cluster who may sign in and what they may do, and makes the topics that are not there yet. On the first machine alone: it holds for all.
# Given: ADDRESSES (private, of all machines, by commas), PUBLIC_ADDRESSES, ADMIN_PASSWORD, CLIENT_PASSWORD, TOPICS (one a line), PARTITIONS, CA_CERT.
set -euo pipefail
[ "$NODE_INDEX" = 1 ] || exit 0
cat >/opt/kafka/access.py <<'PYTHON'
"""Sets up a cluster of Kafka over the port of its machines. What is so already stays: nobody who is signed in notices."""

import os
import sys
import time

from confluent_kafka.admin import (
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    NewTopic,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)

tls = "/etc/kafka/tls"
addresses = os.environ["ADDRESSES"].split(",")
admin = AdminClient(
    {
        "bootstrap.servers": ",".join(f"{address}:9091" for address in addresses),
        "security.protocol": "ssl",
        "ssl.ca.location": f"{tls}/authority.pem",
        "ssl.certificate.location": f"{tls}/machine.pem",
        "ssl.key.location": f"{tls}/both.pem",
        "log_level": 2,
    }
)


def brokers():
    try:
        return len(admin.list_topics(timeout=10).brokers)
    except Exception as error:  # it may not answer yet
        print(error, file=sys.stderr)
        return 0


end = time.monotonic() + 900
while brokers() < len(addresses):
    if time.monotonic() > end:
        sys.exit("Not all machines have joined the cluster within 900 s.")
    time.sleep(2)

# a password is given in no command and stands in no file
for name, password in (("admin", os.environ["ADMIN_PASSWORD"]), ("client", os.environ["CLIENT_PASSWORD"])):
    info = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 8192)
    for result in admin.alter_user_scram_credentials([UserScramCredentialUpsertion(name, info, password.encode())]).values():
        result.result(60)


def allow(kind, operation):
    return AclBinding(kind, "*", ResourcePatternType.LITERAL, "User:client", "*", operation, AclPermissionType.ALLOW)


operations = {
    ResourceType.TOPIC: (AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE),
    ResourceType.GROUP: (AclOperation.READ, AclOperation.DESCRIBE),
    ResourceType.TRANSACTIONAL_ID: (AclOperation.WRITE, AclOperation.DESCRIBE),
}
for result in admin.create_acls([allow(kind, each) for kind, all_of in operations.items() for each in all_of]).values():
    result.result(60)

there = admin.list_topics(timeout=30).topics
wanted = [topic for topic in os.environ["TOPICS"].split("\n") if topic and topic not in there]
copies = min(3, len(addresses))
if wanted:
    new = [NewTopic(topic, num_partitions=int(os.environ["PARTITIONS"]), replication_factor=copies) for topic in wanted]
    for topic, result in admin.create_topics(new).items():
        result.result(60)
        print(f"Made the topic {topic}.")
PYTHON
/opt/kafka/client/bin/python /opt/kafka/access.py
output bootstrap "$(sed 's/,/:9094,/g; s/$/:9094/' <<<"$PUBLIC_ADDRESSES")"
output authority "$CA_CERT"
log "Who may sign in is set up"

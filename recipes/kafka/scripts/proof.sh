#!/usr/bin/env bash
# Shows by use that a message goes through: written to every part of a topic, kept by all machines, read by a group, and only by who has the password. On the first machine alone.
# Given: ADDRESSES (private, of all machines, by commas), ADMIN_PASSWORD, CLIENT_PASSWORD.
set -euo pipefail
[ "$NODE_INDEX" = 1 ] || exit 0
cat >/opt/kafka/proof.py <<'PYTHON'
"""Writes messages to a topic of its own and reads them, as a program of a person's would, and takes the topic away again."""

import os
import re
import secrets
import sys
import time

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer
from confluent_kafka.admin import AdminClient, NewTopic

addresses = os.environ["ADDRESSES"].split(",")


def signed_in(user, password):
    return {
        "bootstrap.servers": ",".join(f"{address}:9092" for address in addresses),
        "security.protocol": "sasl_ssl",
        "ssl.ca.location": "/etc/kafka/tls/authority.pem",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": user,
        "sasl.password": password,
        "log_level": 2,
    }


def refusal(settings):
    """What is told to whoever tries to sign in so; None where they are let in."""
    errors = []
    client = AdminClient({**settings, "error_cb": errors.append})
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            client.list_topics(timeout=4)
            return None
        except KafkaException as error:
            client.poll(1)
            errors.append(error.args[0])
        if any(error.code() == KafkaError._AUTHENTICATION for error in errors):
            break
    return errors


topic = f"transat-proof-{secrets.token_hex(6)}"
settings = signed_in("client", os.environ["CLIENT_PASSWORD"])
admin = AdminClient(signed_in("admin", os.environ["ADMIN_PASSWORD"]))
partitions = 3


def remove(name):
    """Takes away a topic of a proof, and the group that read it."""
    admin.delete_topics([name])[name].result(60)
    try:
        admin.delete_consumer_groups([name])[name].result(60)
    except KafkaException as error:
        print(error, file=sys.stderr)


# of a proof that was cut off
for left in list(admin.list_topics(timeout=30).topics):
    if re.fullmatch("transat-proof-[0-9a-f]{12}", left):
        remove(left)
admin.create_topics([NewTopic(topic, num_partitions=partitions, replication_factor=min(3, len(addresses)))])[topic].result(60)
try:
    sent = {f"{number} {secrets.token_hex(200)}".encode() for number in range(partitions * 4)}
    failed = []
    producer = Producer({**settings, "acks": "all", "enable.idempotence": True, "message.timeout.ms": 60000})
    for number, text in enumerate(sorted(sent)):
        producer.produce(topic, text, partition=number % partitions, on_delivery=lambda error, _: failed.append(error) if error else None)
    if producer.flush(90) or failed:
        sys.exit(f"Messages could not be written: {failed[:1] or 'no answer within 90 s'}")
    consumer = Consumer({**settings, "group.id": topic, "auto.offset.reset": "earliest", "enable.auto.commit": False})
    consumer.subscribe([topic])
    got, end = set(), time.monotonic() + 90
    while got != sent and time.monotonic() < end:
        message = consumer.poll(2)
        if message is not None and not message.error():
            got.add(message.value())
    consumer.close()
    if got != sent:
        sys.exit(f"Of {len(sent)} messages {len(got & sent)} were read within 90 s.")
finally:
    remove(topic)

wrong = refusal(signed_in("client", f"not-{os.environ['CLIENT_PASSWORD']}"))
if wrong is None or all(error.code() != KafkaError._AUTHENTICATION for error in wrong):
    sys.exit(f"Who has a wrong password is not refused: {wrong}")
if refusal({"bootstrap.servers": settings["bootstrap.servers"], "security.protocol": "plaintext", "log_level": 2}) is None:
    sys.exit("Who speaks without TLS is let in.")
copies = min(3, len(addresses))
print(f"{len(sent)} messages were written to {partitions} parts of a topic, kept on {copies} {'machine' if copies == 1 else 'machines'}, and read")
PYTHON
said=$(/opt/kafka/client/bin/python /opt/kafka/proof.py)
output proof "$said; who has a wrong password, or speaks without TLS, was refused"
log "Proven: $said."

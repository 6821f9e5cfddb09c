#!/usr/bin/env bash
# Puts a program there that asks etcd for all it holds and keeps that on this machine, has it run every few hours, and runs it once. Run on the control plane.
# Switched off, it is run no more; what is kept stays.
# Given: SNAPSHOTS (true or false), HOURS (from snapshot to snapshot), KEPT (how many).
set -euo pipefail
program=/usr/local/sbin/transat-etcd-snapshot timer=transat-etcd-snapshot.timer

# etcd's own door for HTTP is asked, so that nothing else is needed: not every image of etcd has its tools.
cat >"$program.new" <<'PYTHON'
#!/usr/bin/python3
"""Keeps what etcd holds as a file for root alone, named by the time in UTC. The oldest beyond the number that is kept go, once a new one is whole."""
import argparse
import base64
import datetime
import fcntl
import hashlib
import http.client
import json
import os
import re
import ssl
import sys

FOLDER = "/var/lib/transat/etcd-snapshots"
PKI = "/etc/kubernetes/pki/etcd"
NAME = re.compile(r"\d{8}T\d{6}Z")


def names():
    """Those that are kept, the oldest first."""
    return sorted(file[:-3] for file in os.listdir(FOLDER) if file.endswith(".db") and NAME.fullmatch(file[:-3]))


def pieces(answer):
    """The bytes of a snapshot, from the lines of JSON that etcd sends."""
    for line in answer:
        told = json.loads(line)
        if "error" in told:
            raise OSError(f"etcd says: {told['error']}")
        yield base64.b64decode(told["result"].get("blob", ""))


def fetch(path, port):
    context = ssl.create_default_context(cafile=f"{PKI}/ca.crt")
    context.load_cert_chain(f"{PKI}/healthcheck-client.crt", f"{PKI}/healthcheck-client.key")
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=context)
    connection.request("POST", "/v3/maintenance/snapshot", "{}")
    answer = connection.getresponse()
    if answer.status != 200:
        raise OSError(f"etcd answers {answer.status}")
    with open(path, "wb") as file:
        for piece in pieces(answer):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def check(path):
    """What is amiss with a file, or nothing: etcd ends a snapshot with the SHA-256 of all before it."""
    size, digest = os.path.getsize(path), hashlib.sha256()
    if size < 1024 or size % 512 != 32:
        return "is not whole"
    with open(path, "rb") as file:
        left = size - 32
        while left:
            piece = file.read(min(1 << 20, left))
            digest.update(piece)
            left -= len(piece)
        return None if file.read() == digest.digest() else "is not what etcd sent"


def take(keep, port):
    name = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    new = f"{FOLDER}/.new"
    fetch(new, port)
    wrong = check(new)
    if wrong:
        os.unlink(new)
        sys.exit(f"The snapshot {wrong}; those of before are kept.")
    os.replace(new, f"{FOLDER}/{name}.db")
    for old in names()[:-keep]:
        os.unlink(f"{FOLDER}/{old}.db")
    print(name)


def main():
    os.umask(0o077)
    parser = argparse.ArgumentParser(description="With no word, takes a snapshot of etcd.")
    parser.add_argument("word", nargs="?", choices=["take", "list", "check"], default="take")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--keep", type=int, default=0, help="how many stay; the usual number where it is left out")
    parser.add_argument("--port", type=int, default=2379)
    given = parser.parse_args()
    os.makedirs(FOLDER, mode=0o700, exist_ok=True)
    if given.word == "list":
        print("\n".join(names()))
    elif given.word == "check":
        wrong = check(f"{FOLDER}/{given.name}.db") if given.name in names() else "is not here"
        sys.exit(f"The snapshot {given.name} {wrong}." if wrong else None)
    else:
        with open(f"{FOLDER}/.lock", "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with open("/etc/transat/etcd-snapshots-kept", encoding="ascii") as file:
                take(given.keep or int(file.read()), given.port)


main()
PYTHON
chmod 0755 "$program.new"
mv -f "$program.new" "$program"
install -d -m 0755 /etc/transat
echo "$KEPT" >/etc/transat/etcd-snapshots-kept

cat >/etc/systemd/system/transat-etcd-snapshot.service <<'UNIT'
[Unit]
Description=Keeps a snapshot of etcd
After=kubelet.service

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/transat-etcd-snapshot
UNIT
cat >/etc/systemd/system/transat-etcd-snapshot.timer <<UNIT
[Unit]
Description=Keeps a snapshot of etcd every few hours

[Timer]
OnBootSec=15min
OnUnitActiveSec=${HOURS}h
RandomizedDelaySec=5min

[Install]
WantedBy=timers.target
UNIT
systemctl daemon-reload
if [ "$SNAPSHOTS" != true ]; then
  systemctl --quiet disable --now "$timer"
  log "No snapshots are taken. Those that are kept: $("$program" list | wc -l)."
  exit 0
fi
name=$(retry 5 "$program")
systemctl --quiet enable "$timer"
systemctl restart "$timer"
output snapshot "$name"
log "The snapshot $name is kept in /var/lib/transat/etcd-snapshots; $("$program" list | wc -l) are there."

#!/usr/bin/env bash
# Starts the small service that hears from the workers what hardware they have.
set -euo pipefail

install -d -o slurm -g slurm -m 0755 /var/lib/slurm /var/lib/slurm/nodes
install -d -m 0755 /usr/local/lib/transat

# A small service takes the workers' words, also of those that come later.
cat >/usr/local/lib/transat/slurm-enrol.py <<'PYTHON'
"""Writes down what hardware a worker has. It is believed if munge says that root of one of our nodes sent it."""
import os
import re
import socketserver
import subprocess

FOLDER = "/var/lib/slurm/nodes"
KNOWN = "CPUs|Boards|SocketsPerBoard|CoresPerSocket|ThreadsPerCore|RealMemory|Memory|Fences|Gpus|DeviceFences"
FORM = re.compile(rf"NodeName=([a-z0-9][a-z0-9-]{{0,62}})((?: (?:{KNOWN})=\d{{1,9}})+)")


class Enrol(socketserver.StreamRequestHandler):
    timeout = 30

    def handle(self):
        credential = self.rfile.read(64 * 1024)
        told = subprocess.run(["unmunge"], input=credential, capture_output=True)
        head, _, line = told.stdout.decode("ascii", "replace").partition("\n\n")
        form = FORM.fullmatch(line.strip())
        if told.returncode or not re.search(r"^UID:\s+\S+ \(0\)$", head, re.M) or not form:
            self.wfile.write(b"refused\n")
            return
        path = os.path.join(FOLDER, form.group(1))
        with open(path + ".new", "w", encoding="ascii") as file:
            file.write(form.group(2).strip() + "\n")
        os.replace(path + ".new", path)
        self.wfile.write(b"enrolled\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("0.0.0.0", 6820), Enrol).serve_forever()
PYTHON
cat >/etc/systemd/system/slurm-enrol.service <<'UNIT'
[Unit]
Description=Takes the hardware descriptions of SLURM workers
After=network-online.target munge.service

[Service]
User=slurm
ExecStart=/usr/bin/python3 /usr/local/lib/transat/slurm-enrol.py
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl --quiet enable slurm-enrol
systemctl restart slurm-enrol
log "What workers tell is heard on port 6820."

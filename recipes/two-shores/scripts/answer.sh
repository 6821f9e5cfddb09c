#!/usr/bin/env bash
# Answers every question on the port with this machine's name.
# Given: PORT.
set -euo pipefail
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

install -d -m 755 /etc/transat
cat >"$work/answer.py" <<'EOF'
import socketserver, sys


class Answer(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.settimeout(10)
        if self.request.recv(16):
            self.request.sendall(sys.argv[2].encode() + b"\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("0.0.0.0", int(sys.argv[1])), Answer).serve_forever()
EOF
stands=/etc/transat/.answer-stands
put "$work/answer.py" /etc/transat/answer.py root 644 "$stands"
cat >"$work/unit" <<EOF
[Unit]
Description=Answers the machine on the other shore
After=network-online.target
[Service]
DynamicUser=yes
ExecStart=/usr/bin/python3 /etc/transat/answer.py $PORT $NODE_NAME
Restart=always
[Install]
WantedBy=multi-user.target
EOF
put "$work/unit" /etc/systemd/system/transat-answer.service root 644 "$stands"
# What answers goes on answering where nothing has changed.
begin_anew "$stands" transat-answer
wait_for 127.0.0.1 "$PORT" 60
output login_user "$LOGIN_USER"
log "$NODE_NAME answers on port $PORT."

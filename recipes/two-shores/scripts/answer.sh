#!/usr/bin/env bash
# Answers every question on the port with this machine's name.
# Given: PORT.
set -euo pipefail

install -d -m 755 /etc/transat
cat >/etc/transat/answer.py <<'EOF'
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
unit=/etc/systemd/system/transat-answer.service
wanted="[Unit]
Description=Answers the machine on the other shore
After=network-online.target
[Service]
DynamicUser=yes
ExecStart=/usr/bin/python3 /etc/transat/answer.py $PORT $NODE_NAME
Restart=always
[Install]
WantedBy=multi-user.target"
# What answers goes on answering where nothing has changed.
if [ "$(cat "$unit" 2>/dev/null)" != "$wanted" ]; then
  printf '%s\n' "$wanted" >"$unit"
  systemctl daemon-reload
  systemctl enable transat-answer
  systemctl restart transat-answer
fi
systemctl start transat-answer
wait_for 127.0.0.1 "$PORT" 60
output login_user "$LOGIN_USER"
log "$NODE_NAME answers on port $PORT."

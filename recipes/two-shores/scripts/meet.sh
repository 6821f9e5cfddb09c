#!/usr/bin/env bash
# The proof: asks the machine on the other shore until it answers with its name, and measures how long twenty answers take.
# Given: OTHER (its address), OTHER_NAME, PORT.
set -euo pipefail

log "Asking $OTHER_NAME at $OTHER, port $PORT"
wait_for "$OTHER" "$PORT" 1800
median=$(python3 - "$OTHER" "$PORT" "$OTHER_NAME" <<'EOF'
import socket, statistics, sys, time

address, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def ask():
    with socket.create_connection((address, port), timeout=20) as connection:
        begun = time.monotonic()
        connection.sendall(b"?\n")
        answer = connection.recv(256).decode().strip()
        if answer != name:
            sys.exit(f"{address} answered as {answer!r}, not as {name}")
        return (time.monotonic() - begun) * 1000


print(f"{statistics.median(ask() for _ in range(20)):.1f}")
EOF
)
output latency "$median ms"
log "$OTHER_NAME answers $NODE_NAME after $median ms."

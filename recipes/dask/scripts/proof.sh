#!/usr/bin/env bash
# Shows by use that the cluster computes: a client with the clients' certificate has every worker take part, and one without is not let in.
# A worker that is absent is told of and not waited for for ever: the others are a cluster.
# Given: WORKERS (host names, separated by commas).
set -euo pipefail
home=/opt/dask
as_person() { runuser -u "$LOGIN_USER" -- "$@"; }
cd /tmp
told=$(as_person /usr/local/bin/dask-python - "$WORKERS" <<'PYTHON'
import socket, sys, time
import dask.array as da
from distributed import Client

wanted = set(sys.argv[1].split(","))
with Client(timeout=60) as client:
    deadline = time.time() + 600
    while True:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        hosts = {host: address for address, host in client.run(socket.gethostname).items()} if workers else {}
        if wanted <= set(hosts) or time.time() > deadline:
            break
        time.sleep(2)
    if not hosts:
        sys.exit("No worker has joined. Look at the workers' own logs.")
    addresses = list(hosts.values())
    where = {client.submit(socket.gethostname, workers=[one], pure=False).result(timeout=120) for one in addresses}
    total = int(da.arange(1_000_000, chunks=50_000).sum().compute())
    assert where == set(hosts), f"tasks ran on {sorted(where)}, workers are on {sorted(hosts)}"
    assert total == 499_999_500_000, f"the sum is {total}"
    print(f"{len(hosts)} of {len(wanted)}")
    for absent in sorted(wanted - set(hosts)):
        print(f"{absent} has not joined", file=sys.stderr)
PYTHON
)
log "Workers that compute: $told"
# With the authority at hand, so that it is for the want of a certificate alone that it is refused.
if timeout 60 "$home/bin/python" - "$PRIVATE_ADDRESS" 2>/dev/null <<'PYTHON'; then
import sys
from distributed import Client, Security
Client(f"tls://{sys.argv[1]}:8786", security=Security(tls_ca_file="/etc/dask/authority.pem", require_encryption=True), timeout=10)
PYTHON
  log "The scheduler has let in a client without a certificate."
  exit 1
fi
versions=$("$home/bin/python" -c 'import platform, dask; print(f"Python {platform.python_version()}, Dask {dask.__version__}")')
output workers "$told"
output login_user "$LOGIN_USER"
output version "$versions"
output proof "a sum over all workers, each of which took part; a client without the certificate was refused"
output example "from distributed import Client, Security
import dask.array as da
tls = Security(tls_ca_file='dask.pem', tls_client_cert='dask.pem', tls_client_key='dask.pem', require_encryption=True)
client = Client('tls://${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}:8786', security=tls)
print(da.random.random((10000, 10000), chunks=1000).mean().compute())"
log "Proven: a sum over all workers"

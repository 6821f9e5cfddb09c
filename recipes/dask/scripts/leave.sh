#!/usr/bin/env bash
# Has workers that are about to leave hand their results to others and take no more tasks.
# Given: LEAVING (host names, separated by commas), LEAVING_WAY (finish: what they compute ends first; requeue: it is computed elsewhere; stay: they
# stay after all).
set -euo pipefail
if [ "$LEAVING_WAY" = stay ]; then
  log "A worker that had closed joins again within half a minute: its machine's service starts it anew."
  exit 0
fi
runuser -u "$LOGIN_USER" -- /usr/local/bin/dask-python - "$LEAVING" "$LEAVING_WAY" <<'PYTHON'
import sys, time
from distributed import Client

names, way = set(sys.argv[1].split(",")), sys.argv[2]
with Client(timeout=60) as client:
    workers = client.scheduler_info(n_workers=-1)["workers"]
    # one of several processes on a machine has the machine's name and a number
    theirs = [address for address, worker in workers.items() if {str(worker["name"]), str(worker["name"]).rsplit("-", 1)[0]} & names]

    def at_work():
        return {key for keys in client.processing(theirs).values() for key in keys} if theirs else set()

    begun = at_work()
    while way == "finish" and begun & at_work():
        print(f"Tasks still at work there: {len(begun & at_work())}", flush=True)
        time.sleep(3)
    if theirs:
        client.retire_workers(workers=theirs, close_workers=False)
    print(f"{len(theirs)} of the cluster's workers have handed on what they had.")
PYTHON

#!/usr/bin/env bash
# Shows by use that runs are kept: one is sent by HTTPS with the administrator's account, with a parameter, a figure and a file, and read again; and nobody
# is let in without an account.
# Given: ADMIN_USER, ADMIN_PASSWORD.
set -euo pipefail
certificate=/etc/mlflow/certificate.pem
server="https://$PRIVATE_ADDRESS"
nobody=$(curl --silent --noproxy '*' --cacert "$certificate" --max-time 30 --output /dev/null --write-out '%{http_code}' "$server/api/2.0/mlflow/experiments/search?max_results=1")
if [ "$nobody" != 401 ]; then
  log "Who has no account is answered with $nobody, not refused with 401."
  exit 1
fi
cd /tmp
export MLFLOW_TRACKING_URI=$server MLFLOW_TRACKING_SERVER_CERT_PATH=$certificate MLFLOW_TRACKING_USERNAME=$ADMIN_USER MLFLOW_TRACKING_PASSWORD=$ADMIN_PASSWORD
export NO_PROXY="$PRIVATE_ADDRESS" no_proxy="$PRIVATE_ADDRESS"
/opt/mlflow/bin/python - <<'PYTHON'
import re
import uuid
import mlflow

# of a proof that was cut off
for left in mlflow.search_experiments(filter_string="name LIKE 'Transat%'"):
    if re.fullmatch("Transat's proof [0-9a-f-]{36}", left.name):
        mlflow.delete_experiment(left.experiment_id)
name = f"Transat's proof {uuid.uuid4()}"
experiment = mlflow.set_experiment(name).experiment_id
try:
    with mlflow.start_run(run_name="proof") as run:
        mlflow.log_param("asked", name)
        mlflow.log_metric("answer", 42)
        mlflow.log_text("kept", "note.txt")
    kept = mlflow.get_run(run.info.run_id).data
    assert kept.params == {"asked": name} and kept.metrics == {"answer": 42}, kept
    assert mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/note.txt") == "kept"
finally:
    mlflow.delete_experiment(experiment)
PYTHON
output proof "a run with a parameter, a figure and a file was sent and read again; who has no account was refused"
log "Proven: a run with a parameter, a figure and a file was sent and read again"

#!/usr/bin/env bash
# Sees to the pods on workers that are about to leave: no new ones begin there, and those that are there end or are moved. Or takes that back.
# Given: LEAVING (host names, separated by commas), LEAVING_WAY (finish: jobs end first; requeue: they begin anew elsewhere; stay: they stay after all).
set -euo pipefail
export KUBECONFIG=/etc/kubernetes/admin.conf
mark=transat.io/leaving

IFS=, read -r -a names <<<"$LEAVING"
known=()
for name in "${names[@]}"; do
  # A look that fails is no word of what isn't there: the step is tried again.
  found=$(kubectl get node "$name" --ignore-not-found -o name)
  if [ -n "$found" ]; then known+=("$name"); else log "The cluster has no node $name"; fi
done
if [ "${#known[@]}" = 0 ]; then
  log "There is no work to see to"
  exit 0
fi

if [ "$LEAVING_WAY" = stay ]; then
  for name in "${known[@]}"; do
    # What somebody else has cordoned stays so.
    marked=$(kubectl get node "$name" -o jsonpath='{.metadata.labels.transat\.io/leaving}')
    if [ "$marked" = true ]; then
      kubectl uncordon "$name"
      kubectl label node "$name" "$mark-"
    fi
  done
  exit 0
fi

for name in "${known[@]}"; do
  # One that is cordoned already was so for another reason.
  cordoned=$(kubectl get node "$name" -o jsonpath='{.spec.unschedulable}')
  [ "$cordoned" = true ] || kubectl label node "$name" "$mark=true" --overwrite
  kubectl cordon "$name"
done

# work NAME: pods of a node that end by themselves: those of jobs, and those that nobody would begin anew.
work() {
  kubectl get pods --all-namespaces --field-selector "spec.nodeName=$1" -o json | python3 -c '
import json, sys
for pod in json.load(sys.stdin)["items"]:
    owners = [owner["kind"] for owner in pod["metadata"].get("ownerReferences", [])]
    if pod["status"].get("phase") in ("Running", "Pending") and (not owners or "Job" in owners):
        print(pod["metadata"]["namespace"] + "/" + pod["metadata"]["name"])'
}
if [ "$LEAVING_WAY" = finish ]; then
  told=''
  while :; do
    # Nothing may be drained on the word of a look that failed: the last node's answer says nothing of the others'.
    left=$(for name in "${known[@]}"; do work "$name" || exit 1; done | paste -sd ' ')
    [ -n "$left" ] || break
    if [ "$left" != "$told" ]; then log "Still at work: $left"; fi
    told=$left
    sleep 5
  done
fi

for name in "${known[@]}"; do
  # A budget for disruptions may hold it up for as long as what it protects is needed.
  until kubectl drain "$name" --ignore-daemonsets --delete-emptydir-data --force --timeout=120s; do
    log "$name is not empty yet"
    sleep 10
  done
done
kubectl get nodes -o wide
log "Nothing but what every node has is on ${known[*]} any more"

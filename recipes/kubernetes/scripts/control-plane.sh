#!/usr/bin/env bash
# Makes this machine a control plane. The first begins the cluster with the authority made at plan time; the others join it, and so does whichever of
# them is made anew while the cluster lives.
# Given: CA_CERT, CA_KEY (PEM), CA_HASH (sha256:… of its public key), BOOTSTRAP_TOKEN, POD_NETWORK, SERVICE_NETWORK, WORKER_COUNT,
# FIRST and FIRST_PUBLIC (addresses of the first control plane), PEERS and PEERS_PUBLIC (of the others, by commas; empty: there is one alone), and for
# several what they share: ETCD_CERT, ETCD_KEY, PROXY_CERT, PROXY_KEY (PEM of the authorities of etcd and of what asks through the API server),
# ACCOUNTS_KEY (PEM of the key that signs tokens of service accounts).
set -euo pipefail
# shellcheck source=recipes/shared/kubeadm.sh
. ../shared/kubeadm.sh
set -a
# shellcheck source=/dev/null
. /etc/transat/proxy.env
set +a
export KUBECONFIG=/etc/kubernetes/admin.conf
version=$(kubeadm version -o short)
pki=/etc/kubernetes/pki
socket=unix:///run/containerd/containerd.sock

ignore=() cgroup_v1=''
if [ "$(stat -fc %T /sys/fs/cgroup)" != cgroup2fs ]; then
  log "This machine has control groups of version 1"
  ignore=(--ignore-preflight-errors=SystemVerification)
  cgroup_v1='failCgroupV1: false'
fi

IFS=, read -ra peers <<<"$PEERS"
IFS=, read -ra public_of_peers <<<"$PEERS_PUBLIC"
others=()
for address in "$FIRST" "${peers[@]}"; do [ "$address" = "$PRIVATE_ADDRESS" ] || others+=("$address"); done
# Where there are several, every node asks its own balancer, which knows them all.
endpoint=$PRIVATE_ADDRESS:6443
[ -z "$PEERS" ] || endpoint=127.0.0.1:7443

# What makes the difference between a first attempt that broke off and a cluster that people use. While this file is there, nobody has
# been given the cluster; where it is missing and there is a cluster, that was ready once, and is never cleared away.
starting=/etc/transat/kubernetes-starting
# This machine's own API server is asked, whichever others there are.
answers() { kubectl --server "https://$PRIVATE_ADDRESS:6443" get --raw /readyz >/dev/null 2>&1; }
# wait_until SECONDS COMMAND…
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 2
  done
}
ready_at() { curl --silent --fail --noproxy '*' --cacert "$pki/ca.crt" --max-time 5 --output /dev/null "https://$1:6443/readyz"; }
# shellcheck disable=SC2016  # the inner bash expands its own arguments
open_at() { timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null; }
leader=''
find_leader() {
  for leader in "${others[@]}"; do ! ready_at "$leader" || return 0; done
  leader=''
  return 1
}

# keys: what all control planes share, from the deployment's own secrets, so that one can join at any time and needs no other to hand them over.
keys() {
  mkdir -p "$pki/etcd" /etc/kubernetes/manifests
  printf '%s\n' "$CA_CERT" >"$pki/ca.crt"
  (
    umask 077
    printf '%s\n' "$CA_KEY" >"$pki/ca.key"
    [ -n "$PEERS" ] || exit 0
    printf '%s\n' "$ETCD_KEY" >"$pki/etcd/ca.key"
    printf '%s\n' "$PROXY_KEY" >"$pki/front-proxy-ca.key"
    printf '%s\n' "$ACCOUNTS_KEY" >"$pki/sa.key"
  )
  [ -n "$PEERS" ] || return 0
  printf '%s\n' "$ETCD_CERT" >"$pki/etcd/ca.crt"
  printf '%s\n' "$PROXY_CERT" >"$pki/front-proxy-ca.crt"
  openssl pkey -in "$pki/sa.key" -pubout -out "$pki/sa.pub"
}

# configuration: of the cluster, and of what kubeadm begins it with.
configuration() {
  local address names="$NODE_NAME, $PRIVATE_ADDRESS${PUBLIC_ADDRESS:+, $PUBLIC_ADDRESS}"
  for address in "${others[@]}" ${PEERS:+$FIRST_PUBLIC} "${public_of_peers[@]}"; do
    [ -z "$address" ] || [ "$address" = "$PUBLIC_ADDRESS" ] || names+=", $address"
  done
  cat <<EOF
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
bootstrapTokens:
  - token: $BOOTSTRAP_TOKEN
    ttl: 24h0m0s
localAPIEndpoint: {advertiseAddress: $PRIVATE_ADDRESS, bindPort: 6443}
$(node_registration)
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: $version
controlPlaneEndpoint: $endpoint
networking: {podSubnet: $POD_NETWORK, serviceSubnet: $SERVICE_NETWORK}
apiServer:
  certSANs: [$names]
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
cgroupDriver: systemd
$cgroup_v1
EOF
}

# Its last words are the join command with the token, and its list of kernel options is of no use to anybody.
quietly() { "$@" | { grep -E '^\[|rror|arning' || true; } | { grep -vE 'CONFIG_|CGROUPS_' || true; }; }

# clear_broken: what an earlier attempt left, or kubeadm refuses. Its member of etcd is seen to by whoever joins, and before its data go.
clear_broken() {
  [ "$broken" = true ] || return 0
  log "Clearing an earlier attempt, which never became a cluster"
  kubeadm reset --force --cri-socket "$socket" --skip-phases remove-etcd-member >/dev/null 2>&1 || true
  rm -rf /var/lib/etcd/member
  keys
}

begin() {
  clear_broken
  : >"$starting"
  (umask 077 && configuration >/etc/transat/kubeadm.yaml)
  log "Starting Kubernetes ${version#v}"
  quietly kubeadm init --config /etc/transat/kubeadm.yaml --skip-token-print "${ignore[@]}"
}

# finish: what kubeadm does once the API server answers, where it was cut off before or gave up waiting for that. All of it may be done again.
finish() {
  local phase phases=('upload-config all' mark-control-plane 'bootstrap-token --skip-token-print' 'kubelet-finalize all' 'addon all')
  [ "$(cat "$starting")" != joining ] || phases=(mark-control-plane)
  log "Doing what is left of an earlier attempt"
  (umask 077 && configuration >/etc/transat/kubeadm.yaml)
  # shellcheck disable=SC2086  # of several words
  for phase in "${phases[@]}"; do quietly kubeadm init phase $phase --config /etc/transat/kubeadm.yaml; done
}

# signed NAME SUBJECT CERT KEY: a certificate for a day by that authority, with its key, for what has to be done before this machine is a control plane.
signed() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$2" -keyout "$work/$1.key" -out "$work/$1.csr" 2>/dev/null
  openssl x509 -req -in "$work/$1.csr" -CA "$3" -CAkey "$4" -set_serial "0x$(openssl rand -hex 16)" -days 1 \
    -extfile <(echo extendedKeyUsage=clientAuth) -out "$work/$1.crt" 2>/dev/null
}
etcd() {
  curl --silent --show-error --fail --noproxy '*' --max-time 30 --cacert "$pki/etcd/ca.crt" --cert "$work/etcd.crt" --key "$work/etcd.key" \
    --data "$2" "https://$leader:2379/v3/cluster/member/$1"
}
# former: the members of etcd that this machine takes the place of, and those of machines that are no control planes any more.
former() {
  etcd list '{}' | python3 -c '
import json, sys
name, mine, *others = sys.argv[1:]
for member in json.load(sys.stdin)["members"]:
    hosts = {url.split("//")[-1].rsplit(":", 1)[0] for url in member.get("peerURLs", [])}
    if member.get("name") == name or mine in hosts or not hosts & set(others):
        print(member["ID"])' "$NODE_NAME" "$PRIVATE_ADDRESS" "${others[@]}"
}

join() {
  local member
  signed admin '/O=system:masters/CN=transat-joining' "$pki/ca.crt" "$pki/ca.key"
  signed etcd /CN=transat-joining "$pki/etcd/ca.crt" "$pki/etcd/ca.key"
  local -x KUBECONFIG=$work/admin.conf
  kubectl config set-cluster kubernetes --server "https://$leader:6443" --certificate-authority "$pki/ca.crt" --embed-certs >/dev/null
  kubectl config set-credentials admin --client-certificate "$work/admin.crt" --client-key "$work/admin.key" --embed-certs >/dev/null
  kubectl config set-context admin --cluster kubernetes --user admin >/dev/null
  kubectl config use-context admin >/dev/null
  # A member whose data are gone counts among those that must agree, and is in the way of its successor.
  for member in $(former); do
    log "Taking a former member out of etcd ($member)"
    etcd remove "{\"ID\": \"$member\"}" >/dev/null
  done
  # It may have led the others.
  wait_until 60 ready_at "$leader"
  clear_broken
  kubectl delete node "$NODE_NAME" --ignore-not-found --timeout=60s
  token
  # The certificate of the API server here is to name this machine's addresses: a machine that was made anew may have others.
  if ! kubectl --namespace kube-system get configmap kubeadm-config -o 'jsonpath={.data.ClusterConfiguration}' | grep -wF "${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}" >/dev/null; then
    (umask 077 && configuration >/etc/transat/kubeadm.yaml)
    kubeadm init phase upload-config kubeadm --config /etc/transat/kubeadm.yaml --kubeconfig "$KUBECONFIG" >/dev/null
  fi
  (
    umask 077
    join_configuration "$endpoint" >/etc/transat/kubeadm.yaml
    echo "controlPlane: {localAPIEndpoint: {advertiseAddress: $PRIVATE_ADDRESS, bindPort: 6443}}" >>/etc/transat/kubeadm.yaml
  )
  log "Joining the cluster at $leader"
  echo joining >"$starting"
  quietly kubeadm join --config /etc/transat/kubeadm.yaml "${ignore[@]}"
}

# token: lasts a day; who joins later needs it again.
token() {
  kubeadm token --kubeconfig "$KUBECONFIG" list -o jsonpath='{.token}{"\n"}' 2>/dev/null | grep "^${BOOTSTRAP_TOKEN%%.*}" >/dev/null ||
    kubeadm token --kubeconfig "$KUBECONFIG" create "$BOOTSTRAP_TOKEN" --ttl 24h >/dev/null
}

# is_free: no other control plane is, or was, of a cluster: each is up, and nothing of Kubernetes runs on any.
is_free() {
  local address port
  for address in "${others[@]}"; do
    open_at "$address" 22 || return 1
    for port in 6443 2379 10250; do ! open_at "$address" "$port" || return 1; done
  done
}
# A machine that starts lets people log in before its Kubernetes is up, so nobody is taken to have none who was not seen so for a minute, look after look.
looks=30 free=0
begins_or_leader() {
  ! find_leader || return 0
  if is_free; then free=$((free + 1)); else free=0; fi
  [ "$free" -ge "$looks" ]
}

# A second cluster beside one that lives would be the end of both: the first begins one only where it is certain that there is none.
find_cluster() {
  if [ "$FIRST" = "$PRIVATE_ADDRESS" ]; then
    wait_until 900 begins_or_leader && return
    log "Another control plane (${others[*]}) is off, or has a cluster that does not answer, so none was begun here. Have it start, or mend it, and run this step again"
    return 1
  fi
  # One after the other: etcd takes in one at a time.
  for address in "${peers[@]}"; do
    [ "$address" != "$PRIVATE_ADDRESS" ] || break
    wait_until 300 ready_at "$address" || log "The control plane at $address does not answer yet"
  done
  log "Waiting for a control plane to join"
  wait_until 900 find_leader && return
  log "No other control plane (${others[*]}) answers, so there is no cluster to join"
  return 1
}

there=false running=false broken=false
if [ -e /etc/kubernetes/manifests/kube-apiserver.yaml ] || [ -d /var/lib/etcd/member ]; then there=true; fi
[ ! -e "$starting" ] || broken=true

if [ "$there" = true ]; then
  systemctl is-active -q containerd || systemctl start containerd
  systemctl is-active -q kubelet || systemctl start kubelet || true
  patience=300
  [ "$broken" = false ] || patience=30
  if wait_until "$patience" answers; then
    log "The control plane runs already"
    running=true
  elif [ "$broken" = false ]; then
    journalctl --unit kubelet --lines 20 --no-pager || true
    log "The API server did not answer within $patience s. This cluster has been ready before, so nothing of it was touched: look at the kubelet's log above, mend it, and run this step again"
    exit 1
  fi
fi

if [ "$running" = true ] && [ "$broken" = false ]; then
  token
else
  touch "$starting"
  work=$(mktemp -d)
  trap 'rm -rf "$work" /etc/transat/kubeadm.yaml' EXIT
  if [ "$running" = true ]; then
    finish
  else
    keys
    # Before anything is cleared: where others have a cluster that does not answer, what is here may be the member that it lacks.
    [ -z "$PEERS" ] || find_cluster
    if [ -n "$leader" ]; then join; else begin; fi
    wait_until 180 answers
  fi
  if [ "$WORKER_COUNT" = 0 ]; then
    log "No workers: pods may run on control planes"
    kubectl taint nodes --all node-role.kubernetes.io/control-plane- 2>/dev/null || true
  fi
  rm -f "$starting"
fi

# kubectl for whoever logs in, and the same access to take away, at the address that is reached from outside.
for home in /root "$(getent passwd "$LOGIN_USER" | cut -d: -f6)"; do
  [ -d "$home" ] || continue
  install -d -m 700 -o "$(stat -c %u "$home")" -g "$(stat -c %g "$home")" "$home/.kube"
  install -m 600 -o "$(stat -c %u "$home")" -g "$(stat -c %g "$home")" /etc/kubernetes/admin.conf "$home/.kube/config"
done
reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
output ssh "ssh $LOGIN_USER@$reachable"
output api_endpoint "https://$reachable:6443"
[ "$FIRST" = "$PRIVATE_ADDRESS" ] || exit 0
taken=$(mktemp)
sed -E "s|^( *server: ).*|\1https://$reachable:6443|" /etc/kubernetes/admin.conf >"$taken"
# Of several, kubectl asks the first, and another by --context: no address outside the cluster is that of them all.
for number in "${!peers[@]}"; do
  name=control-plane-$((number + 2))
  address=${public_of_peers[number]:-}
  kubectl --kubeconfig "$taken" config set-cluster "$name" --server "https://${address:-${peers[number]}}:6443" --certificate-authority "$pki/ca.crt" --embed-certs >/dev/null
  kubectl --kubeconfig "$taken" config set-context "$name" --cluster "$name" --user kubernetes-admin >/dev/null
done
output kubeconfig "$(cat "$taken")"
rm -f "$taken"
log "The control plane answers at https://$reachable:6443"

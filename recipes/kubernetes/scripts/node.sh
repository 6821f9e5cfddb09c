#!/usr/bin/env bash
# Makes a machine ready to be a node of the cluster: kernel settings, containerd, kubelet, and the images it will need.
# Runs on the control plane and on every worker, all at the same time.
# Given: POD_NETWORK, SERVICE_NETWORK (ranges of addresses), NODE_IMAGES and CONTROL_PLANE_IMAGES (reference@sha256:digest, one a line), NETWORK_POLICIES
# (true: they are enforced), POLICIES_IMAGE (of what does that), GPUS (true: pods can have the NVIDIA cards of nodes that have some).
set -euo pipefail
sandbox_image=$(grep -m1 '/pause:' <<<"$NODE_IMAGES" | cut -d@ -f1)

log "Setting kernel parameters"
# Both may be built into the kernel, or shared with a host that has loaded them: not finding them is no error by itself.
for module in overlay br_netfilter; do
  modprobe "$module" 2>/dev/null || log "Kernel module $module can't be loaded here; taking it to be built in"
done
printf 'overlay\nbr_netfilter\n' >/etc/modules-load.d/kubernetes.conf
# Nothing but net.*: a container may not change more.
printf '%s = 1\n' net.ipv4.ip_forward net.bridge.bridge-nf-call-iptables net.bridge.bridge-nf-call-ip6tables >/etc/sysctl.d/90-kubernetes.conf
sysctl -q -e -p /etc/sysctl.d/90-kubernetes.conf || log "Some of these settings are fixed on this machine"
[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || { log "IPv4 forwarding is off and can't be switched on: pods could not talk to each other"; exit 1; }
swapoff -a 2>/dev/null || true
sed -i '/\sswap\s/s/^[^#]/#&/' /etc/fstab

log "Installing containerd and what kubelet needs"
apt_install containerd containernetworking-plugins iptables conntrack socat ethtool ebtables curl

mkdir -p /opt/cni/bin /etc/cni/net.d /etc/containerd/certs.d /etc/kubernetes/manifests
for plugin in /usr/lib/cni/*; do
  [ -x "$plugin" ] && ln -sf "$plugin" "/opt/cni/bin/$(basename "$plugin")"
done

# A machine behind a proxy must reach its peers, pods, services and the mirror without it. kubeadm copies these
# variables into the control plane's pods, so they are set here once and read again by the steps that follow.
proxy=${https_proxy:-${HTTPS_PROXY:-${http_proxy:-${HTTP_PROXY:-}}}}
mkdir -p /etc/transat /etc/systemd/system/{containerd,kubelet}.service.d
# on a new machine there are none
settings() { { cat /etc/containerd/config.toml /etc/systemd/system/containerd.service.d/*.conf 2>/dev/null || true; } | sha256sum; }
: >/etc/transat/proxy.env
if [ -n "$proxy" ]; then
  network=$(ip -o -4 address show | awk -v ip="$PRIVATE_ADDRESS" 'index($4, ip "/") == 1 {print $4; exit}')
  direct="127.0.0.1,localhost,$PRIVATE_ADDRESS,$network,$POD_NETWORK,$SERVICE_NETWORK,.svc,.cluster.local"
  [ -z "$REGISTRY_MIRROR" ] || direct+=",$(sed -E 's|^[a-z]+://||; s|[:/].*||' <<<"$REGISTRY_MIRROR")"
  direct+="${no_proxy:+,$no_proxy}"
  for name in http_proxy https_proxy HTTP_PROXY HTTPS_PROXY; do echo "$name=$proxy"; done >/etc/transat/proxy.env
  for name in no_proxy NO_PROXY; do echo "$name=$direct"; done >>/etc/transat/proxy.env
  { echo '[Service]'; sed 's/.*/Environment="&"/' /etc/transat/proxy.env; } >/etc/systemd/system/containerd.service.d/10-proxy.conf
  log "This machine uses the proxy $proxy"
else
  rm -f /etc/systemd/system/{containerd,kubelet}.service.d/10-proxy.conf
fi

log "Configuring containerd"
# Where the root of this machine is itself confined (a system container), scores below its own are refused.
restrict=false
(echo -998 >/proc/self/oom_score_adj) 2>/dev/null || restrict=true
containerd=$(containerd --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -1)
cri=io.containerd.grpc.v1.cri
if [ "${containerd%%.*}" -ge 2 ]; then
  cri=io.containerd.cri.v1.runtime
  cat >/etc/containerd/config.toml <<EOF
version = 3
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "$sandbox_image"
[plugins."io.containerd.cri.v1.images".registry]
  config_path = "/etc/containerd/certs.d"
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = $restrict
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dir = "/opt/cni/bin"
  conf_dir = "/etc/cni/net.d"
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
  SystemdCgroup = true
EOF
else
  cat >/etc/containerd/config.toml <<EOF
version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$sandbox_image"
  restrict_oom_score_adj = $restrict
[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "/opt/cni/bin"
  conf_dir = "/etc/cni/net.d"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  SystemdCgroup = true
[plugins."io.containerd.grpc.v1.cri".registry]
  config_path = "/etc/containerd/certs.d"
EOF
fi
# Pods that say so are run by what puts cards into them; all others by runc, as ever.
if [ "$GPUS" = true ] && command -v nvidia-container-runtime >/dev/null; then
  cat >>/etc/containerd/config.toml <<EOF
[plugins."$cri".containerd.runtimes.nvidia]
  runtime_type = "io.containerd.runc.v2"
[plugins."$cri".containerd.runtimes.nvidia.options]
  BinaryName = "$(command -v nvidia-container-runtime)"
  SystemdCgroup = true
EOF
fi
if [ -n "$REGISTRY_MIRROR" ]; then
  # Without TLS only where the site says so itself, by http:// before the name.
  mirror=${REGISTRY_MIRROR%/}
  [[ $mirror == *://* ]] || mirror=https://$mirror
  for registry in registry.k8s.io docker.io ghcr.io quay.io nvcr.io; do
    mkdir -p "/etc/containerd/certs.d/$registry"
    printf '[host."%s/v2/%s"]\n  capabilities = ["pull", "resolve"]\n  override_path = true\n' "$mirror" "$registry" >"/etc/containerd/certs.d/$registry/hosts.toml"
  done
  log "Images come from the mirror $mirror"
fi
systemctl daemon-reload
systemctl enable -q containerd
# Containers survive a restart; it is spared them all the same where nothing has changed.
loaded=/etc/transat/containerd-loaded
if [ "$(settings)" != "$(cat "$loaded" 2>/dev/null)" ] || ! systemctl is-active -q containerd; then
  rm -f "$loaded"
  systemctl restart containerd
  settings >"$loaded"
fi
log "containerd $containerd runs"

log "Installing kubeadm, kubelet and kubectl"
for program in kubeadm kubelet kubectl; do
  ! cmp -s "$TRANSAT_FILES/$program" "/usr/local/bin/$program" || continue
  install -m 755 "$TRANSAT_FILES/$program" "/usr/local/bin/.$program"
  mv "/usr/local/bin/.$program" "/usr/local/bin/$program"
done
cat >/etc/systemd/system/kubelet.service <<'EOF'
[Unit]
Description=The Kubernetes node agent
Wants=network-online.target
After=network-online.target containerd.service
# kubeadm writes this file; until then there is nothing to start.
ConditionPathExists=/var/lib/kubelet/config.yaml

[Service]
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
ExecStart=/usr/local/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml $KUBELET_KUBEADM_ARGS
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
EOF
systemctl daemon-reload
systemctl enable -q kubelet

# pull-image REFERENCE[@sha256:DIGEST]: exactly the image with that digest, from wherever it comes, under the name without it. Where the recipe
# knows no digest, the tag counts, and no other is taken instead.
cat >/usr/local/sbin/pull-image <<'EOF'
#!/usr/bin/env bash
set -euo pipefail
set -a; . /etc/transat/proxy.env; set +a
image=${1%@*} digest=
[ "$1" = "$image" ] || digest=${1##*@}
case "$image" in
  *:latest) echo "$image: an image is named by its version" >&2; exit 2 ;;
esac
said=$(mktemp)
trap 'rm -f "$said"' EXIT
has=$(ctr -n k8s.io images list "name==$image" | awk 'NR > 1 {print $3}')
if [ -n "$has" ] && [ "$has" = "${digest:-$has}" ]; then exit 0; fi
wanted=$image
[ -z "$digest" ] || wanted=${image%:*}@$digest
for attempt in 1 2 3; do
  if timeout 600 ctr -n k8s.io images pull --hosts-dir /etc/containerd/certs.d "$wanted" >/dev/null 2>"$said"; then
    [ "$wanted" = "$image" ] || ctr -n k8s.io images tag --force "$wanted" "$image" >/dev/null
    exit 0
  fi
  [ "$attempt" = 3 ] || sleep $((attempt * 3))
done
echo "The image $1 can't be pulled: $(tail -1 "$said")" >&2
exit 1
EOF
chmod 755 /usr/local/sbin/pull-image

log "Pulling images"
images="$NODE_IMAGES $CONTROL_PLANE_IMAGES"
[ "$NETWORK_POLICIES" != true ] || images+=" $POLICIES_IMAGE"
for image in $images; do
  pull-image "$image"
  log "Have ${image%@*}"
done

# A kernel that can't hand packets over for judging would let policies be accepted and kept by nobody.
try='table inet transat_try { chain try { queue num 98; }; }'
if [ "$NETWORK_POLICIES" = true ]; then
  if ! nft "$try" 2>/dev/null; then
    log "Network policies can't be enforced here: this machine's kernel has no nft_queue. Take another image, or switch them off"
    exit 1
  fi
  nft delete table inet transat_try
fi

# What enforced network policies leaves its rules behind when it goes, and these drop what nobody judges any more.
enforces() { grep -qsx netpol /proc/[0-9]*/comm; }
if [ "$NETWORK_POLICIES" != true ] && nft list table inet kube-network-policies >/dev/null 2>&1; then
  # Who enforces is taken away by the first control plane, whose own step for that comes after this one and would wait for it.
  admin=/etc/kubernetes/admin.conf
  [ ! -e "$admin" ] || kubectl --kubeconfig "$admin" --namespace kube-system delete daemonset/kube-network-policies --ignore-not-found --timeout=60s || true
  for _ in $(seq 1 100); do
    enforces || break
    sleep 3
  done
  for table in kube-network-policies kube-network-policies-dnscache; do nft delete table inet "$table" 2>/dev/null || true; done
  log "Network policies are not enforced here any more"
fi

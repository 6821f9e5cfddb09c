#!/usr/bin/env bash
# Has the control plane's certificates, which last a year, renewed in the month before they end. Its authority stays. Run on every control plane.
# Given: FIRST, PEERS (private addresses of the control planes; of further ones by commas).
set -euo pipefail
program=/usr/local/sbin/transat-kubernetes-renew
command -v openssl >/dev/null || apt_install openssl

cat >"$program.new" <<'PROGRAM'
#!/usr/bin/env bash
# Renews what ends within 30 days (a further control plane some days later, so that never two are away), and lets the parts of the control plane start with it, one after the other. With nothing to do it does nothing.
set -euo pipefail
kubernetes=/etc/kubernetes
read -r address days </etc/transat/kubernetes-renewal
seconds=$((days * 86400))
# This machine's own API server, whichever others there are.
answers() { kubectl --kubeconfig "$kubernetes/admin.conf" --server "https://$address:6443" get --raw /readyz >/dev/null 2>&1; }
if [ -d "$kubernetes/manifests.restoring" ]; then echo 'A restore is under way.'; exit 0; fi
ending=()
for file in "$kubernetes"/pki/{apiserver,apiserver-kubelet-client,front-proxy-client,apiserver-etcd-client}.crt "$kubernetes"/pki/etcd/{server,peer,healthcheck-client}.crt; do
  openssl x509 -in "$file" -noout -checkend "$seconds" >/dev/null || ending+=("$file")
done
for file in "$kubernetes"/{admin,super-admin,controller-manager,scheduler}.conf; do
  [ -e "$file" ] || continue
  sed -n 's/^ *client-certificate-data: //p' "$file" | base64 -d | openssl x509 -noout -checkend "$seconds" >/dev/null || ending+=("$file")
done
if [ "${#ending[@]}" -gt 0 ]; then
  echo "These end within $days days: ${ending[*]}"
  # Before, not after: what was renewed is to be used, even where this is cut off between the two.
  touch "$kubernetes/transat-renewed"
  kubeadm certs renew all
fi
# Cut off in the middle, it goes on here.
if [ -e "$kubernetes/transat-renewed" ]; then
  install -d -m 0700 "$kubernetes/manifests.renewing"
  for part in etcd kube-apiserver kube-controller-manager kube-scheduler; do
    [ ! -e "$kubernetes/manifests/$part.yaml" ] || mv "$kubernetes/manifests/$part.yaml" "$kubernetes/manifests.renewing/"
    # The kubelet looks every 20 s, and ends the old one by itself.
    sleep 45
    [ ! -e "$kubernetes/manifests.renewing/$part.yaml" ] || mv "$kubernetes/manifests.renewing/$part.yaml" "$kubernetes/manifests/"
  done
  for _ in $(seq 1 150); do
    ! answers || break
    sleep 2
  done
  answers
  for config in $(cat /etc/transat/kubernetes-kubeconfigs); do
    [ ! -d "${config%/*}" ] || install -m 600 -o "$(stat -c %u "${config%/*}")" -g "$(stat -c %g "${config%/*}")" "$kubernetes/admin.conf" "$config"
  done
  rm -f "$kubernetes/transat-renewed"
  rmdir "$kubernetes/manifests.renewing"
  echo 'The control plane runs with the new certificates.'
fi
PROGRAM
chmod 0755 "$program.new"
mv -f "$program.new" "$program"
install -d -m 0755 /etc/transat
days=30
IFS=, read -ra planes <<<"$FIRST${PEERS:+,$PEERS}"
for number in "${!planes[@]}"; do [ "${planes[number]}" != "$PRIVATE_ADDRESS" ] || days=$((30 - 7 * number)); done
echo "$PRIVATE_ADDRESS $days" >/etc/transat/kubernetes-renewal
printf '%s/.kube/config\n' /root "$(getent passwd "$LOGIN_USER" | cut -d: -f6)" >/etc/transat/kubernetes-kubeconfigs

cat >/etc/systemd/system/transat-kubernetes-renew.service <<'UNIT'
[Unit]
Description=Renews the certificates of the control plane that end soon
After=kubelet.service

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/transat-kubernetes-renew
UNIT
cat >/etc/systemd/system/transat-kubernetes-renew.timer <<'UNIT'
[Unit]
Description=Looks every day for certificates of the control plane that end soon

[Timer]
OnCalendar=daily
# A machine that stopped in the middle of it goes on, rather than be without a control plane for a day.
OnBootSec=2min
RandomizedDelaySec=1h
Persistent=true

[Install]
WantedBy=timers.target
UNIT
systemctl daemon-reload
systemctl --quiet enable --now transat-kubernetes-renew.timer
"$program"
ends=$(sed -n 's/^ *client-certificate-data: //p' /etc/kubernetes/admin.conf | base64 -d | openssl x509 -noout -enddate | cut -d= -f2)
output kubeconfig_ends "$(date -ud "$ends" +%Y-%m-%dT%H:%M:%SZ)"
log "The certificates of the control plane are looked at every day."

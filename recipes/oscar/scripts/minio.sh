#!/usr/bin/env bash
# Runs MinIO on the control plane's machine, with its data on that machine's volume, and proves that the generated password opens it.
# Given: MINIO_PASSWORD, MINIO_IMAGE (reference@sha256:digest), PORT, CONSOLE_PORT (node ports).
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
export KUBECONFIG=/etc/kubernetes/admin.conf
reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
tls=/etc/transat/minio
image=${MINIO_IMAGE%@*}

apt_install curl openssl
pull-image "$MINIO_IMAGE"

install -d -m 700 "$tls"
own_certificate "$tls/private.key" "$tls/public.crt" "$reachable" "IP:$PRIVATE_ADDRESS" DNS:minio.minio DNS:minio.minio.svc DNS:minio.minio.svc.cluster.local

log "Starting MinIO"
install -d -m 750 -o 1000 -g 1000 /mnt/volumes/minio
kubectl create namespace minio --dry-run=client -o yaml | kubectl apply -f -
kubectl -n minio create secret generic minio-tls --from-file="$tls/public.crt" --from-file="$tls/private.key" --dry-run=client -o yaml | kubectl apply -f -
kubectl -n minio create secret generic minio --from-literal=MINIO_ROOT_USER=minio --from-file=MINIO_ROOT_PASSWORD=<(printf %s "$MINIO_PASSWORD") --dry-run=client -o yaml | kubectl apply -f -
kubectl apply --server-side --force-conflicts -f - <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: minio, namespace: minio}
spec:
  replicas: 1
  # Two must never have the data open at once.
  strategy: {type: Recreate}
  selector: {matchLabels: {app: minio}}
  template:
    metadata: {labels: {app: minio}}
    spec:
      nodeSelector: {kubernetes.io/hostname: $NODE_NAME}
      tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}]
      automountServiceAccountToken: false
      securityContext: {runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000}
      containers:
        - name: minio
          image: $image
          imagePullPolicy: IfNotPresent
          command: [minio, server, /data, --console-address, ":9001", --certs-dir, /certs]
          envFrom: [{secretRef: {name: minio}}]
          # It is part of the names under which OSCAR is told of new files.
          env: [{name: MINIO_SITE_REGION, value: us-east-1}]
          ports: [{name: api, containerPort: 9000}, {name: console, containerPort: 9001}]
          readinessProbe: {httpGet: {path: /minio/health/ready, port: api, scheme: HTTPS}, periodSeconds: 5}
          livenessProbe: {httpGet: {path: /minio/health/live, port: api, scheme: HTTPS}, initialDelaySeconds: 30}
          resources: {requests: {cpu: 100m, memory: 256Mi}}
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
          volumeMounts: [{name: data, mountPath: /data}, {name: tls, mountPath: /certs, readOnly: true}]
      volumes:
        - {name: data, hostPath: {path: /mnt/volumes/minio, type: Directory}}
        - {name: tls, secret: {secretName: minio-tls}}
---
apiVersion: v1
kind: Service
metadata: {name: minio, namespace: minio}
spec:
  type: NodePort
  selector: {app: minio}
  ports:
    - {name: api, port: 9000, targetPort: api, nodePort: $PORT}
    - {name: console, port: 9001, targetPort: console, nodePort: $CONSOLE_PORT}
EOF
# A password or certificate that has changed counts from the next start on.
stamp=$(printf %s "$MINIO_PASSWORD" | cat - "$tls/public.crt" | sha256sum | cut -c1-16)
kubectl -n minio patch deployment minio --type merge --patch "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"secrets\":\"$stamp\"}}}}}"
kubectl -n minio rollout status deployment/minio --timeout=300s

# list ADDRESS: the buckets, signed with the password (signature version 4); the password is on no command line.
list() {
  sed 's/[\\"]/\\&/g; s/.*/user = "minio:&"/' <<<"$MINIO_PASSWORD" | curl --config - --silent --noproxy '*' --insecure --max-time 10 --output /dev/null --write-out '%{http_code}' \
    --aws-sigv4 aws:amz:us-east-1:s3 "https://$1:$PORT/" || true
}
deadline=$((SECONDS + 240))
until [ "$(list "$PRIVATE_ADDRESS")" = 200 ]; do
  if [ "$SECONDS" -ge "$deadline" ]; then
    kubectl -n minio logs deployment/minio --tail=20 || true
    log "MinIO does not let the generated password in (it answers $(list "$PRIVATE_ADDRESS"))"
    exit 1
  fi
  sleep 2
done
log "MinIO lets the generated password in"

# OSCAR hands this address to its jobs, and to other clusters. The public one serves both, if it can be reached from inside too.
endpoint=$PRIVATE_ADDRESS
for _ in 1 2 3; do
  if [ -n "$PUBLIC_ADDRESS" ] && [ "$(list "$PUBLIC_ADDRESS")" = 200 ]; then endpoint=$PUBLIC_ADDRESS; break; fi
done
[ "$endpoint" = "$reachable" ] || log "The public address can't be reached from inside: OSCAR will use $endpoint, and other clusters can't fetch from this MinIO"
printf 'https://%s:%s\n' "$endpoint" "$PORT" >/etc/transat/minio-endpoint
output minio_endpoint "https://$reachable:$PORT"
output minio_console "https://$reachable:$CONSOLE_PORT"

#!/usr/bin/env bash
# Applies OSCAR's manifests, puts an encrypted address before it, and waits for OSCAR where its image can be had.
# Given: OSCAR_IMAGE, DOWNLOADER_IMAGE, PAUSE_IMAGE (references), OSCAR_PASSWORD, MINIO_PASSWORD, OIDC (true or false), OIDC_ISSUERS and VOS (one a line),
# ADMINS (identities, one a line), DELEGATION (true or false), DELEGATION_SECONDS.
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
export KUBECONFIG=/etc/kubernetes/admin.conf
reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
comma() { paste -sd, - <<<"$1"; }
if [ "$OIDC" = true ] && [ -z "$VOS" ]; then
  log "Sign-in by OpenID Connect needs at least one virtual organisation: OSCAR lets nobody in otherwise"
  exit 1
fi

log "Applying OSCAR's manifests"
for namespace in oscar oscar-svc; do
  kubectl create namespace "$namespace" --dry-run=client -o yaml | kubectl apply -f -
done
kubectl -n oscar create secret generic oscar --from-file=OSCAR_PASSWORD=<(printf %s "$OSCAR_PASSWORD") --from-file=MINIO_SECRET_KEY=<(printf %s "$MINIO_PASSWORD") --dry-run=client -o yaml | kubectl apply -f -
# OSCAR checks MinIO's certificate in some calls even where it is told not to.
kubectl -n oscar create configmap minio-certificate --from-file=/etc/transat/minio/public.crt --dry-run=client -o yaml | kubectl apply -f -
kubectl -n oscar-svc create secret generic minio --from-literal=oidc_uid=minio --from-literal=accessKey=minio --from-file=secretKey=<(printf %s "$MINIO_PASSWORD") --dry-run=client -o yaml | kubectl apply -f -

all='get, list, watch, create, update, patch, delete, deletecollection'
kubectl apply --server-side --force-conflicts -f - <<EOF
apiVersion: v1
kind: ServiceAccount
metadata: {name: oscar-sa, namespace: oscar}
---
# OSCAR makes a namespace for every user and gives rights in it, which it must therefore have itself.
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: oscar}
rules:
  - {apiGroups: [""], resources: [pods, pods/log, podtemplates, configmaps, secrets, services, persistentvolumeclaims, resourcequotas, limitranges], verbs: [$all]}
  - {apiGroups: [""], resources: [namespaces, persistentvolumes], verbs: [get, list, watch, create, update]}
  - {apiGroups: [""], resources: [nodes], verbs: [get, list, watch]}
  - {apiGroups: [apps], resources: [deployments, daemonsets], verbs: [$all]}
  - {apiGroups: [batch], resources: [jobs], verbs: [$all]}
  - {apiGroups: [autoscaling], resources: [horizontalpodautoscalers], verbs: [$all]}
  - {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [$all]}
  - {apiGroups: [rbac.authorization.k8s.io], resources: [roles, rolebindings], verbs: [get, list, create, update]}
  - {apiGroups: [metrics.k8s.io], resources: [nodes], verbs: [get, list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: oscar}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: oscar}
subjects: [{kind: ServiceAccount, name: oscar-sa, namespace: oscar}]
---
# The programs that OSCAR puts into every job. Each node keeps its own copy, filled by the DaemonSet below, so that no
# shared file system is needed: a local volume that is on every node.
apiVersion: v1
kind: PersistentVolume
metadata: {name: oscar}
spec:
  capacity: {storage: 2Gi}
  accessModes: [ReadWriteMany]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: ""
  local: {path: /opt/oscar}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/os, operator: In, values: [linux]}]}]}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: oscar-pvc, namespace: oscar-svc}
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  volumeName: oscar
  resources: {requests: {storage: 2Gi}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: oscar-programs, namespace: oscar}
spec:
  selector: {matchLabels: {app: oscar-programs}}
  template:
    metadata: {labels: {app: oscar-programs}}
    spec:
      automountServiceAccountToken: false
      tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}]
      initContainers:
        - name: download
          image: ${DOWNLOADER_IMAGE%@*}
          imagePullPolicy: IfNotPresent
          command: [sh, -c, '[ -e /data/complete ] || { rm -rf /data/* && ./oscar-bin-downloader.sh && test -x /data/fwatchdog && test -e /data/supervisor && touch /data/complete; }']
          env:
            - {name: FAAS_SUPERVISOR_VERSION, value: 1.6.2}
            - {name: WATCHDOG_VERSION, value: 0.2.1}
$(sed -nE "s/^(https?_proxy|no_proxy)=(.*)/            - {name: \1, value: '\2'}/p" /etc/transat/proxy.env)
          volumeMounts: [{name: programs, mountPath: /data}]
      containers:
        - name: done
          image: $PAUSE_IMAGE
      volumes: [{name: programs, hostPath: {path: /opt/oscar, type: DirectoryOrCreate}}]
---
apiVersion: v1
kind: Service
metadata: {name: oscar, namespace: oscar}
spec:
  selector: {app: oscar}
  ports: [{name: endpoint, port: 8080, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: oscar, namespace: oscar, labels: {app: oscar}}
spec:
  replicas: 1
  selector: {matchLabels: {app: oscar}}
  template:
    metadata:
      labels: {app: oscar}
      annotations: {secrets: "$(printf %s "$OSCAR_PASSWORD$MINIO_PASSWORD" | cat - /etc/transat/minio/public.crt | sha256sum | cut -c1-16)"}
    spec:
      serviceAccountName: oscar-sa
      nodeSelector: {kubernetes.io/hostname: $NODE_NAME}
      tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}]
      containers:
        - name: oscar
          image: ${OSCAR_IMAGE%@*}
          imagePullPolicy: IfNotPresent
          securityContext: {readOnlyRootFilesystem: true, runAsUser: 10001, allowPrivilegeEscalation: false}
          envFrom: [{secretRef: {name: oscar}}]
          env:
            - {name: OSCAR_USERNAME, value: oscar}
            - {name: OSCAR_NAME, value: oscar}
            - {name: OSCAR_NAMESPACE, value: oscar}
            - {name: OSCAR_SERVICES_NAMESPACE, value: oscar-svc}
            - {name: OSCAR_CONTROLLER_SERVICE_ACCOUNT, value: oscar-sa}
            - {name: OSCAR_SERVICE_PORT, value: "8080"}
            - {name: SERVERLESS_BACKEND, value: ""}
            - {name: MINIO_ENDPOINT, value: "$(cat /etc/transat/minio-endpoint)"}
            - {name: MINIO_ACCESS_KEY, value: minio}
            - {name: MINIO_REGION, value: us-east-1}
            - {name: MINIO_TLS_VERIFY, value: "false"}
            - {name: SSL_CERT_FILE, value: /etc/minio/public.crt}
            - {name: SSL_CERT_DIR, value: /etc/ssl/certs}
            - {name: OIDC_ENABLE, value: "$OIDC"}
            - {name: OIDC_ISSUERS, value: "$(comma "$OIDC_ISSUERS")"}
            - {name: OIDC_GROUPS, value: "$(comma "$VOS")"}
            - {name: USERS_ADMIN, value: "$(comma "$ADMINS")"}
            - {name: RESOURCE_MANAGER_ENABLE, value: "$DELEGATION"}
            - {name: RESOURCE_MANAGER_INTERVAL, value: "15"}
            - {name: RESCHEDULER_ENABLE, value: "$DELEGATION"}
            - {name: RESCHEDULER_INTERVAL, value: "15"}
            - {name: RESCHEDULER_THRESHOLD, value: "$DELEGATION_SECONDS"}
            # Both need what this recipe does not install: Kueue, and a storage class that many nodes can write to.
            - {name: KUEUE_ENABLE, value: "false"}
            - {name: VOLUME_ENABLE, value: "false"}
            - {name: READ_TIMEOUT, value: "300"}
            - {name: WRITE_TIMEOUT, value: "300"}
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /health, port: http}, periodSeconds: 5, timeoutSeconds: 5}
          livenessProbe: {httpGet: {path: /health, port: http}, initialDelaySeconds: 30, periodSeconds: 15, timeoutSeconds: 5}
          resources: {requests: {cpu: 250m, memory: 256Mi}}
          volumeMounts: [{name: minio-certificate, mountPath: /etc/minio, readOnly: true}]
      volumes: [{name: minio-certificate, configMap: {name: minio-certificate}}]
EOF
log "The API server has accepted OSCAR's manifests"

log "Putting HTTPS before OSCAR"
apt_install nginx
tls=/etc/transat/oscar
install -d -m 700 "$tls"
own_certificate "$tls/key.pem" "$tls/certificate.pem" "$reachable" "IP:$PRIVATE_ADDRESS" "DNS:$NODE_NAME"
service=$(kubectl -n oscar get service oscar -o jsonpath='{.spec.clusterIP}')
cat >/etc/nginx/sites-available/oscar <<EOF
server {
  listen 443 ssl;
  ssl_certificate $tls/certificate.pem;
  ssl_certificate_key $tls/key.pem;
  client_max_body_size 0;
  location / {
    proxy_pass http://$service:8080;
    proxy_http_version 1.1;
    proxy_set_header Host \$host;
    proxy_set_header X-Forwarded-For \$remote_addr;
    proxy_set_header X-Forwarded-Proto https;
    proxy_read_timeout 300s;
    proxy_request_buffering off;
  }
}
EOF
ln -sf ../sites-available/oscar /etc/nginx/sites-enabled/oscar
rm -f /etc/nginx/sites-enabled/default
nginx -t -q
systemctl enable -q nginx
systemctl reload-or-restart nginx

output oscar_url "https://$reachable/"
output oscar_certificate_ends "$(certificate_ends "$tls/certificate.pem")"
output oscar_fingerprint "$(certificate_fingerprint "$tls/certificate.pem")"

# Everything up to here stands without OSCAR's image. A site that can't have it is told so, and not kept waiting.
if ! pull-image "$OSCAR_IMAGE"; then
  log "OSCAR's image ${OSCAR_IMAGE%@*} can't be pulled from here. MinIO runs and OSCAR's manifests are in the cluster: OSCAR starts by itself once the image can be had (in the site's mirror, for example)"
  output oscar_state 'waiting for its image'
  exit 0
fi
if ! kubectl -n oscar rollout status deployment/oscar --timeout=300s; then
  kubectl -n oscar get pods -o wide || true
  kubectl -n oscar logs deployment/oscar --tail=30 || true
  log "OSCAR did not become ready within 300 s"
  exit 1
fi
ask() { sed 's/[\\"]/\\&/g; s/.*/user = "oscar:&"/' <<<"$OSCAR_PASSWORD" | curl --config - --silent --noproxy '*' --insecure --max-time 30 "$@"; }
# A service follows its pods some seconds behind.
deadline=$((SECONDS + 60))
until ask --fail --output /dev/null "https://$PRIVATE_ADDRESS/system/config"; do
  [ "$SECONDS" -lt "$deadline" ] || { log "OSCAR does not let the generated password in"; exit 1; }
  sleep 2
done
ask --fail "https://$PRIVATE_ADDRESS/system/info" | grep -o '"version":"[^"]*"' || true
output oscar_state running
log "OSCAR answers at https://$reachable/ and lets the generated password in"

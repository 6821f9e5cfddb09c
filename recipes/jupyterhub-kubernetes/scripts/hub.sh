#!/usr/bin/env bash
# Installs JupyterHub in the cluster: hub, proxy with HTTPS on a node port, and the right to start a pod for everybody who logs in.
# Given: HUB_IMAGE, PROXY_IMAGE, NOTEBOOK_IMAGE (references), PORT (node port), HUB_ADMIN, HUB_ADMIN_PASSWORD, PEOPLE (names, one a line), HUB_TOKEN,
# HOME_SIZE and MEMORY_LIMIT (such as `5 GiB`), IDLE_HOURS.
set -euo pipefail
# shellcheck source=recipes/shared/certificates.sh
. ../shared/certificates.sh
export KUBECONFIG=/etc/kubernetes/admin.conf
reachable=${PUBLIC_ADDRESS:-$PRIVATE_ADDRESS}
tls=/etc/transat/jupyterhub
quantity() { sed -E 's/ *([KMGT]i?)B$/\1/' <<<"$1"; }
apply() { kubectl apply --server-side --force-conflicts -f -; }

apt_install curl openssl
install -d -m 700 "$tls"
own_certificate "$tls/tls.key" "$tls/tls.crt" "$reachable" "IP:$PRIVATE_ADDRESS"

log "Applying JupyterHub's manifests"
kubectl create namespace jupyterhub --dry-run=client -o yaml | kubectl apply -f -
kubectl -n jupyterhub create secret tls tls --cert="$tls/tls.crt" --key="$tls/tls.key" --dry-run=client -o yaml | kubectl apply -f -
kubectl -n jupyterhub create secret generic hub --from-file=CONFIGPROXY_AUTH_TOKEN=<(printf %s "$HUB_TOKEN") --dry-run=client -o yaml | kubectl apply -f -

# Everybody has a password of their own, which stays as it is when this runs again. The cluster is given nothing but what checks them.
cat >/usr/local/sbin/jupyterhub-account <<'PYTHON'
#!/usr/bin/python3
"""jupyterhub-account NAME: makes an account for JupyterHub in the cluster, or a new password for it, and prints the password.
jupyterhub-account --make NAME…: makes those that are missing. jupyterhub-account --set NAME: with the password on standard input."""
import fcntl
import hashlib
import json
import os
import re
import secrets
import subprocess
import sys

FOLDER = "/etc/transat/jupyterhub"
WORDS = f"{FOLDER}/accounts"


def read():
    """Name → password, in the order in which they were made."""
    if not os.path.exists(WORDS):
        return {}
    with open(WORDS, encoding="utf-8") as file:
        return dict(line.rstrip("\n").split(" ", 1) for line in file if " " in line)


def check_of(password):
    salt = secrets.token_bytes(16)
    return {"salt": salt.hex(), "key": hashlib.scrypt(password.encode(), salt=salt, n=16384, r=8, p=1).hex()}


def save(known, admin):
    with open(os.open(f"{WORDS}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{name} {password}\n" for name, password in known.items())
    os.replace(f"{WORDS}.new", WORDS)
    checks = json.dumps({name: check_of(password) for name, password in {**known, **admin}.items()})
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "accounts", "namespace": "jupyterhub"}, "stringData": {"accounts.json": checks}}
    command = ["kubectl", "--kubeconfig", "/etc/kubernetes/admin.conf", "apply", "--server-side", "--force-conflicts", "-f", "-"]
    subprocess.run(command, input=json.dumps(secret), text=True, check=True, stdout=subprocess.DEVNULL)


def main(words):
    with open(f"{FOLDER}/lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known, kept = read(), f"{FOLDER}/admin"
        admin = {}
        if words[:1] == ["--set"]:
            admin = {words[1]: sys.stdin.read().rstrip("\n")}
            with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(admin, file)
        elif os.path.exists(kept):
            with open(kept, encoding="utf-8") as file:
                admin = json.load(file)
        names = words[1:] if words[:1] == ["--make"] else [] if words[:1] == ["--set"] else words
        for name in names:
            if not re.fullmatch("[a-z][a-z0-9]{0,30}", name) or name in admin:
                sys.exit(f"{name}: a name has small letters and digits, begins with a letter, and is not the administrator's.")
            if words[0] != "--make" or name not in known:
                known[name] = secrets.token_urlsafe(15)
        save(known, admin)
        if words[:1] not in (["--make"], ["--set"]):
            print("\n".join(known[name] for name in names))


main(sys.argv[1:])
PYTHON
chmod 0755 /usr/local/sbin/jupyterhub-account
jupyterhub-account --set "$HUB_ADMIN" <<<"$HUB_ADMIN_PASSWORD"
mapfile -t names < <(grep -vxF -e "$HUB_ADMIN" -e '' <<<"$PEOPLE" || true)
jupyterhub-account --make "${names[@]}"
cull=''
[ "$IDLE_HOURS" = 0 ] || cull="c.JupyterHub.services = [{'name': 'idle-culler', 'command': [sys.executable, '-m', 'jupyterhub_idle_culler', '--timeout=$((IDLE_HOURS * 3600))']}]
    c.JupyterHub.load_roles = [{'name': 'idle-culler', 'services': ['idle-culler'], 'scopes': ['list:users', 'read:users:activity', 'read:servers', 'delete:servers']}]"
apply <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: hub, namespace: jupyterhub}
data:
  jupyterhub_config.py: |
    import sys
    c.JupyterHub.bind_url = 'https://:8443'
    c.JupyterHub.hub_bind_url = 'http://:8081'
    c.JupyterHub.hub_connect_url = 'http://hub:8081'
    c.JupyterHub.db_url = 'sqlite:////data/jupyterhub.sqlite'
    c.JupyterHub.cookie_secret_file = '/data/cookie_secret'
    c.JupyterHub.cleanup_servers = False
    c.ConfigurableHTTPProxy.should_start = False
    c.ConfigurableHTTPProxy.api_url = 'http://proxy-api:8001'
    # Everybody has an account with a password of their own. The file is read at each login, so that new accounts need no restart.
    import hashlib, hmac, json
    from jupyterhub.auth import Authenticator

    class Accounts(Authenticator):
        async def authenticate(self, handler, data):
            with open('/etc/accounts/accounts.json', encoding='utf-8') as file:
                known = json.load(file)
            name, nobody = data['username'], {'salt': '00', 'key': '00'}
            check = known.get(name, nobody)
            key = hashlib.scrypt(data['password'].encode(), salt=bytes.fromhex(check['salt']), n=16384, r=8, p=1)
            return name if hmac.compare_digest(key, bytes.fromhex(check['key'])) else None

    c.JupyterHub.authenticator_class = Accounts
    c.Authenticator.admin_users = {'$HUB_ADMIN'}
    c.Authenticator.allow_all = True
    c.Authenticator.username_pattern = '^[a-z][a-z0-9]{0,30}$'
    c.JupyterHub.spawner_class = 'kubespawner.KubeSpawner'
    c.KubeSpawner.image = '$NOTEBOOK_IMAGE'
    c.KubeSpawner.default_url = '/lab'
    c.KubeSpawner.mem_limit = '$(quantity "$MEMORY_LIMIT" | tr -d i)'
    c.KubeSpawner.mem_guarantee = '256M'
    c.KubeSpawner.pvc_name_template = 'home-{username}'
    c.KubeSpawner.storage_pvc_ensure = True
    c.KubeSpawner.storage_capacity = '$(quantity "$HOME_SIZE")'
    c.KubeSpawner.storage_access_modes = ['ReadWriteOnce']
    c.KubeSpawner.volumes = [{'name': 'home', 'persistentVolumeClaim': {'claimName': 'home-{username}'}}]
    c.KubeSpawner.volume_mounts = [{'name': 'home', 'mountPath': '/home/jovyan'}]
    c.KubeSpawner.fs_gid = 100
    c.KubeSpawner.start_timeout = 600
    $cull
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: hub, namespace: jupyterhub}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: hub, namespace: jupyterhub}
rules:
  - {apiGroups: [""], resources: [pods, persistentvolumeclaims], verbs: [get, list, watch, create, delete]}
  - {apiGroups: [""], resources: [events], verbs: [get, list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: hub, namespace: jupyterhub}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: hub}
subjects: [{kind: ServiceAccount, name: hub, namespace: jupyterhub}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: hub, namespace: jupyterhub}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: hub, namespace: jupyterhub}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: hub}}
  template:
    metadata: {labels: {app: hub}}
    spec:
      serviceAccountName: hub
      securityContext: {fsGroup: 1000}
      containers:
        - name: hub
          image: $HUB_IMAGE
          command: [jupyterhub, --config, /etc/jupyterhub/jupyterhub_config.py]
          workingDir: /data
          envFrom: [{secretRef: {name: hub}}]
          env: [{name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}]
          ports: [{name: http, containerPort: 8081}]
          readinessProbe: {httpGet: {path: /hub/health, port: http}, periodSeconds: 5}
          resources: {requests: {cpu: 100m, memory: 256Mi}}
          securityContext: {runAsUser: 1000, runAsGroup: 1000, allowPrivilegeEscalation: false}
          volumeMounts: [{name: data, mountPath: /data}, {name: configuration, mountPath: /etc/jupyterhub}, {name: accounts, mountPath: /etc/accounts, readOnly: true}]
      volumes:
        - {name: data, persistentVolumeClaim: {claimName: hub}}
        - {name: configuration, configMap: {name: hub}}
        - {name: accounts, secret: {secretName: accounts}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: proxy, namespace: jupyterhub}
spec:
  selector: {matchLabels: {app: proxy}}
  template:
    metadata: {labels: {app: proxy}}
    spec:
      automountServiceAccountToken: false
      securityContext: {fsGroup: 1000}
      containers:
        - name: proxy
          image: $PROXY_IMAGE
          command: [configurable-http-proxy, --ip=, --port=8443, --api-ip=, --api-port=8001, --default-target=http://hub:8081, --error-target=http://hub:8081/hub/error, --ssl-key=/tls/tls.key, --ssl-cert=/tls/tls.crt]
          env: [{name: CONFIGPROXY_AUTH_TOKEN, valueFrom: {secretKeyRef: {name: hub, key: CONFIGPROXY_AUTH_TOKEN}}}]
          ports: [{name: https, containerPort: 8443}, {name: api, containerPort: 8001}]
          readinessProbe: {httpGet: {path: /_chp_healthz, port: https, scheme: HTTPS}, periodSeconds: 5}
          resources: {requests: {cpu: 50m, memory: 128Mi}}
          securityContext: {runAsUser: 1000, runAsGroup: 1000, allowPrivilegeEscalation: false}
          volumeMounts: [{name: tls, mountPath: /tls, readOnly: true}]
      volumes: [{name: tls, secret: {secretName: tls}}]
---
apiVersion: v1
kind: Service
metadata: {name: hub, namespace: jupyterhub}
spec: {selector: {app: hub}, ports: [{port: 8081, targetPort: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: proxy-api, namespace: jupyterhub}
spec: {selector: {app: proxy}, ports: [{port: 8001, targetPort: api}]}
---
apiVersion: v1
kind: Service
metadata: {name: proxy-public, namespace: jupyterhub}
spec: {type: NodePort, selector: {app: proxy}, ports: [{port: 443, targetPort: https, nodePort: $PORT}]}
EOF
kubectl -n jupyterhub rollout restart deployment/hub deployment/proxy
log "The API server has accepted JupyterHub's manifests"
output hub_accounts "$(cat "$tls/accounts")"
output certificate_ends "$(certificate_ends "$tls/tls.crt")"
output hub_url "https://$reachable:$PORT/"

# Whether the images can be had at all is tried here, so that nobody waits in vain.
for image in "$PROXY_IMAGE" "$HUB_IMAGE"; do
  if ! pull-image "$image"; then
    log "The image $image can't be pulled from here. JupyterHub starts by itself once it can be had (in the site's mirror, for example)"
    output hub_state 'waiting for its images'
    exit 0
  fi
done
for deployment in proxy hub; do
  if ! kubectl -n jupyterhub rollout status "deployment/$deployment" --timeout=400s; then
    kubectl -n jupyterhub get pods -o wide || true
    kubectl -n jupyterhub logs "deployment/$deployment" --tail=30 || true
    log "JupyterHub's $deployment did not become ready within 400 s"
    exit 1
  fi
done
deadline=$((SECONDS + 240))
until curl --silent --noproxy '*' --insecure --fail --max-time 10 --output /dev/null "https://$PRIVATE_ADDRESS:$PORT/hub/login"; do
  [ "$SECONDS" -lt "$deadline" ] || { log "JupyterHub's login page did not answer within 240 s"; exit 1; }
  sleep 2
done
output hub_state running
log "JupyterHub answers at https://$reachable:$PORT/"

#!/usr/bin/env bash
# Makes this machine a part of the pool: the manager (who is there, which job goes where, and the queue), or one on which jobs run.
# The machines know each other by tokens that the pool's key signs; nobody else is heard, not even to read.
# Given: ROLE (manager or worker), MANAGER (its private address), POOL_KEY.
set -euo pipefail
# shellcheck source=recipes/shared/put.sh
. ../shared/put.sh
settings=/etc/condor stands=/etc/condor/.stands domain=htcondor.internal
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Who may do more than look: on the manager people send jobs; a worker takes the pool's own word alone.
case "$ROLE" in
  manager) daemons='COLLECTOR NEGOTIATOR SCHEDD' writers="*@$domain" ;;
  worker) daemons=STARTD writers="condor@$domain" ;;
esac

cat >"$work/config" <<CONF
# Written by Transat. Settings of your own belong into $settings/config.d/90-own.config; then run: sudo condor_reconfig
CONDOR_HOST = $MANAGER
DAEMON_LIST = MASTER $daemons
NETWORK_INTERFACE = $PRIVATE_ADDRESS
NETWORK_HOSTNAME = $NODE_NAME
COLLECTOR_NAME = Transat

# People have the same names and numbers on all machines, so that jobs run as whoever sent them. Home folders are each machine's own: files go with the job.
UID_DOMAIN = $domain
TRUST_UID_DOMAIN = True
FILESYSTEM_DOMAIN = $NODE_NAME

# All show who they are, and what is said is sealed: machines by a token of the pool, people on the manager by their accounts there.
TRUST_DOMAIN = $domain
SEC_DEFAULT_AUTHENTICATION = REQUIRED
SEC_DEFAULT_ENCRYPTION = REQUIRED
SEC_DEFAULT_INTEGRITY = REQUIRED
SEC_DEFAULT_AUTHENTICATION_METHODS = FS, IDTOKENS
SEC_CLIENT_AUTHENTICATION_METHODS = FS, IDTOKENS
SEC_READ_AUTHENTICATION_METHODS = FS, IDTOKENS
SEC_DAEMON_AUTHENTICATION_METHODS = FS, IDTOKENS
ALLOW_READ = *@$domain
ALLOW_WRITE = $writers
ALLOW_DAEMON = condor@$domain
ALLOW_NEGOTIATOR = condor@$domain
ALLOW_ADMINISTRATOR = root@$domain, condor@$domain
ALLOW_CONFIG =

# A machine is divided as its jobs ask. A job that runs ends by itself, or because its person says so: for 30 days nobody else's takes its place.
NUM_SLOTS_TYPE_1 = 1
SLOT_TYPE_1 = 100%
SLOT_TYPE_1_PARTITIONABLE = True
MAXJOBRETIREMENTTIME = 30 * 24 * 3600
# What waits is looked at every quarter of a minute, not every minute; a manager that has begun anew knows of its workers after a minute, not after five.
NEGOTIATOR_INTERVAL = 15
NEGOTIATOR_CYCLE_DELAY = 5
UPDATE_INTERVAL = 60
CONF
put "$work/config" "$settings/config.d/50-transat.config" root 644 "$stands"

# The key signs the tokens: whoever has it is a machine of this pool.
key=$settings/passwords.d/POOL token=$settings/tokens.d/pool mark=$settings/passwords.d/.given
install -d -m 700 "$settings/passwords.d" "$settings/tokens.d"
given=$(printf %s "$POOL_KEY" | sha256sum | cut -d' ' -f1)
if [ ! -s "$key" ] || [ ! -s "$token" ] || [ "$(cat "$mark" 2>/dev/null)" != "$given" ]; then
  rm -f "$stands" "$mark" "$token"
  (umask 077 && printf %s "$POOL_KEY" >"$work/key")
  condor_store_cred add -c -i "$work/key" >/dev/null
  condor_token_create -identity "condor@$domain" -key POOL -token pool
  echo "$given" >"$mark"
  log "This machine has the pool's key, and a token."
fi
begin_anew "$stands" condor

wait_for "$MANAGER" 9618 3000
# joined: whether the manager counts this machine among those that run jobs; it is asked with this machine's token.
joined() { grep -qxF "$NODE_NAME" <<<"$(condor_status -af Machine)"; }
if [ "$ROLE" = worker ]; then
  retry 60 joined
  log "This machine takes jobs."
else
  retry 20 condor_status -schedd -af Name
  log "The pool's manager runs."
fi

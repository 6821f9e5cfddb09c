#!/usr/bin/env bash
# Runs an Ansible playbook on the node that it is for, as the Infrastructure Manager's recipes have them (hosts: localhost, connection: local).
#   PLAYBOOK        its text
#   VARIABLES       its variables as JSON; what is known only now is looked up in the environment (TRANSAT_VALUE_…)
#   INVENTORY       groups with their nodes, as JSON
#   REQUIREMENTS    roles and collections that it needs, as JSON; empty where it needs none
#   TASK_OUTPUTS    tasks whose output is kept, as JSON: name of the task → name of the output; TASK_OUTPUT_NAMES: those names
#   DONE_OUTPUT     name under which the end of the step is told, for steps of other nodes that wait for it
# Ansible comes into a virtual environment of its own, once a node and always in the same version.
set -euo pipefail

home=/opt/transat-ansible
work=$home/playbooks/$PLAYBOOK_NAME

if [ ! -x "$home/bin/ansible-playbook" ]; then
  log "Installing Ansible; this is done once."
  python=python3
  if command -v apt-get >/dev/null; then
    apt_install python3-venv git
  else
    python=python3.11
    dnf -q -y install python3.11 git
  fi
  # the newest that reads playbooks as they were written for years: 2.19 refuses conditions that are no true or false
  version=10.7.0
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 13))'; then version=11.13.0; fi
  "$python" -m venv "$home"
  retry 3 "$home/bin/pip" install --quiet --disable-pip-version-check "ansible==$version"
fi
# What filters of playbooks ask for and Ansible brings not itself: password_hash, json_query, ipaddr.
if ! "$home/bin/python" -c 'import jmespath, netaddr, passlib' 2>/dev/null; then
  retry 3 "$home/bin/pip" install --quiet --disable-pip-version-check passlib==1.7.4 jmespath==1.0.1 netaddr==1.3.0
fi

install -d -m 700 "$work" "$work/callbacks" "$work/outputs"
cat >"$work/prepare.py" <<'PYTHON'
"""Writes the playbook's files: inventory with variables, requirements, the plugin that keeps outputs of tasks."""

import json
import os
import sys

work = sys.argv[1]


def write(name, text):
    with open(os.path.join(work, name), "w", encoding="utf-8") as file:
        file.write(text)


variables = json.loads(os.environ["VARIABLES"])
own = {
    "ansible_connection": "local",
    "ansible_python_interpreter": "/usr/bin/python3",
    "ansible_user": os.environ.get("LOGIN_USER", "root"),
    "IM_NODE_PRIVATE_IP": os.environ.get("PRIVATE_ADDRESS", ""),
    "IM_NODE_PUBLIC_IP": os.environ.get("PUBLIC_ADDRESS", ""),
    "IM_NODE_HOSTNAME": os.environ.get("NODE_NAME", ""),
    "IM_NODE_NUM": os.environ.get("NODE_INDEX", ""),
    "IM_NODE_CLOUD_TYPE": "OpenStack",
}
groups = json.loads(os.environ["INVENTORY"])
children = {name: {"hosts": {host: {} for host in hosts}} for name, hosts in groups.items()}
write("inventory.json", json.dumps({"all": {"hosts": {"localhost": {**own, **variables}}, "children": children}}))
write("playbook.yml", os.environ["PLAYBOOK"])
requirements = json.loads(os.environ.get("REQUIREMENTS") or "{}")
if requirements:
    write("requirements.yml", json.dumps(requirements))
PYTHON
cat >"$work/callbacks/transat.py" <<'PYTHON'
"""Keeps what chosen tasks put out, a file each."""

import json
import os

from ansible.plugins.callback import CallbackBase

WANTED = json.loads(os.environ.get("TASK_OUTPUTS") or "{}")


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "transat"

    def v2_runner_on_ok(self, result):
        name = WANTED.get(result._task.get_name().strip())
        if not name:
            return
        said = result._result.get("msg") or result._result.get("stdout", "")
        text = said if isinstance(said, str) else json.dumps(said)
        with open(os.path.join(os.environ["TASK_OUTPUTS_AT"], name), "w", encoding="utf-8") as file:
            file.write(text)
PYTHON
"$home/bin/python" "$work/prepare.py" "$work"

export ANSIBLE_ROLES_PATH=$home/roles ANSIBLE_COLLECTIONS_PATH=$home/collections ANSIBLE_LOCALHOST_WARNING=0 ANSIBLE_NOCOLOR=1
export ANSIBLE_CALLBACK_PLUGINS=$work/callbacks ANSIBLE_CALLBACKS_ENABLED=transat ANSIBLE_RETRY_FILES_ENABLED=0
if [ -s "$work/requirements.yml" ]; then
  "$home/bin/ansible-galaxy" role install -r "$work/requirements.yml"
  "$home/bin/ansible-galaxy" collection install -r "$work/requirements.yml"
fi
log "Running the playbook $PLAYBOOK_NAME."
TASK_OUTPUTS_AT=$work/outputs "$home/bin/ansible-playbook" -i "$work/inventory.json" "$work/playbook.yml"
for name in ${TASK_OUTPUT_NAMES:-}; do
  output "$name" "$(cat "$work/outputs/$name")"
done
output "$DONE_OUTPUT" yes

"""
What the agent is known by: a token and a host key of its own, made on this machine. What came with the user data lasts
only until Transat knows them.
"""

import hashlib
import json
import os
import secrets
import shutil
import subprocess

HOST_KEY = "ssh_host_ed25519_key"


def write_json(path, value):
    """A file that root alone may read, all of it or none."""
    with open(f"{path}.new", "w", encoding="utf-8", opener=_private) as file:
        json.dump(value, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{path}.new", path)


def read_json(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (FileNotFoundError, ValueError):
        return None


def _private(path, flags):
    return os.open(path, flags, 0o600)


class Identity:
    """
    Made once, before anything is told of it: an agent that is killed meanwhile, or that never learns that it was heard, comes
    with the same again. `public` is what Transat is told, `token` what the agent proves itself by afterwards.
    """

    def __init__(self, directory):
        self.directory = directory
        self.public = read_json(self._path("identity.json"))
        if self.public is None:
            self.public = self._make()
        self.token = read_json(self._path("token.json"))["token"]

    def _path(self, name):
        return os.path.join(self.directory, name)

    def _make(self):
        token = secrets.token_hex(32)
        write_json(self._path("token.json"), {"token": token})
        for name in ("host-key", "host-key.pub"):
            if os.path.exists(self._path(name)):
                os.unlink(self._path(name))
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", self._path("host-key")]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=60)
        with open(self._path("host-key.pub"), encoding="ascii") as file:
            kind, key = file.read().split()[:2]
        public = {"token": hashlib.sha256(token.encode()).hexdigest(), "hostKey": f"{kind} {key}"}
        write_json(self._path("identity.json"), public)
        return public

    def is_known(self):
        """Whether Transat has stored it: it said so, or wrote so over SSH."""
        taken = read_json(self._path("taken.json"))
        return isinstance(taken, dict) and taken.get("token") == self.public["token"]

    def note_known(self):
        write_json(self._path("taken.json"), {"token": self.public["token"]})

    def put_host_key(self, folder="/etc/ssh", reload=True):
        """Has the machine answer by SSH with the new key. The one that came with the user data is gone then."""
        target = os.path.join(folder, HOST_KEY)
        if os.path.exists(self._path("host-key")):
            with open(self._path("host-key"), encoding="ascii") as file:
                text = file.read()
            with open(f"{target}.transat", "w", encoding="ascii", opener=_private) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(f"{target}.transat", target)
            with open(f"{target}.pub", "w", encoding="ascii") as file:
                file.write(f"{self.public['hostKey']}\n")
            if shutil.which("restorecon"):
                subprocess.run(["restorecon", target, f"{target}.pub"], check=False, timeout=60)
        if reload:
            _reload()
        for name in ("host-key", "host-key.pub"):
            if os.path.exists(self._path(name)):
                os.unlink(self._path(name))


def _reload():
    # Debian and its children call it ssh, others sshd. Connections that stand stay; one that starts on demand reads the key then.
    for unit in ("ssh", "sshd"):
        command = ["systemctl", "try-reload-or-restart", f"{unit}.service"]
        if subprocess.run(command, check=False, capture_output=True, timeout=120).returncode == 0:
            return
    raise OSError("The SSH service could not be made to read its new host key")

"""What the agent does to the machine itself: names of its peers, disks, firewall, proxy; and what it tells of it."""

import ipaddress
import os
import platform
import re
import shutil
import subprocess
import time

import web

HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
BEGIN, END = "# transat begin", "# transat end"
PRIVATE_RANGES = "127.0.0.0/8,localhost,169.254.169.254,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,.svc,.cluster.local"


class PreparationError(Exception):
    """The machine is not as the deployment needs it."""


def with_block(text, lines, at_top=False):
    """`text` with our marked block replaced by `lines` (no lines: without the block)."""
    kept = re.sub(rf"(?ms)^{re.escape(BEGIN)}\n.*?^{re.escape(END)}\n?", "", text)
    if not lines:
        return kept
    block = "\n".join([BEGIN, *lines, END]) + "\n"
    if at_top:
        return block + kept
    return kept + ("" if not kept or kept.endswith("\n") else "\n") + block


def edit(path, change):
    """Rewrites a file in one move, if the change makes a difference."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            before = file.read()
    except FileNotFoundError:
        before = ""
    after = change(before)
    if after == before:
        return
    # Written in place where a rename can't be (a bind mount, as containers have for /etc/hosts).
    try:
        with open(f"{path}.transat", "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(after)
        if os.path.exists(path):
            shutil.copystat(path, f"{path}.transat")
        else:
            os.chmod(f"{path}.transat", 0o644)
        os.replace(f"{path}.transat", path)
    except OSError:
        with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(after)


def _is_address(text):
    try:
        return "%" not in text and bool(ipaddress.ip_address(text))
    except ValueError:
        return False


def write_hosts(peers, path="/etc/hosts"):
    """
    Names all nodes of the deployment. Ours come first, so that a node's own name means its address on the network and
    not 127.0.1.1. cloud-init may write the file anew at every boot, so this is done before every step.
    """
    lines = [f"{address} {name}" for name, address in sorted(peers.items()) if _is_address(address) and HOST_NAME.fullmatch(name)]
    edit(path, lambda text: with_block(text, lines, at_top=True))


def set_proxy(proxy, peers, root=""):
    """Makes logins, services that read /etc/environment, and apt use the site's proxy."""
    direct = ",".join([PRIVATE_RANGES, *sorted(peers), *sorted(peers.values())])
    names = ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"]
    lines = [f"{name}={proxy}" for name in names] + [f"no_proxy={direct}", f"NO_PROXY={direct}"]
    edit(f"{root}/etc/environment", lambda text: with_block(text, lines))
    if os.path.isdir(f"{root}/etc/apt/apt.conf.d"):
        apt = f'Acquire::http::Proxy "{proxy}";\nAcquire::https::Proxy "{proxy}";\n'
        edit(f"{root}/etc/apt/apt.conf.d/95transat-proxy", lambda _: apt)


# What this agent understands of what it is asked (lib/nodes/protocol.ts).
AGENT = 3


def facts():
    """What the machine is, for the node's page."""
    release = web.read_environment("/etc/os-release")
    disk = shutil.disk_usage("/")
    memory = re.search(r"MemTotal:\s+(\d+)", _read("/proc/meminfo"))
    boot = re.search(r"btime (\d+)", _read("/proc/stat"))
    return {
        "agent": AGENT,
        "os": release.get("PRETTY_NAME", "unknown"),
        "distro": release.get("ID", ""),
        "distroVersion": release.get("VERSION_ID", ""),
        "kernel": platform.release(),
        "architecture": platform.machine(),
        "cpus": os.cpu_count() or 0,
        "memoryMiB": int(memory.group(1)) // 1024 if memory else 0,
        "diskGiB": round(disk.total / 2**30, 1),
        "virtualization": _virtualization(),
        "cgroupVersion": 2 if os.path.exists("/sys/fs/cgroup/cgroup.controllers") else 1,
        "python": platform.python_version(),
        "bootSeconds": int(boot.group(1)) if boot else 0,
    }


def _read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _virtualization():
    try:
        return subprocess.run(["systemd-detect-virt"], check=False, capture_output=True, text=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def run(command, check=True):
    """Runs a program of the system; its words are the error where it fails."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    if check and done.returncode:
        raise PreparationError(f"{' '.join(command)} failed: {(done.stderr or done.stdout).strip()[-500:]}")
    return done


def find_disk(serial, root="/dev/disk/by-id"):
    """The device of a volume, or None. Nova gives the volume's id as the disk's serial; virtio keeps 20 characters of it."""
    try:
        names = sorted(os.listdir(root))
    except FileNotFoundError:
        names = []
    for name in names:
        known = name.split("-", 1)[-1]
        if re.search(r"-part\d+$", name):
            continue
        if known == serial[:20] or serial in name or serial.replace("-", "") in name:
            return os.path.realpath(os.path.join(root, name))
    try:
        listed = subprocess.run(["lsblk", "-dnro", "PATH,SERIAL"], check=False, capture_output=True, text=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    for line in listed.splitlines():
        path, _, found = line.partition(" ")
        if found and found in (serial, serial[:20]):
            return path
    return None


def mount(serial, path, say, seconds=600, fstab="/etc/fstab"):
    """
    Mounts a volume, for good (fstab, by UUID). A blank disk gets an ext4 file system; one that holds anything is never
    formatted. The volume may be attached a while after the machine has booted.
    """
    until = time.monotonic() + seconds
    while not (device := find_disk(serial)):
        if time.monotonic() > until:
            raise PreparationError(f"No disk with the serial {serial} appeared within {seconds} s, to be mounted at {path}.")
        time.sleep(1)
    probe = run(["blkid", "-p", "-o", "value", "-s", "TYPE", device], check=False)
    kind = probe.stdout.strip()
    if probe.returncode == 2 and not _partitioned(device):
        say(f"Making an ext4 file system on the blank disk {device}.")
        run(["mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1,lazy_journal_init=1", device])
    elif not kind:
        raise PreparationError(f"The disk {device} for {path} holds something that is no file system. It was left as it is.")
    uuid = run(["blkid", "-o", "value", "-s", "UUID", device]).stdout.strip()
    kind = run(["blkid", "-o", "value", "-s", "TYPE", device]).stdout.strip()
    os.makedirs(path, exist_ok=True)
    line = f"UUID={uuid} {path.replace(' ', chr(92) + '040')} {kind} defaults,nofail 0 2"
    edit(fstab, lambda text: text if f"UUID={uuid} " in text else text.rstrip("\n") + f"\n{line}\n")
    if not os.path.ismount(path):
        run(["systemctl", "daemon-reload"], check=False)
        run(["mount", path])
    say(f"The volume {serial} is mounted at {path} ({device}).")


def _partitioned(device):
    listed = run(["lsblk", "-nro", "TYPE", device], check=False).stdout.split()
    return "part" in listed


def firewall_commands(before, unsure, rules, running):
    """
    The commands that open `rules` in the machine's firewall, and then shut those of `before`, which are open, and of `unsure`, which
    may be, that are none of them: `running` is `firewalld` or `ufw`.
    """
    was, maybe, now = _specs(before), _specs(before + unsure), _specs(rules)
    changes = [("add", spec) for spec in now if spec not in was] + [("remove", spec) for spec in maybe if spec not in now]
    commands = [_firewall_command(running, change, *spec) for change, spec in changes]
    if running == "firewalld" and commands:
        commands.append(["firewall-cmd", "--reload"])
    return commands


def _specs(rules):
    """Each rule once, as (protocol, first port, last port, source), without what firewalls let pass as it comes."""
    specs = []
    for rule in rules:
        first, last, protocol = rule.get("fromPort"), rule.get("toPort"), rule["protocol"]
        if protocol == "icmp":
            continue
        if first is None:
            first, last = 1, 65535
        spec = (protocol, first, last if last is not None else first, rule.get("cidr") or "0.0.0.0/0")
        if spec not in specs:
            specs.append(spec)
    return specs


def _firewall_command(running, change, protocol, first, last, source):
    if running == "firewalld":
        ports = str(first) if first == last else f"{first}-{last}"
        family = "ipv6" if ":" in source else "ipv4"
        rich = f'rule family="{family}" source address="{source}" port port="{ports}" protocol="{protocol}" accept'
        return ["firewall-cmd", "--permanent", f"--{change}-rich-rule={rich}"]
    ports = str(first) if first == last else f"{first}:{last}"
    allow = ["allow", "proto", protocol, "from", source, "to", "any", "port", ports]
    return ["ufw", *([] if change == "add" else ["delete"]), *allow]


def change_firewall(before, unsure, rules, say):
    """
    Opens the deployment's ports where the machine runs a firewall of its own (Chameleon's images run firewalld), and shuts what was
    opened `before` for others, or may have been (`unsure`). Both know no harm in what is open or shut already.
    """
    running = None
    if shutil.which("firewall-cmd") and run(["firewall-cmd", "--state"], check=False).returncode == 0:
        running = "firewalld"
    elif shutil.which("ufw") and "Status: active" in run(["ufw", "status"], check=False).stdout:
        running = "ufw"
    if not running:
        say("No firewall runs on this machine.")
        return
    for command in firewall_commands(before, unsure, rules, running):
        run(command)
    say(f"Opened {len(rules)} rules in {running}.")

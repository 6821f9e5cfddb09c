"""Runs one step: its script under bash, with a deadline, its output told line by line and without secrets."""

import codecs
import os
import re
import selectors
import signal
import subprocess
import time

import downloads
import web
from masking import Masker

TIMED_OUT = 124
CALLED_OFF = 130  # as a shell has it for what was interrupted
DOWNLOAD_FAILED = 75  # EX_TEMPFAIL of sysexits.h
LATENCY = 0.5  # seconds that a printed line may wait before it is told
PARTIAL = 2.0  # the same for a line that has no end yet
MESSAGE = 16_000  # characters in one message
MOST_OUTPUT = 8 << 20  # characters kept of one attempt; what a runaway step prints beyond that is dropped
GRACE = 10  # seconds between SIGTERM and SIGKILL
MOST_OUTPUT_VALUE = 64 << 10  # characters of one result of a step; Transat keeps none that is larger
MOST_OUTPUTS = 128 << 10  # and of all of them together
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Output:
    """Gathers what a step prints and tells it in messages of whole lines."""

    def __init__(self, tell, masker):
        self.tell = tell
        self.masker = masker
        self.pending = ""
        self.due = None
        self.told = 0

    def say(self, text):
        """A line of the agent's own."""
        self.flush(everything=True)
        self._send(self.masker.clean(text) + "\n")

    def add(self, text):
        self.pending += text.replace("\x00", "").replace("\r\n", "\n")
        due = time.monotonic() + (LATENCY if "\n" in self.pending else PARTIAL)
        self.due = due if self.due is None else min(self.due, due)
        if len(self.pending) >= MESSAGE:
            self.flush()

    def flush(self, everything=False):
        """Tells all whole lines; where there is none, of the line without an end what can't begin a secret."""
        text = self.pending
        end = text.rfind("\n") + 1 or len(text) - self.masker.held_back(text)
        end = len(text) if everything else end
        ready, self.pending = text[:end], text[end:]
        self.due = time.monotonic() + PARTIAL if self.pending else None
        # A progress bar writes over its line again and again: its last state is enough.
        ready = re.sub(r"[^\n]*\r(?=[^\n\r])", "", self.masker.clean(ready))
        for start in range(0, len(ready), MESSAGE):
            self._send(ready[start : start + MESSAGE])

    def _send(self, text):
        if self.told > MOST_OUTPUT:
            return
        self.told += len(text)
        if self.told > MOST_OUTPUT:
            text = text[:1000] + "\n(The step prints too much; the rest is left out.)\n"
        self.tell(text)


def parse_outputs(text):
    """`name=value` lines, and `name<<MARK` with lines until MARK, as a dictionary. Other lines are ignored."""
    values, lines = {}, iter(text.replace("\x00", "").splitlines())
    for line in lines:
        several = re.match(r"^([A-Za-z_][A-Za-z0-9_]*)<<(\S+)$", line)
        if several:
            body = []
            for inner in lines:
                if inner == several.group(2):
                    break
                body.append(inner)
            values[several.group(1)] = "\n".join(body)
            continue
        one = re.match(r"^([A-Za-z_][A-Za-z0-9_]*)=(.*)$", line)
        if one:
            values[one.group(1)] = one.group(2)
    return values


def environment(step, config, directory, folder, outputs):
    """The environment of a step: the machine's, then the step's own."""
    base = {"PATH": PATH, **web.read_environment()}
    base.update(HOME="/root", LANG="C.UTF-8", USER="root", LOGNAME="root", SHELL="/bin/bash")
    base.update(step["env"])
    base.update(
        TRANSAT_OUTPUTS=outputs,
        TRANSAT_FILES=folder,
        REGISTRY_MIRROR=config.get("registryMirror") or "",
        BASH_ENV=os.path.join(directory, "functions.sh"),
    )
    return base


def run_step(step, config, directory, tell, is_called_off=lambda: False):
    """
    One attempt. `tell` is given text to show; `is_called_off` says whether it is to end before its time. Returns the exit code
    (0 done, 124 out of time, 130 called off) and the outputs. The deadline covers downloads and script together.
    """
    until = time.monotonic() + step["timeoutSeconds"]
    secrets = [step["env"][name] for name in step.get("secretEnv", []) if step["env"].get(name)]
    output = Output(tell, Masker(secrets))
    name = re.sub(r"[^A-Za-z0-9._-]", "_", step["name"])
    work = os.path.join(directory, "steps", name)
    files = os.path.join(work, "files")
    os.makedirs(files, exist_ok=True)
    script, outputs = os.path.join(work, "script.sh"), os.path.join(work, "outputs")
    with open(script, "w", encoding="utf-8") as file:
        file.write(step["script"])
    open(outputs, "w", encoding="utf-8").close()
    try:
        downloads.fetch_all(step["downloads"], files, config.get("mirror"), output.say, until)
    except downloads.DownloadError as error:
        output.say(f"A download failed: {error}")
        return DOWNLOAD_FAILED, {}
    code = _run(["bash", script], environment(step, config, directory, files, outputs), output, until, is_called_off)
    if code == TIMED_OUT:
        output.say(f"The step did not end within its {step['timeoutSeconds']:g} seconds and was stopped.")
    if code == CALLED_OFF and is_called_off():
        output.say("Another run of this machine's steps was asked for, which takes the place of this one.")
    if code:
        return code, {}
    with open(outputs, encoding="utf-8", errors="replace") as file:
        values = parse_outputs(file.read(2 * MOST_OUTPUTS))
    if sum(map(len, values.values())) > MOST_OUTPUTS:
        output.say(f"The step's results have more than {MOST_OUTPUTS} characters; they can't be kept.")
        return 1, {}
    large = [name for name, value in values.items() if len(value) > MOST_OUTPUT_VALUE]
    if large:
        output.say(f"These results have more than {MOST_OUTPUT_VALUE} characters each; they can't be kept: {', '.join(large)}")
        return 1, {}
    return 0, values


def _run(command, env, output, until, is_called_off):
    # A session of its own, so that the deadline ends all that the script started.
    process = subprocess.Popen(
        command, env=env, cwd="/root" if os.access("/root", os.X_OK) else "/", stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    cut = _follow(process, output, until, is_called_off)
    if cut:
        _end(process)
    code = process.wait()
    output.flush(everything=True)
    if cut:
        return cut
    return code if code >= 0 else 128 - code


def _follow(process, output, until, is_called_off):
    """Passes on what the process prints until it ends. Returns why it is to be ended before, as an exit code; None: it has ended."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    descriptor = process.stdout.fileno()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        ended_at = None
        while True:
            now = time.monotonic()
            if ended_at is None and process.poll() is not None:
                ended_at = now
            # A service that the script left behind may hold the pipe open; it is not waited for.
            if ended_at is not None and now - ended_at > 1:
                return None
            if ended_at is None and now > until:
                return TIMED_OUT
            if ended_at is None and is_called_off():
                return CALLED_OFF
            if output.due is not None and now >= output.due:
                output.flush()
            if selector.select(0.1):
                block = os.read(descriptor, 65536)
                if not block:
                    break
                output.add(decoder.decode(block))
    while process.poll() is None:
        if time.monotonic() > until:
            return TIMED_OUT
        if is_called_off():
            return CALLED_OFF
        time.sleep(0.05)
    return None


def _end(process):
    for kind, seconds in ((signal.SIGTERM, GRACE), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, kind)
        except ProcessLookupError:
            return
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            process.poll()
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.05)

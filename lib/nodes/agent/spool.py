"""What the agent has to say, kept on disk: one JSON message a line; line N has `seq` N."""

import json
import os
import threading
from datetime import datetime, timezone


class Spool:
    """Appends messages and reads them again from any `seq`. Safe between threads; survives a loss of power at any byte."""

    def __init__(self, path):
        self.path = path
        self.changed = threading.Condition()
        self.offsets = [0]  # offsets[n]: where line n + 1 begins
        self.file = open(path, "ab+")  # noqa: SIM115  # it is open as long as the agent lives
        self._repair()

    @property
    def last(self):
        return len(self.offsets) - 1

    def _repair(self):
        # A line that was being written when the power went is cut off: its message is told again by whoever resumes.
        self.file.seek(0)
        for line in self.file:
            if not line.endswith(b"\n"):
                break
            try:
                json.loads(line)
            except ValueError:
                break
            self.offsets.append(self.offsets[-1] + len(line))
        self.file.truncate(self.offsets[-1])

    def add(self, kind, **fields):
        with self.changed:
            now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            message = {"seq": self.last + 1, "at": now, "type": kind, **fields}
            line = json.dumps(message, separators=(",", ":")).encode() + b"\n"
            self.file.write(line)
            self.file.flush()
            os.fsync(self.file.fileno())
            self.offsets.append(self.offsets[-1] + len(line))
            self.changed.notify_all()

    def lines_after(self, seq, most_bytes, most=500):
        """The lines that follow `seq`, at least one where there is any, and their last `seq`."""
        with self.changed:
            last = min(self.last, seq + most)
            while last > seq + 1 and self.offsets[last] - self.offsets[seq] > most_bytes:
                last -= 1
            if last <= seq:
                return [], seq
            with open(self.path, "rb") as file:
                file.seek(self.offsets[seq])
                return file.read(self.offsets[last] - self.offsets[seq]).splitlines(), last

    def wait_beyond(self, seq, seconds):
        """Waits until there is a message after `seq`, for `seconds` at most."""
        with self.changed:
            self.changed.wait_for(lambda: self.last > seq, seconds)

"""Brings the spool's messages to Transat, if it can be reached from here, and hears what is asked."""

import http.client
import json
import random
import sys
import threading
import time
import urllib.error
import urllib.request

import web

MOST_BYTES = 512 * 1024  # of one batch; Transat takes 1 MiB
GATHER = 0.3  # seconds in which messages gather for one batch


class Reporter(threading.Thread):
    """
    Makes the agent known, then posts batches until it ends. `asked` is called with the run that was asked for.
    """

    def __init__(self, callback, admission, identity, spool, asked, beat, pauses=1):
        super().__init__(daemon=True, name="reporter")
        self.callback = callback
        self.admission = admission  # good once
        self.identity = identity
        self.spool = spool
        self.asked = asked
        self.beat = beat  # gives the seconds until the next sign of life
        self.pauses = pauses  # by which other pauses are multiplied

    def run(self):
        self._become_known()
        # An empty batch asks up to where Transat has stored the messages (the agent may have been restarted).
        acknowledged, failures, known = 0, 0, False
        while True:
            lines, last = self.spool.lines_after(acknowledged, MOST_BYTES) if known else ([], 0)
            try:
                answer = self._post(lines)
            except (OSError, http.client.HTTPException, ValueError) as error:
                failures += 1
                pause = self._pause(error, failures)
                print(f"Transat did not take the messages ({error}); next try in {pause:.0f} s.", file=sys.stderr)
                time.sleep(pause)
                continue
            failures = 0
            acknowledged = min(answer["ack"], self.spool.last)
            known = True
            if isinstance(answer.get("run"), dict):
                self.asked(answer["run"])
            if acknowledged >= self.spool.last:
                self.spool.wait_beyond(acknowledged, self._next(answer))
            # Without progress there is no hurry, or a server that stores nothing would be asked without end.
            time.sleep(GATHER if not lines or acknowledged >= last else 5 * self.pauses)

    def _next(self, answer):
        """Seconds until the next sign of life, as Transat wants it; an older one leaves it to the agent."""
        wanted = answer.get("next")
        return min(max(wanted, 1), 300) * self.pauses if isinstance(wanted, (int, float)) else self.beat()

    def _become_known(self):
        # Transat takes the same identity again, so an answer that was lost does no harm.
        failures = 0
        while not self.identity.is_known():
            try:
                with self._open("/identity", json.dumps(self.identity.public).encode(), token=self.admission):
                    self.identity.note_known()
            except (OSError, http.client.HTTPException, ValueError) as error:
                failures += 1
                pause = self._pause(error, failures)
                print(f"Transat did not take this agent in ({error}); next try in {pause:.0f} s.", file=sys.stderr)
                # Transat may come by SSH meanwhile.
                until = time.monotonic() + pause
                while time.monotonic() < until and not self.identity.is_known():
                    time.sleep(0.5)

    def _pause(self, error, failures):
        if isinstance(error, urllib.error.HTTPError) and error.code == 429:
            wait = error.headers.get("Retry-After", "")
            return min(300, int(wait) if wait.isdecimal() else 30) * self.pauses
        # A token that is no longer good, or a node nobody knows: not given up, but not pressed either.
        if isinstance(error, urllib.error.HTTPError) and error.code in (401, 403, 404, 409, 410):
            return 60 * self.pauses
        return min(60, 2 ** min(failures, 6)) * random.uniform(0.5, 1) * self.pauses

    def _post(self, lines):
        body = b'{"messages":[' + b",".join(lines) + b"]}"
        with self._open("", body) as answer:
            value = json.loads(answer.read(1 << 20))
        if not isinstance(value, dict) or not isinstance(value.get("ack"), int) or value["ack"] < 0:
            raise ValueError("the answer has no ack")
        return value

    def _open(self, suffix, body=None, token=None):
        request = urllib.request.Request(self.callback["url"] + suffix, data=body)
        request.add_header("Authorization", f"Bearer {token or self.identity.token}")
        request.add_header("Content-Type", "application/json")
        return web.open_url(request, timeout=30, ca=self.callback.get("ca"), follow=False)

    def bundle(self, known):
        """The steps that can run, or None while there are no more than `known`."""
        try:
            with self._open(f"/bundle?have={max(known, 0)}") as answer:
                value = json.loads(answer.read(16 << 20))
        except (OSError, http.client.HTTPException, ValueError) as error:
            if not (isinstance(error, urllib.error.HTTPError) and error.code in (204, 404, 409)):
                print(f"The steps could not be fetched: {error}", file=sys.stderr)
            return None
        return value if isinstance(value, dict) and isinstance(value.get("steps"), list) else None

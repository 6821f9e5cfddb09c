"""
The agent of a Transat node: readies the machine, runs the recipe's steps in order, and tells how it goes.

It needs Python 3.10 or newer and nothing else. Started by systemd (transat-agent.service) as `python3 <this folder>`; all
it knows is in /var/lib/transat (TRANSAT_DIRECTORY changes that, for tests). It may be killed at any moment: what is done
stays done, and a step that was cut short begins again, as steps are safe to run twice.
"""

import os
import sys
import threading
import time
import traceback

import machine
import steps
import web
from identity import Identity, read_json, write_json
from reporter import Reporter
from spool import Spool

DIRECTORY = os.environ.get("TRANSAT_DIRECTORY", "/var/lib/transat")
PREPARATION = "transat.prepare"
# An attempt that a reboot cut short is not held against the step, but a step that reboots for ever is.
MOST_INTERRUPTIONS = 5
# Tests do not wait: all pauses are multiplied by this.
PAUSES = float(os.environ.get("TRANSAT_PAUSE", "1"))


def path(name):
    return os.path.join(DIRECTORY, name)


class Agent:
    def __init__(self):
        self.config = read_json(path("config.json"))
        if not self.config or self.config.get("version") != 2:
            sys.exit(f"{path('config.json')} is missing or of another version.")
        self.spool = Spool(path("messages.jsonl"))
        # done: names of finished steps; attempts: tries so far by step; running: the step that is or was being tried;
        # run: number of the run that this is, which Transat counts
        self.state = {"done": [], "attempts": {}, "interruptions": {}, "running": None, "finished": None, "run": 0}
        self.state.update(read_json(path("state.json")) or {})
        self.request = None
        self.wake = threading.Event()
        self.reporter = None
        self.identity = Identity(DIRECTORY)
        if self.config.get("callback"):
            admission = self.config.get("admission", "")
            self.reporter = Reporter(self.config["callback"], admission, self.identity, self.spool, self.ask, self.beat, PAUSES)

    def save(self):
        write_json(path("state.json"), self.state)

    def ask(self, run):
        """Steps are to run again: from one on, or only some. While others run it is heeded only if it says that those end for it."""
        if not isinstance(run, dict) or not isinstance(run.get("from"), str):
            return
        number = run.get("number")
        # Asked again since the answer is not there yet. (An older Transat does not count.)
        if isinstance(number, int) and number <= self.state["run"]:
            return
        if self.state["finished"] is not None or (run.get("ends") is True and isinstance(number, int)):
            self.request = run
            self.wake.set()

    def hear_file(self):
        """What was asked for over SSH."""
        asked = read_json(path("run.json"))
        if asked is not None:
            os.unlink(path("run.json"))
            self.ask(asked)

    def is_called_off(self):
        """Whether what runs is to end, since another run was asked for that takes its place."""
        if os.path.exists(path("run.json")):
            self.hear_file()
        return self.state["finished"] is None and self.request is not None

    def beat(self):
        """Seconds between signs of life: sooner while somebody may be about to ask for a retry."""
        return {None: 15, False: 10, True: 60}[self.state["finished"]] * PAUSES

    def run(self):
        if self.spool.last == 0:
            self.spool.add("facts", facts=machine.facts())
        if self.reporter:
            self.reporter.start()
        try:
            self.write_hosts()
        except OSError as error:
            print(f"The names of the other nodes could not be written: {error}", file=sys.stderr)
        self.wait_until_known()
        while True:
            if self.state["finished"] is None:
                self.work()
            self.wait_for_request()

    def wait_until_known(self):
        """Until Transat has stored what this agent is known by, here or over SSH; what it came with is of no use then."""
        while not self.identity.is_known():
            time.sleep(0.5)
        if self.config.pop("admission", None) is not None:
            write_json(path("config.json"), self.config)

    def wait_for_request(self):
        while True:
            self.hear_file()
            run, self.request = self.request, None
            self.wake.clear()
            if run is not None:
                self.rewind(run["from"], run.get("only"), run.get("number"))
                return
            self.wake.wait(1)

    def rewind(self, step, only=None, number=None):
        self.config = read_json(path("config.json")) or self.config
        if self.reporter:
            self.forget_bundle()
        done = self.state["done"]
        before = done[: done.index(step)] if step in done else done
        kept = [name for name in done if name not in only] if isinstance(only, list) else before
        self.state.update(done=kept, attempts={}, interruptions={}, running=None, finished=None)
        if isinstance(number, int):
            self.state["run"] = number
        self.save()

    def work(self):
        """Runs what is not done yet, in order; ends with a `finished` message, unless it is called off."""
        failed = self.attempt_all([{"name": PREPARATION, "attempts": 2, "preparation": True}])
        known = -1
        while not failed:
            bundle = self.wait_for_bundle(known)
            if bundle is None:
                break
            self.learn(bundle.get("peers"))
            failed = self.let_in(bundle.get("firewall")) or self.attempt_all(bundle["steps"])
            if bundle.get("complete", True):
                break
            known = len(bundle["steps"])
        # It is full of secrets, and whoever asks for another run hands it over anew.
        self.forget_bundle()
        if self.is_called_off():
            return
        # What was asked for while steps ran is not kept for later: it is answered by this very run.
        if os.path.exists(path("run.json")):
            os.unlink(path("run.json"))
        self.state["finished"] = failed is None
        self.spool.add("finished", run=self.state["run"], ok=failed is None, **({"step": failed} if failed else {}))
        self.save()

    def wait_for_bundle(self, known):
        """The steps, once there are more than `known` or they are all there; None where another run is to come first."""
        pause = 1
        while not self.is_called_off():
            bundle = read_json(path("bundle.json"))
            if not self.is_news(bundle, known) and self.reporter:
                bundle = self.reporter.bundle(known)
                if bundle is not None:
                    write_json(path("bundle.json"), bundle)
            if self.is_news(bundle, known):
                return bundle
            time.sleep(pause * PAUSES)
            pause = min(pause + 1, 10)
        return None

    def is_news(self, bundle, known):
        return bundle is not None and (bundle.get("complete", True) or len(bundle["steps"]) > known)

    def forget_bundle(self):
        if os.path.exists(path("bundle.json")):
            os.unlink(path("bundle.json"))

    def attempt_all(self, todo):
        """Runs these steps unless they are done. Returns the name of the one that was given up or called off, or None."""
        for step in todo:
            if self.is_called_off():
                return step["name"]
            if step["name"] not in self.state["done"] and not self.attempt(step):
                return step["name"]
        return None

    def attempt(self, step):
        name, state = step["name"], self.state
        if state["running"] == name:
            state["interruptions"][name] = state["interruptions"].get(name, 0) + 1
            self.tell(name, "The machine or its agent was restarted while this step ran; it begins again.\n")
        while True:
            number = state["attempts"].get(name, 0) + 1
            forgiven = min(state["interruptions"].get(name, 0), MOST_INTERRUPTIONS)
            if number > step["attempts"] + forgiven:
                return False
            state["attempts"][name], state["running"] = number, name
            self.save()
            self.spool.add("step-started", run=state["run"], step=name, attempt=number)
            began = time.monotonic()
            code, values = self.execute(step)
            again = code != 0 and not self.is_called_off() and number < step["attempts"] + forgiven
            if values:
                self.spool.add("outputs", run=state["run"], step=name, values=values)
            self.spool.add("step-ended", run=state["run"], step=name, attempt=number, exitCode=code,
                           seconds=round(time.monotonic() - began, 1), again=again)  # fmt: skip
            state["running"] = None
            if code == 0:
                state["done"].append(name)
            self.save()
            if not again:
                return code == 0
            until = time.monotonic() + min(2**number, 30) * PAUSES
            while time.monotonic() < until and not self.is_called_off():
                time.sleep(0.1)

    def execute(self, step):
        name = step["name"]
        try:
            if step.get("preparation"):
                self.prepare()
                return 0, {}
            self.write_hosts()
            return steps.run_step(step, self.config, DIRECTORY, lambda text: self.tell(name, text), self.is_called_off)
        except machine.PreparationError as error:
            self.tell(name, f"{error}\n")
            return 1, {}
        except Exception:  # noqa: BLE001  # whatever else goes wrong with a step must be told, not end the agent
            self.tell(name, f"The agent itself failed in this step:\n{traceback.format_exc(limit=-3)}")
            return 70, {}

    def write_hosts(self):
        # cloud-init may have made the file anew at this boot, also where all steps are long done.
        machine.write_hosts(self.config["peers"], os.environ.get("TRANSAT_HOSTS", "/etc/hosts"))

    def learn(self, peers):
        """Who the other nodes are now: some may have come since this machine was made, and some gone."""
        if not isinstance(peers, dict) or peers == self.config["peers"]:
            return
        self.config["peers"] = peers
        write_json(path("config.json"), self.config)
        try:
            self.write_hosts()
            if self.config.get("proxy"):
                machine.set_proxy(self.config["proxy"], peers)
        except OSError as error:
            print(f"The names of the other nodes could not be written: {error}", file=sys.stderr)

    def let_in(self, rules):
        """Whom the machine's own firewall lets in now: some may have come, and some gone. Returns what failed, or None."""
        before, unsure = self.config["firewall"], self.config.get("unsure", [])
        if not isinstance(rules, list) or (rules == before and not unsure):
            return None
        # It may end half-way: until all is done what stays is open, and whatever else was or is to be may be.
        stays = [rule for rule in before if rule in rules]
        unsure = [rule for rule in unsure if rule not in before + rules] + [rule for rule in before + rules if rule not in stays]
        self.config.update(firewall=stays, unsure=unsure)
        write_json(path("config.json"), self.config)
        try:
            machine.change_firewall(stays, unsure, rules, lambda text: self.tell(PREPARATION, f"{text}\n"))
        except machine.PreparationError as error:
            self.tell(PREPARATION, f"{error}\n")
            return PREPARATION
        self.config.update(firewall=rules, unsure=[])
        write_json(path("config.json"), self.config)
        return None

    def prepare(self):
        config = self.config
        self.put_host_key()
        self.write_hosts()
        if config.get("proxy"):
            machine.set_proxy(config["proxy"], config["peers"])
            os.environ.update(web.read_environment())
        for volume in config["mounts"]:
            machine.mount(volume["serial"], volume["path"], lambda text: self.tell(PREPARATION, f"{text}\n"))
        if config["firewall"]:
            machine.change_firewall([], [], config["firewall"], lambda text: self.tell(PREPARATION, f"{text}\n"))

    def put_host_key(self):
        folder = os.environ.get("TRANSAT_SSH")
        try:
            self.identity.put_host_key(folder or "/etc/ssh", reload=folder is None)
        except OSError as error:
            raise machine.PreparationError(f"The host key that came with the user data could not be replaced: {error}") from error
        self.spool.add("host-key", key=self.identity.public["hostKey"])

    def tell(self, step, text):
        self.spool.add("output", step=step, text=text[: steps.MESSAGE])


if __name__ == "__main__":
    os.umask(0o022)  # what steps make is as the distribution expects it; our folder keeps its secrets by itself
    os.makedirs(DIRECTORY, exist_ok=True)
    os.chmod(DIRECTORY, 0o700)
    os.environ.update(web.read_environment())
    Agent().run()

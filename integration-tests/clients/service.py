"""Starts `./longshore local` as a user would and ends it by its process id."""

import os
import re
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENDPOINT = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+")


class Service:
    """One running service over a data directory; `kill` and `start` may follow each other."""

    def __init__(self, data: Path, *options: str, port: int = 0):
        self.data = data
        self.options = options
        self.port = port
        self.output = data.parent / (data.name + ".log")
        self.process: subprocess.Popen | None = None
        self.endpoint = ""

    def start(self) -> "Service":
        command = [str(ROOT / "longshore"), "local", "--port", str(self.port)]
        command += ["--data", str(self.data), "--runner", "process", *self.options]
        before = self.output.stat().st_size if self.output.exists() else 0
        with open(self.output, "ab") as output:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=clean()
            )
        self.endpoint = self._await_endpoint(before)
        return self

    def _await_endpoint(self, before: int) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            found = ENDPOINT.search(self.said()[before:])
            if found and answers(found.group()):
                return found.group()
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.stop()
        raise AssertionError("the service did not start:\n" + self.said()[before:])

    def said(self) -> str:
        return self.output.read_text(errors="replace") if self.output.exists() else ""

    def stop(self) -> None:
        """Ends it as Ctrl-C does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it as a crash does: nothing can be written any more."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def answers(endpoint: str) -> bool:
    request = urllib.request.Request(endpoint + "/v1/describejobqueues", b"{}", method="POST")
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5):
            return True
    except OSError:
        return False


def clean(**more: str) -> dict[str, str]:
    """An environment without credentials, proxies or settings of whoever runs the tests."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "JAVA_HOME", "LONGSHORE_JDK")
    return {name: os.environ[name] for name in kept if name in os.environ} | more


def client_environment(endpoint: str, home: Path, **more: str) -> dict[str, str]:
    """What a user exports to point clients at the service, and nothing else."""
    return clean(
        HOME=str(home),
        AWS_ENDPOINT_URL=endpoint,
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_DEFAULT_REGION="us-east-1",
        AWS_EC2_METADATA_DISABLED="true",
        NO_PROXY="127.0.0.1,localhost",
        **more,
    )

"""moto's S3 server, for clients that keep files in an object store between jobs."""

import contextlib
import re
import subprocess
import time
from pathlib import Path

from service import clean

# It listens before it says so, on a port that it chose itself: nobody else can take it meanwhile.
RUNNING = re.compile(r"Running on (http://127\.0\.0\.1:\d+)$", re.MULTILINE)


@contextlib.contextmanager
def serving(directory: Path, programs: Path):
    """Serves until the end of the block; gives the endpoint."""
    log = directory / "moto.log"
    with open(log, "wb") as output:
        server = subprocess.Popen(
            [programs / "moto_server", "-H", "127.0.0.1", "-p", "0"],
            stdout=output,
            stderr=output,
            env=clean(),
        )
    try:
        end = time.monotonic() + 60
        while not (found := RUNNING.search(log.read_text(errors="replace"))):
            assert server.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.2)
        yield found[1]
    finally:
        server.terminate()
        server.wait()

"""moto's S3 server, for clients that keep files in an object store between jobs."""

import contextlib
import socket
import subprocess
import time
from pathlib import Path

from service import clean


@contextlib.contextmanager
def serving(directory: Path, programs: Path):
    """Serves until the end of the block; gives the endpoint."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open(directory / "moto.log", "wb") as output:
        server = subprocess.Popen(
            [programs / "moto_server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=output,
            stderr=output,
            env=clean(),
        )
    try:
        end = time.monotonic() + 60
        while not _answers(port):
            assert server.poll() is None and time.monotonic() < end
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

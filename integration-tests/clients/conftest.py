"""One service for all tests; each test makes its own names."""

import itertools
import os
import subprocess
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from jobs import Jobs
from service import Service, clean, client_environment

_numbers = itertools.count(1)
ENVIRONMENTS = {
    name: Path(os.environ["LONGSHORE_CLIENTS_" + name.upper()]) / "bin"
    for name in ("tests", "airflow", "prefect", "snakemake")
}


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    running = Service(tmp_path_factory.mktemp("service") / "data").start()
    environment = client_environment(running.endpoint, tmp_path_factory.mktemp("home"))
    os.environ.clear()
    os.environ.update(environment)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def endpoint(service):
    return service.endpoint


@pytest.fixture
def name():
    """A name that no other test uses, for whatever the test creates."""
    return f"t{next(_numbers)}-{os.urandom(3).hex()}"


def client(kind: str, endpoint: str | None = None, region: str = "us-east-1", **config):
    """A boto3 client, pointed by the environment unless an endpoint is given."""
    settings = Config(retries={"max_attempts": 1}, **config)
    return boto3.client(kind, region_name=region, endpoint_url=endpoint, config=settings)


@pytest.fixture(scope="session")
def batch(endpoint):
    return client("batch")


@pytest.fixture(scope="session")
def logs(endpoint):
    return client("logs")


@pytest.fixture
def jobs(batch, logs):
    return Jobs(batch, logs)


@pytest.fixture
def run(endpoint, tmp_path):
    """Runs a client's own command in an environment that points only by AWS_ENDPOINT_URL."""
    return Runner(endpoint, tmp_path)


class Runner:
    def __init__(self, endpoint: str, directory: Path):
        self.environment = client_environment(endpoint, directory)
        self.directory = directory

    def __call__(self, client_name: str, *command: str, expect: int = 0, **environment: str):
        """Runs a command of a client's environment."""
        program = str(ENVIRONMENTS[client_name] / command[0])
        return self._run([program, *command[1:]], expect, self.environment | environment)

    def shell(self, client_name: str, text: str):
        """Runs lines of a shell that finds the client on its PATH, and sets nothing itself."""
        path = f"{ENVIRONMENTS[client_name]}:{os.environ['PATH']}"
        return self._run(["bash", "-ec", text], 0, clean(PATH=path, HOME=str(self.directory)))

    def _run(self, command: list[str], expect: int, environment: dict[str, str]):
        done = subprocess.run(
            command,
            cwd=self.directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=110,
        )
        assert done.returncode == expect, f"{command}\n{done.stdout}\n{done.stderr}"
        return done

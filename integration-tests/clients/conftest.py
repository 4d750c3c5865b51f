"""One service for all tests; each test makes its own names."""

import itertools
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from jobs import Jobs
from object_store import serving
from service import Service, clean, client_environment
from terraform import MISSING, Terraform

_numbers = itertools.count(1)
ENVIRONMENTS = {
    name: Path(os.environ["LONGSHORE_CLIENTS_" + name.upper()]) / "bin"
    for name in ("tests", "airflow", "metaflow", "miniwdl", "prefect", "redun", "snakemake", "toil")
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


@pytest.fixture(scope="session")
def object_store(service, tmp_path_factory):
    """The endpoint of an S3 server, for clients that keep their data in one."""
    with serving(tmp_path_factory.mktemp("moto"), ENVIRONMENTS["tests"]) as endpoint:
        yield endpoint


@pytest.fixture
def bucket(object_store, name):
    """The S3 client of a bucket with the test's name."""
    s3 = client("s3", object_store)
    s3.create_bucket(Bucket=name)
    return s3


@pytest.fixture(scope="session")
def terraform_steps(service, tmp_path_factory):
    """Terraform's steps, which run beside the other tests: most of their time is waiting."""
    terraform = Terraform(tmp_path_factory.mktemp("terraform"))
    executor = ThreadPoolExecutor(1)
    yield terraform.begin(executor)
    executor.shutdown(cancel_futures=True)
    terraform.stop()


@pytest.fixture(scope="session", autouse=True)
def _begin_early(request):
    if not MISSING and any("terraform_steps" in one.fixturenames for one in request.session.items):
        request.getfixturevalue("terraform_steps")


@pytest.fixture
def run(endpoint, tmp_path):
    """Runs a client's own command in an environment that points only by AWS_ENDPOINT_URL."""
    return Runner(endpoint, tmp_path)


class Runner:
    def __init__(self, endpoint: str, directory: Path):
        self.environment = client_environment(endpoint, directory)
        self.directory = directory

    def __call__(
        self, client_name: str, *command: str, expect: int = 0, seconds: float = 110, **more: str
    ):
        """Runs a command of a client's environment; its programs are on the PATH."""
        folder = ENVIRONMENTS[client_name]
        environment = self.environment | {"PATH": path_with(client_name)} | more
        return self._run([str(folder / command[0]), *command[1:]], expect, environment, seconds)

    def program(self, *command: str, seconds: float = 110, **more: str):
        """Runs a command of this machine."""
        return self._run([*command], 0, self.environment | more, seconds)

    def shell(self, client_name: str, text: str):
        """Runs lines of a shell that finds the client on its PATH, and sets nothing itself."""
        environment = clean(PATH=path_with(client_name), HOME=str(self.directory))
        return self._run(["bash", "-ec", text], 0, environment, 110)

    def _run(self, command: list[str], expect: int, environment: dict[str, str], seconds: float):
        done = subprocess.run(
            command,
            cwd=self.directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        assert done.returncode == expect, f"{command}\n{done.stdout}\n{done.stderr}"
        return done


def path_with(client_name: str) -> str:
    """A PATH that finds a client's programs first, as a container image of it would have."""
    return f"{ENVIRONMENTS[client_name]}:{os.environ['PATH']}"

"""Terraform and its AWS provider: in no package registry, so used where they are installed."""

import json
import os
import shutil
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import boto3

from jobs import Jobs
from service import Service, clean

FILES = Path(__file__).parent / "programs" / "terraform"
USUAL_PLACES = (
    "/usr/local/share/terraform/plugins",
    "~/.terraform.d/plugins",
    "/opt/tf-plugins",
)


def mirror() -> Path | None:
    """The folder that holds the AWS provider, laid out as Terraform's filesystem mirrors are."""
    named = os.environ.get("LONGSHORE_TERRAFORM_PLUGINS")
    for place in [named] if named else USUAL_PLACES:
        folder = Path(place).expanduser()
        if any(folder.glob("*/hashicorp/aws/*")):
            return folder
    return None


MIRROR = mirror()
MISSING = shutil.which("terraform") is None or MIRROR is None
NAME = "terraformed"
FIRST = {"max_vcpus": "4", "priority": "1", "stage": "first"}
SECOND = {"max_vcpus": "8", "priority": "5", "stage": "second"}


class Terraform:
    """The life of one configuration on a service of its own, a step for each method."""

    def __init__(self, directory: Path):
        self.directory = directory
        self.service = Service(directory / "data")

    def begin(self, executor: ThreadPoolExecutor) -> dict[str, Future]:
        """Asks for all steps, one after the other; answers what each will have found, by name."""
        steps = ("create", "plan", "update", "look", "take_over", "destroy", "left")
        return {name: executor.submit(getattr(self, name)) for name in steps}

    def create(self):
        self.service.start()
        shutil.copy(FILES / "main.tf", self.directory)
        mirrored = f"filesystem_mirror {{\n    path = {json.dumps(str(MIRROR))}\n  }}"
        (self.directory / "terraform.rc").write_text(
            f"disable_checkpoint = true\nprovider_installation {{\n  {mirrored}\n}}\n"
        )
        self._run("init", "-input=false", variables=FIRST)
        return self._changes("apply", "-auto-approve", variables=FIRST)

    def plan(self):
        return self._changes("plan", variables=FIRST)

    def update(self):
        return self._changes("apply", "-auto-approve", variables=SECOND)

    def look(self) -> dict:
        """What the service has now, and what a job on it did."""
        batch = self._client("batch")
        jobs = Jobs(batch, self._client("logs"))
        submitted = batch.submit_job(
            jobName=NAME, jobQueue=NAME, jobDefinition=NAME, shareIdentifier="A1"
        )
        job = jobs.wait(submitted["jobId"])
        environments = batch.describe_compute_environments(computeEnvironments=[NAME])
        definitions = batch.describe_job_definitions(jobDefinitionName=NAME)
        return {
            "queues": batch.describe_job_queues(jobQueues=[NAME])["jobQueues"],
            "environments": environments["computeEnvironments"],
            "definitions": definitions["jobDefinitions"],
            "job": job,
            "lines": jobs.lines(job),
        }

    def take_over(self):
        """Forgets everything, and imports it by its names."""
        (self.directory / "terraform.tfstate").unlink()
        for name in ("imports.tf", "imports_override.tf"):
            shutil.copy(FILES / f"{name}.later", self.directory / name)
        return self._changes("apply", "-auto-approve", variables=SECOND)

    def destroy(self):
        return self._changes("destroy", "-auto-approve", variables=SECOND)

    def left(self) -> list:
        """What is still there but what every new service has."""
        batch = self._client("batch")
        queues = batch.describe_job_queues()["jobQueues"]
        environments = batch.describe_compute_environments()["computeEnvironments"]
        policies = batch.list_scheduling_policies()["schedulingPolicies"]
        names = [queue["jobQueueName"] for queue in queues]
        names += [environment["computeEnvironmentName"] for environment in environments]
        return [name for name in names if name != "default"] + policies

    def stop(self):
        self.service.stop()

    def _client(self, kind: str):
        return boto3.client(kind, region_name="us-east-1", endpoint_url=self.service.endpoint)

    def _changes(self, *command: str, variables: dict[str, str]) -> dict:
        """Runs a command; answers the counts of what it planned or did."""
        said = self._run(*command, "-input=false", "-json", variables=variables)
        messages = [json.loads(line) for line in said.splitlines()]
        found = [one["changes"] for one in messages if one["type"] == "change_summary"]
        counts = ("import", "add", "change", "remove")
        return {name: found[-1][name] for name in counts if found[-1][name]}

    def _run(self, *command: str, variables: dict[str, str]) -> str:
        given = variables | {"endpoint": self.service.endpoint, "name": NAME}
        environment = clean(
            TF_CLI_CONFIG_FILE=str(self.directory / "terraform.rc"),
            AWS_EC2_METADATA_DISABLED="true",
            NO_PROXY="127.0.0.1,localhost",
            **{f"TF_VAR_{key}": value for key, value in given.items()},
        )
        done = subprocess.run(
            ["terraform", *command],
            cwd=self.directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=360,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

"""Creates compute environments and queues as a user does, and takes them away again."""

import time


def create_environment(batch, name: str, **resources) -> str:
    """A managed environment that is VALID; answers its ARN."""
    answer = batch.create_compute_environment(
        computeEnvironmentName=name,
        type="MANAGED",
        computeResources={
            "type": "EC2",
            "minvCpus": 0,
            "maxvCpus": 4,
            "instanceTypes": ["optimal"],
            "subnets": ["subnet-1"],
            "securityGroupIds": ["sg-1"],
            "instanceRole": "ecsInstanceRole",
        }
        | resources,
    )
    wait_valid(batch, name)
    return answer["computeEnvironmentArn"]


def create_queue(batch, name: str, environment: str | None = None, **more) -> str:
    """A queue that is VALID, on the environment of its own name by default; answers its ARN."""
    answer = batch.create_job_queue(
        jobQueueName=name,
        computeEnvironmentOrder=[{"order": 1, "computeEnvironment": environment or name}],
        **{"priority": 1, **more},
    )
    until(lambda: _statuses(batch.describe_job_queues(jobQueues=[name])) == ["VALID"])
    return answer["jobQueueArn"]


def wait_valid(batch, name: str) -> None:
    until(lambda: _environment(batch, name) == ["VALID"])


def delete_all(batch, name: str) -> None:
    """Deletes the queue and the environment of this name, as documented: disabled first."""
    until(lambda: _statuses(batch.describe_job_queues(jobQueues=[name])) == ["VALID"])
    batch.update_job_queue(jobQueue=name, state="DISABLED")
    until(lambda: _statuses(batch.describe_job_queues(jobQueues=[name])) == ["VALID"])
    batch.delete_job_queue(jobQueue=name)
    until(lambda: _gone(_statuses(batch.describe_job_queues(jobQueues=[name]))))
    batch.update_compute_environment(computeEnvironment=name, state="DISABLED")
    wait_valid(batch, name)
    batch.delete_compute_environment(computeEnvironment=name)
    until(lambda: _gone(_environment(batch, name)))


def until(holds, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def _environment(batch, name: str) -> list[str]:
    return _statuses(batch.describe_compute_environments(computeEnvironments=[name]))


def _statuses(answer: dict) -> list[str]:
    (found,) = (answer[key] for key in ("jobQueues", "computeEnvironments") if key in answer)
    return [one["status"] for one in found]


def _gone(statuses: list[str]) -> bool:
    return statuses in ([], ["DELETED"])

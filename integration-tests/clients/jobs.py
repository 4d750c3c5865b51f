"""Submits jobs with boto3 and watches them."""

import time

from botocore.client import BaseClient

ENDED = ("SUCCEEDED", "FAILED")
STATES = ("SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", *ENDED)


def until_there(file) -> str:
    """A script that ends once there is such a file: a job that runs for as long as a test needs."""
    return f"while [ ! -e '{file}' ]; do sleep 0.1; done"


class Jobs:
    def __init__(self, batch: BaseClient, logs: BaseClient):
        self.batch = batch
        self.logs = logs

    def submit(self, name: str, script: str, queue: str = "default", **more) -> str:
        """A job that runs this shell script; answers its id."""
        overrides = {"command": ["sh", "-c", script]} | more.pop("containerOverrides", {})
        arguments = {"jobDefinition": "default", "containerOverrides": overrides} | more
        return self.batch.submit_job(jobName=name, jobQueue=queue, **arguments)["jobId"]

    def get(self, job_id: str) -> dict:
        (job,) = self.batch.describe_jobs(jobs=[job_id])["jobs"]
        return job

    def wait(self, job_id: str, *states: str, seconds: float = 60) -> dict:
        """The job once it is in one of these states, or has ended."""
        end = time.monotonic() + seconds
        while True:
            job = self.get(job_id)
            if job["status"] in (states or ENDED):
                return job
            shown = {key: job.get(key) for key in ("jobName", "status", "statusReason", "attempts")}
            assert job["status"] not in ENDED, f"ended instead: {shown}"
            assert time.monotonic() < end, f"still waiting: {shown}"
            time.sleep(0.1)

    def ended(self, *ids: str, seconds: float = 60) -> list[dict]:
        """All of these jobs once they have ended."""
        end = time.monotonic() + seconds
        return [self.wait(job_id, seconds=max(1.0, end - time.monotonic())) for job_id in ids]

    def lines(self, job: dict) -> list[str]:
        """What an ended job wrote."""
        stream = job["container"]["logStreamName"]
        answer = self.logs.get_log_events(
            logGroupName="/aws/batch/job", logStreamName=stream, startFromHead=True
        )
        return [event["message"] for event in answer["events"]]

"""A service that is killed and started again over its data: nothing is lost, nothing runs twice."""

import json
import os
import re
import signal
import time
from pathlib import Path

import pytest

from catalog import create_environment, create_queue
from conftest import client
from jobs import Jobs
from service import Service

# Holds a lock while it runs, in its process and in all that it starts, and writes what happens.
SCRIPT = """
exec 9> "$DIR/$AWS_BATCH_JOB_ID.lock"
flock -n 9 || echo "twice" >> "$DIR/$AWS_BATCH_JOB_ID.events"
echo "start $AWS_BATCH_JOB_ATTEMPT" >> "$DIR/$AWS_BATCH_JOB_ID.events"
sleep $SECONDS_TO_RUN
while [ -n "$UNTIL" ] && [ ! -e "$UNTIL" ]; do sleep 0.1; done
echo "end $AWS_BATCH_JOB_ATTEMPT" >> "$DIR/$AWS_BATCH_JOB_ID.events"
"""


class Restarted:
    """A service, its jobs and the events that they wrote themselves."""

    def __init__(self, directory: Path, *options: str):
        self.events = directory / "events"
        self.events.mkdir()
        self.service = Service(directory / "data", *options).start()
        self.connect()

    def connect(self):
        self.batch = client("batch", self.service.endpoint)
        self.jobs = Jobs(self.batch, client("logs", self.service.endpoint))

    def restart(self, pause: float = 0.5):
        self.service.kill()
        time.sleep(pause)
        self.service.start()
        self.connect()

    def submit(self, name, seconds, queue="default", until="", **more):
        """A job that runs so long, and until there is this file."""
        variables = {
            "DIR": str(self.events), "SECONDS_TO_RUN": str(seconds), "UNTIL": str(until)
        }
        environment = [{"name": key, "value": value} for key, value in variables.items()]
        overrides = {"environment": environment}
        return self.jobs.submit(name, SCRIPT, queue=queue, containerOverrides=overrides, **more)

    def written(self, job_id) -> list[str]:
        file = self.events / f"{job_id}.events"
        return file.read_text().split("\n")[:-1] if file.exists() else []

    def assert_never_twice(self):
        for file in self.events.glob("*.events"):
            lines = file.read_text().split("\n")[:-1]
            assert "twice" not in lines, (file.name, lines)
            assert len(lines) == len(set(lines)), (file.name, lines)


@pytest.fixture
def world(service, tmp_path):
    world = Restarted(tmp_path)
    yield world
    world.service.stop()


@pytest.mark.slow
def test_running_jobs_are_found_again_and_waiting_ones_go_on(world, name, tmp_path):
    go = tmp_path / "go"
    create_environment(world.batch, name, maxvCpus=2)
    create_queue(world.batch, name)
    running = [world.submit(f"{name}-{number}", 0, queue=name, until=go) for number in range(2)]
    for job_id in running:
        world.jobs.wait(job_id, "RUNNING")
    waiting = [world.submit(f"{name}-w{number}", 0.1, queue=name) for number in range(4)]
    array = world.submit(name + "-a", 0.1, queue=name, arrayProperties={"size": 6})
    last = world.submit(
        name + "-l", 0.1, queue=name, dependsOn=[{"jobId": running[0]}, {"jobId": array}]
    )

    world.restart()
    assert world.jobs.get(last)["status"] in ("SUBMITTED", "PENDING")
    go.touch()
    for job in world.jobs.ended(*running, seconds=30):
        if job["status"] == "SUCCEEDED":
            assert world.written(job["jobId"]) == ["start 1", "end 1"]
        else:
            assert re.match(r"Host EC2 \(instance .*\) terminated\.", job["statusReason"])
    ended = world.jobs.ended(*waiting, array, last)
    assert {job["status"] for job in ended[:-1]} == {"SUCCEEDED"}
    children = [f"{array}:{index}" for index in range(6)]
    for job_id in waiting + children:
        assert world.written(job_id) == ["start 1", "end 1"]
    world.assert_never_twice()


@pytest.mark.slow
def test_a_job_that_died_with_the_service_is_repeated_as_after_a_lost_host(world, name):
    job_id = world.submit(name, 30, retryStrategy={"attempts": 2})
    world.jobs.wait(job_id, "RUNNING")
    world.service.kill()
    end_processes_of(job_id)
    world.service.start()
    world.connect()
    end = time.monotonic() + 40
    while "start 2" not in world.written(job_id):
        assert time.monotonic() < end, world.jobs.get(job_id)
        time.sleep(0.1)
    (first,) = world.jobs.wait(job_id, "RUNNING")["attempts"]
    assert re.match(r"Host EC2 \(instance .*\) terminated\.", first["statusReason"])
    world.batch.terminate_job(jobId=job_id, reason="seen enough")
    assert world.jobs.wait(job_id)["status"] == "FAILED"
    world.assert_never_twice()


def end_processes_of(job_id):
    """As a power failure would: the job's processes go, too."""
    needle = f"AWS_BATCH_JOB_ID={job_id}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if needle in (process / "environ").read_bytes().split(b"\0"):
                os.kill(int(process.name), signal.SIGKILL)
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue


@pytest.mark.slow
def test_a_stop_that_was_accepted_before_a_crash_is_carried_out(world, name):
    running = world.submit(name, 60)
    world.jobs.wait(running, "RUNNING")
    world.batch.terminate_job(jobId=running, reason="before the crash")
    world.service.kill()
    world.service.start()
    world.connect()
    job = world.jobs.wait(running)
    assert (job["status"], job["isTerminated"]) == ("FAILED", True)
    assert "end 1" not in world.written(running)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_nothing_is_lost_when_the_service_is_killed_again_and_again(world, name):
    ids = []
    for round_number in range(4):
        ids += [world.submit(f"{name}-{round_number}", 0.3) for _ in range(10)]
        ids.append(world.submit(name, 0.3, arrayProperties={"size": 10}))
        ids.append(world.submit(name, 0.1, dependsOn=[{"jobId": ids[-1]}]))
        time.sleep(0.4 * round_number)
        world.restart(pause=0)
    ended = world.jobs.ended(*ids, seconds=120)
    assert len(ended) == 48
    for job in ended:
        lost = job.get("statusReason", "").startswith(("Host EC2", "Array Child", "Dependent Job"))
        assert job["status"] == "SUCCEEDED" or lost, job
    world.assert_never_twice()


@pytest.mark.slow
def test_what_was_kept_is_there_and_numbers_go_on(world, name):
    create_environment(world.batch, name)
    create_queue(world.batch, name, tags={"kept": "yes"})
    job = world.jobs.wait(world.jobs.submit(name, "echo before the restart"))
    world.service.stop()
    world.service.start()
    world.connect()
    assert world.jobs.get(job["jobId"]) == job
    assert world.jobs.lines(job) == ["before the restart"]
    (queue,) = world.batch.describe_job_queues(jobQueues=[name])["jobQueues"]
    assert queue["tags"] == {"kept": "yes"}
    assert len(world.batch.describe_job_queues()["jobQueues"]) == 2


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_no_event_is_left_out_when_the_service_is_killed_again_and_again(service, tmp_path, name):
    file = tmp_path / "events.jsonl"
    world = Restarted(tmp_path, "--events", str(file))
    try:
        ids = []
        for round_number in range(4):
            ids += [world.submit(f"{name}-{round_number}", 0.2) for _ in range(5)]
            array = world.submit(name, 0.2, arrayProperties={"size": 5})
            ids += [array] + [f"{array}:{index}" for index in range(5)]
            time.sleep(0.3 * round_number)
            world.restart(pause=0)
        world.jobs.ended(*ids, seconds=120)
        end = time.monotonic() + 60
        while missing := [job_id for job_id in ids if not ends(events_of(file, job_id))]:
            assert time.monotonic() < end, missing
            time.sleep(0.1)
        for job_id in ids:
            assert_chain(events_of(file, job_id))
    finally:
        world.service.stop()


def events_of(file, job_id):
    """In the order of the file; of repetitions the first. A line may be cut off by the crash."""
    events = {}
    for line in file.read_text().split("\n"):
        if f'"jobId":"{job_id}"' in line and line.endswith("}}"):
            event = json.loads(line)
            events.setdefault(event["id"], event["detail"])
    return list(events.values())


def ends(details):
    return bool(details) and details[-1]["status"] in ("SUCCEEDED", "FAILED")


def assert_chain(details):
    sequences = [detail["longshore"]["sequence"] for detail in details]
    assert sequences == sorted(sequences), details
    status = "SUBMITTED"
    for detail in details:
        assert detail["longshore"]["previousStatus"] == status, details
        status = detail["status"]

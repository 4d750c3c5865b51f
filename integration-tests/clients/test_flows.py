"""What Nextflow and Airflow do with the API, call by call: neither's own program is needed here."""

import time

from catalog import until
from conftest import client
from jobs import ENDED, STATES

KILLED = "Job killed by NF"
RETRIES = {
    "attempts": 5,
    "evaluateOnExit": [
        {"action": "RETRY", "onStatusReason": "Host EC2*"},
        {"action": "EXIT", "onReason": "*"},
    ],
}


class Nextflow:
    """The calls of nextflow's AwsBatchTaskHandler."""

    def __init__(self, batch, name):
        self.batch = batch
        self.name = "nf-" + name
        self.registered = 0

    def definition(self, token):
        """Its definition with this token; registers one if there is none."""
        pages = self.batch.get_paginator("describe_job_definitions")
        for page in pages.paginate(jobDefinitionName=self.name):
            for one in page["jobDefinitions"]:
                if one["status"] == "ACTIVE" and one["parameters"].get("nf-token") == token:
                    return f"{one['jobDefinitionName']}:{one['revision']}"
        self.registered += 1
        answer = self.batch.register_job_definition(
            jobDefinitionName=self.name,
            type="container",
            containerProperties={
                "image": "ubuntu",
                "command": ["true"],
                "resourceRequirements": needs(1, 1024),
            },
            parameters={"nf-token": token},
            tags={"nextflow.io/version": "25.10.0"},
        )
        return f"{answer['jobDefinitionName']}:{answer['revision']}"

    def submit(self, definition, script, **more):
        answer = self.batch.submit_job(
            jobName=f"{self.name}_task",
            jobQueue="default",
            jobDefinition=definition,
            containerOverrides={
                "command": ["bash", "-o", "pipefail", "-c", script],
                "environment": [{"name": "NXF_TASK", "value": "1"}],
                "resourceRequirements": needs(1, 64),
            },
            retryStrategy=RETRIES,
            timeout={"attemptDurationSeconds": 600},
            tags={"nextflow.io/runName": self.name},
            propagateTags=True,
            **more,
        )
        return answer["jobId"]

    def poll(self, ids, seconds=90):
        """All of these once they have ended, asked for by a hundred."""
        ended, end = {}, time.monotonic() + seconds
        while missing := [one for one in ids if one not in ended]:
            assert time.monotonic() < end, f"{len(missing)} of {len(ids)} have not ended"
            for hundred in chunks(missing, 100):
                for job in self.batch.describe_jobs(jobs=hundred)["jobs"]:
                    if job["status"] in ENDED:
                        ended[job["jobId"]] = job
            time.sleep(0.2)
        return [ended[one] for one in ids]


def needs(vcpus, memory):
    return [
        {"type": "VCPU", "value": str(vcpus)},
        {"type": "MEMORY", "value": str(memory)},
    ]


def chunks(items, size):
    return [items[start : start + size] for start in range(0, len(items), size)]


def test_checklist_23_nextflow_finds_its_definition_by_the_token_and_registers_once(batch, name):
    nextflow = Nextflow(batch, name)
    first = nextflow.definition("token-1")
    assert nextflow.definition("token-1") == first == f"nf-{name}:1"
    assert nextflow.definition("token-2") == f"nf-{name}:2"
    assert nextflow.registered == 2
    batch.deregister_job_definition(jobDefinition=first)
    assert nextflow.definition("token-1") == f"nf-{name}:3"


def test_checklist_23_nextflow_polls_many_jobs_by_the_hundred(batch, logs, name):
    nextflow = Nextflow(batch, name)
    definition = nextflow.definition("token")
    ids = [nextflow.submit(definition, f"echo $NXF_TASK {one}") for one in range(120)]
    failing = nextflow.submit(definition, "exit 3")
    *ended, failed = nextflow.poll([*ids, failing])
    assert {job["status"] for job in ended} == {"SUCCEEDED"}
    assert (failed["status"], failed["container"]["exitCode"]) == ("FAILED", 3)
    assert len(failed["attempts"]) == 1, "only a lost host is worth another attempt"
    assert failed["tags"]["nextflow.io/runName"] == f"nf-{name}"
    stream = ended[119]["container"]["logStreamName"]
    events = logs.get_log_events(logGroupName="/aws/batch/job", logStreamName=stream)["events"]
    assert [event["message"] for event in events] == ["1 119"]


def test_checklist_23_nextflow_kills_the_children_of_an_array_by_its_parent(batch, jobs, name):
    nextflow = Nextflow(batch, name)
    array = nextflow.submit(nextflow.definition("token"), "sleep 60", arrayProperties={"size": 6})
    children = [f"{array}:{index}" for index in range(6)]
    until(lambda: jobs.get(array)["arrayProperties"].get("statusSummary", {}).get("RUNNING"))
    batch.terminate_job(jobId=array, reason=KILLED)
    _, *ended = nextflow.poll([array, *children])
    assert {(job["status"], job["statusReason"]) for job in ended} == {("FAILED", KILLED)}


def test_checklist_23_nextflow_asks_for_the_type_of_a_jobs_instance_and_lives_without_it(batch, jobs, name):
    job = jobs.wait(jobs.submit(name, "true"))
    (queue,) = batch.describe_job_queues(jobQueues=[job["jobQueue"]])["jobQueues"]
    order = [one["computeEnvironment"] for one in queue["computeEnvironmentOrder"]]
    found = batch.describe_compute_environments(computeEnvironments=order)["computeEnvironments"]
    cluster = found[0]["ecsClusterArn"]
    task = job["container"]["taskArn"]
    assert client("ecs").describe_tasks(cluster=cluster, tasks=[task])["tasks"] == []


def test_checklist_23_airflow_waits_for_running_and_then_for_the_end(batch, jobs, name):
    array = jobs.submit(name, "sleep 1", arrayProperties={"size": 3})
    seen, end = [], time.monotonic() + 60
    while not seen or seen[-1] not in ENDED:
        assert time.monotonic() < end, seen
        job = jobs.get(array)
        if job["status"] not in seen:
            seen.append(job["status"])
        time.sleep(0.05)
    assert seen == sorted(seen, key=STATES.index), "a job never goes back"
    assert seen[-1] == "SUCCEEDED"
    listed = batch.list_jobs(arrayJobId=array, jobStatus="SUCCEEDED")["jobSummaryList"]
    assert sorted(one["arrayProperties"]["index"] for one in listed) == [0, 1, 2]
    for child in batch.describe_jobs(jobs=[one["jobId"] for one in listed])["jobs"]:
        assert child["container"]["logStreamName"] and child["attempts"]

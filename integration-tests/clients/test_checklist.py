"""Lines of docs/checklist.md that no other file proves already."""

import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from botocore.exceptions import ClientError

from catalog import create_environment, create_queue, delete_all, until, wait_valid
from refusals import assert_refused
from wire import Wire

MANY = 2500


@pytest.fixture(scope="module")
def wire(endpoint):
    return Wire(endpoint)


def test_checklist_02_tags_are_found_by_an_arn_however_its_path_is_encoded(batch, wire, name):
    create_environment(batch, name)
    arn = create_queue(batch, name, tags={"team": "a", "a b": "x/y"})
    tags = batch.list_tags_for_resource(resourceArn=arn)["tags"]
    assert tags == {"team": "a", "a b": "x/y"}
    forms = {
        "all of it": quote(arn, safe=""),
        "the slash": arn.replace("/", "%2F"),
        "the slash, in lower case": arn.replace("/", "%2f"),
        "the colons": arn.replace(":", "%3A"),
        "nothing": arn,
    }
    for what, path in forms.items():
        answer = wire.send("GET", "/v1/tags/" + path)
        assert (answer.status, answer.json()) == (200, {"tags": tags}), what
    delete_all(batch, name)


@pytest.fixture
def paused(batch, name):
    """A fair-share queue whose jobs wait, since its environment may have no vCPUs."""
    policy = batch.create_scheduling_policy(name=name, fairsharePolicy={})["arn"]
    create_environment(batch, name, maxvCpus=0)
    create_queue(batch, name, schedulingPolicyArn=policy)
    yield name
    delete_all(batch, name)
    batch.delete_scheduling_policy(arn=policy)


@pytest.mark.slow
def test_checklist_06_listings_of_many_jobs_by_pages_filters_and_states(batch, jobs, paused):
    def submit(number):
        share = {"shareIdentifier": f"s{number % 2}"}
        return jobs.submit(f"Job-{number:04}", "true", queue=paused, **share)

    with ThreadPoolExecutor(8) as several:
        submitted = list(several.map(submit, range(MANY)))

    def pages(**arguments):
        arguments = {"jobQueue": paused} | arguments
        found = list(batch.get_paginator("list_jobs").paginate(**arguments))
        return [[job["jobId"] for job in page["jobSummaryList"]] for page in found]

    def listed(filter_name, *values, **more):
        filters = [{"name": filter_name, "values": list(values)}]
        return [one for page in pages(filters=filters, **more) for one in page]

    whole = pages(jobStatus="RUNNABLE")
    assert [len(page) for page in whole] == [1000, 1000, 500]
    assert sorted(one for page in whole for one in page) == sorted(submitted)
    every = [{"name": "JOB_NAME", "values": ["job-*"]}]
    assert {len(page) for page in pages(filters=every)} == {100}
    small = pages(jobStatus="RUNNABLE", PaginationConfig={"PageSize": 7, "MaxItems": 21})
    assert [len(page) for page in small] == [7, 7, 7]

    assert sorted(listed("JOB_NAME", "jOb-*")) == sorted(submitted)
    assert sorted(listed("JOB_NAME", "job-001*")) == sorted(submitted[10:20])
    assert listed("JOB_NAME", "JOB-0007") == [submitted[7]]
    assert sorted(listed("JOB_DEFINITION", "default")) == sorted(submitted)
    assert sorted(listed("JOB_DEFINITION", "defau*")) == sorted(submitted)
    assert listed("JOB_DEFINITION", "Default") == listed("JOB_DEFINITION", "other") == []
    created = {job: jobs.get(job)["createdAt"] for job in submitted[::500]}
    for job, at in created.items():
        assert job in listed("BEFORE_CREATED_AT", str(at + 1))
        assert job in listed("AFTER_CREATED_AT", str(at - 1))
        assert job not in listed("BEFORE_CREATED_AT", str(at))
        assert job not in listed("AFTER_CREATED_AT", str(at))

    batch.cancel_job(jobId=submitted[7], reason="to have one that is over")
    jobs.wait(submitted[7])
    assert listed("JOB_NAME", "job-0007", jobStatus="RUNNABLE") == [submitted[7]], "no effect"
    waiting = listed("SHARE_IDENTIFIER", "s1", jobStatus="RUNNABLE")
    assert sorted(waiting) == sorted(job for job in submitted[1::2] if job != submitted[7])
    assert listed("SHARE_IDENTIFIER", "s1", jobStatus="FAILED") == [submitted[7]]
    assert sorted(listed("SHARE_IDENTIFIER", "s1")) == sorted(submitted[1::2])


def test_checklist_06_a_listing_has_one_selector_and_shows_what_runs(batch, jobs, name):
    refused = (
        {},
        {"jobQueue": "default", "arrayJobId": "00000000-0000-4000-8000-000000000000"},
        {"jobQueue": "default", "filters": [{"name": "job_name", "values": ["x"]}]},
        {"jobQueue": "default", "filters": [{"name": "JOB_NAME", "values": ["x"]}] * 2},
    )
    for arguments in refused:
        with pytest.raises(batch.exceptions.ClientException):
            batch.list_jobs(**arguments)
    running = jobs.submit(name, "sleep 100")
    ended = jobs.submit(name, "true")
    jobs.wait(running, "RUNNING")
    jobs.wait(ended)
    found = batch.get_paginator("list_jobs").paginate(jobQueue="default")
    statuses = {job["jobId"]: job["status"] for page in found for job in page["jobSummaryList"]}
    assert set(statuses.values()) == {"RUNNING"}
    assert running in statuses and ended not in statuses
    batch.terminate_job(jobId=running, reason="seen")
    jobs.wait(running)


def test_checklist_12_attempts_are_counted_in_the_environment_of_each(jobs, name):
    script = "echo attempt $AWS_BATCH_JOB_ATTEMPT; exit 1"
    attempts = range(1, 11)
    submitted = [jobs.submit(name, script, retryStrategy={"attempts": most}) for most in attempts]
    for most, job in zip(attempts, jobs.ended(*submitted), strict=True):
        assert job["status"] == "FAILED"
        said = [line for attempt in job["attempts"] for line in jobs.lines(attempt)]
        assert said == [f"attempt {number}" for number in range(1, most + 1)]


def test_checklist_12_other_numbers_of_attempts_are_refused(wire):
    for attempts in (0, 11, -1):
        body = {"jobName": "x", "jobQueue": "default", "jobDefinition": "default"}
        answer = wire.post("SubmitJob", body | {"retryStrategy": {"attempts": attempts}})
        assert_refused(answer, text="between 1 and 10")


def test_checklist_19_the_calls_of_terraforms_provider_in_its_order(batch, name):
    """As its acceptance tests make them: each change waits until the resource is VALID again."""
    create_environment(batch, name)
    queue = create_queue(batch, name, state="ENABLED")
    environment = batch.describe_compute_environments(computeEnvironments=[name])
    arn = environment["computeEnvironments"][0]["computeEnvironmentArn"]
    # Change: an update of a managed environment always has maxvCpus; tags have calls of their own.
    batch.update_compute_environment(computeEnvironment=arn, computeResources={"maxvCpus": 8})
    wait_valid(batch, name)
    batch.tag_resource(resourceArn=arn, tags={"stage": "second"})
    order = [{"order": 1, "computeEnvironment": arn}]
    batch.update_job_queue(
        jobQueue=queue, priority=5, state="ENABLED", computeEnvironmentOrder=order
    )
    until(lambda: state_of(batch, name) == ("ENABLED", "VALID"))
    (found,) = batch.describe_job_queues(jobQueues=[queue])["jobQueues"]
    assert (found["priority"], found["computeEnvironmentOrder"]) == (5, order)
    # Replacement: the queue moves to another environment, and the old one goes at once.
    other = create_environment(batch, name + "-2")
    batch.update_job_queue(
        jobQueue=queue, computeEnvironmentOrder=[{"order": 1, "computeEnvironment": other}]
    )
    until(lambda: state_of(batch, name) == ("ENABLED", "VALID"))
    remove_environment(batch, arn, name)
    # Destroy.
    batch.update_job_queue(jobQueue=queue, state="DISABLED")
    until(lambda: state_of(batch, name) == ("DISABLED", "VALID"))
    batch.delete_job_queue(jobQueue=queue)
    until(lambda: state_of(batch, name) in (None, ("DISABLED", "DELETED")))
    remove_environment(batch, other, name + "-2")
    for call, member in (
        (batch.update_job_queue, "jobQueue"),
        (batch.update_compute_environment, "computeEnvironment"),
    ):
        with pytest.raises(ClientError, match="does not exist"):
            call(**{member: name}, state="DISABLED")


def state_of(batch, queue):
    found = batch.describe_job_queues(jobQueues=[queue])["jobQueues"]
    return (found[0]["state"], found[0]["status"]) if found else None


def remove_environment(batch, arn, name):
    batch.update_compute_environment(computeEnvironment=arn, state="DISABLED")
    wait_valid(batch, name)
    batch.delete_compute_environment(computeEnvironment=arn)

    def gone():
        found = batch.describe_compute_environments(computeEnvironments=[arn])
        statuses = [one["status"] for one in found["computeEnvironments"]]
        return statuses in ([], ["DELETED"])

    until(gone)


def test_checklist_24_a_job_that_never_started_has_no_time_of_a_start(batch, wire, jobs, paused):
    job_id = jobs.submit(paused, "true", queue=paused, shareIdentifier="s")

    def shown():
        (job,) = wire.post("DescribeJobs", {"jobs": [job_id]}).json()["jobs"]
        return job

    assert "startedAt" not in shown() and "stoppedAt" not in shown()
    batch.cancel_job(jobId=job_id, reason="before it began")
    until(lambda: shown()["status"] == "FAILED")
    assert "startedAt" not in shown()
    assert shown()["stoppedAt"] <= time.time() * 1000

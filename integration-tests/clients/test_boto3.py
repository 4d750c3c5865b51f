"""boto3 as it comes from the registry, pointed by AWS_ENDPOINT_URL alone."""

import time

import pytest
from botocore.exceptions import ClientError

from catalog import create_environment, create_queue, delete_all, wait_valid
from conftest import client
from jobs import STATES, until_there


def test_catalog_is_created_updated_and_deleted_as_a_user_does_it(batch, name):
    create_environment(batch, name, maxvCpus=4)
    create_queue(batch, name, priority=7)
    (queue,) = batch.describe_job_queues(jobQueues=[name])["jobQueues"]
    assert (queue["state"], queue["status"], queue["priority"]) == ("ENABLED", "VALID", 7)
    assert queue["computeEnvironmentOrder"][0]["computeEnvironment"].endswith("/" + name)

    batch.update_job_queue(jobQueue=name, priority=9)
    batch.update_compute_environment(computeEnvironment=name, computeResources={"maxvCpus": 8})
    wait_valid(batch, name)
    (queue,) = batch.describe_job_queues(jobQueues=[queue["jobQueueArn"]])["jobQueues"]
    found = batch.describe_compute_environments(computeEnvironments=[name])
    assert queue["priority"] == 9
    assert found["computeEnvironments"][0]["computeResources"]["maxvCpus"] == 8

    with pytest.raises(ClientError, match="found existing JobQueue relationship"):
        batch.update_compute_environment(computeEnvironment=name, state="DISABLED")
        wait_valid(batch, name)
        batch.delete_compute_environment(computeEnvironment=name)
    delete_all(batch, name)


def test_definitions_get_revisions_and_are_deregistered(batch, name):
    properties = {
        "image": "busybox",
        "command": ["echo", "Ref::word"],
        "resourceRequirements": [
            {"type": "VCPU", "value": "1"},
            {"type": "MEMORY", "value": "64"},
        ],
    }
    revisions = [
        batch.register_job_definition(
            jobDefinitionName=name,
            type="container",
            containerProperties=properties,
            parameters={"word": word},
            tags={"team": "harbour"},
        )
        for word in ("one", "two")
    ]
    assert [one["revision"] for one in revisions] == [1, 2]
    found = batch.describe_job_definitions(jobDefinitionName=name, status="ACTIVE")
    assert sorted(one["revision"] for one in found["jobDefinitions"]) == [1, 2]
    assert {one["parameters"]["word"] for one in found["jobDefinitions"]} == {"one", "two"}
    for one in revisions:
        batch.deregister_job_definition(jobDefinition=one["jobDefinitionArn"])
    assert not batch.describe_job_definitions(jobDefinitionName=name, status="ACTIVE")[
        "jobDefinitions"
    ]
    with pytest.raises(ClientError, match="does not exist or is not in ACTIVE status"):
        batch.submit_job(jobName=name, jobQueue="default", jobDefinition=name)


def test_a_job_succeeds_and_its_log_is_read(jobs, name):
    job = jobs.wait(jobs.submit(name, "echo hello; echo to stderr >&2"))
    assert job["status"] == "SUCCEEDED"
    assert job["statusReason"] == "Essential container in task exited"
    assert job["container"]["exitCode"] == 0
    assert len(job["attempts"]) == 1
    assert job["createdAt"] <= job["startedAt"] <= job["stoppedAt"]
    assert job["container"]["logStreamName"].startswith("default/default/")
    assert sorted(jobs.lines(job)) == ["hello", "to stderr"]


def test_a_job_that_exits_with_another_code_fails(jobs, name):
    job = jobs.wait(jobs.submit(name, "echo going down; exit 3"))
    assert job["status"] == "FAILED"
    assert job["container"]["exitCode"] == 3
    assert job["attempts"][0]["container"]["exitCode"] == 3
    assert jobs.lines(job) == ["going down"]


def test_a_command_that_does_not_exist_fails_to_start(jobs, name):
    command = {"command": ["/no/such/program"]}
    job = jobs.wait(jobs.submit(name, "", containerOverrides=command))
    assert job["status"] == "FAILED"
    assert job["statusReason"] == "Task failed to start"
    assert job["container"]["reason"].startswith("CannotStartContainerError")
    assert "exitCode" not in job["container"]


def test_a_job_sees_what_batch_and_the_user_put_into_its_environment(jobs, name):
    mine = {"environment": [{"name": "COLOUR", "value": "green"}]}
    job = jobs.wait(jobs.submit(name, "env", containerOverrides=mine))
    seen = dict(line.split("=", 1) for line in jobs.lines(job) if "=" in line)
    assert seen["AWS_BATCH_JOB_ID"] == job["jobId"]
    assert seen["AWS_BATCH_JOB_ATTEMPT"] == "1"
    assert seen["AWS_BATCH_JQ_NAME"] == "default"
    assert seen["AWS_BATCH_CE_NAME"]
    assert seen["AWS_EXECUTION_ENV"] == "AWS_ECS_EC2"
    assert seen["COLOUR"] == "green"
    assert not [key for key in seen if key.startswith(("AWS_ACCESS", "AWS_SECRET"))]
    assert [one["name"] for one in job["container"]["environment"]] == ["COLOUR"]


def test_an_array_runs_each_child_and_sums_them_up(batch, jobs, name):
    script = "echo $AWS_BATCH_JOB_ARRAY_INDEX of $AWS_BATCH_JOB_ARRAY_SIZE"
    parent = jobs.submit(name, script, arrayProperties={"size": 5})
    ended = jobs.wait(parent)
    assert ended["status"] == "SUCCEEDED"
    summary = ended["arrayProperties"]["statusSummary"]
    assert summary == {state: 5 if state == "SUCCEEDED" else 0 for state in STATES}
    children = batch.describe_jobs(jobs=[f"{parent}:{index}" for index in range(5)])["jobs"]
    for index, child in enumerate(children):
        assert child["arrayProperties"]["index"] == index
        assert jobs.lines(child) == [f"{index} of 5"]
    listed = batch.list_jobs(arrayJobId=parent, jobStatus="SUCCEEDED")["jobSummaryList"]
    assert {child["jobId"] for child in listed} == {child["jobId"] for child in children}


def test_an_array_fails_when_a_child_does(jobs, name):
    script = "test $AWS_BATCH_JOB_ARRAY_INDEX -ne 1"
    ended = jobs.wait(jobs.submit(name, script, arrayProperties={"size": 3}))
    assert (ended["status"], ended["statusReason"]) == ("FAILED", "Array Child Job failed")
    assert ended["arrayProperties"]["statusSummary"]["SUCCEEDED"] == 2


def test_a_job_waits_for_the_ones_it_depends_on(jobs, name, tmp_path):
    first = jobs.submit(name + "-1", until_there(tmp_path / "go"))
    array = jobs.submit(name + "-2", "sleep 1", arrayProperties={"size": 2})
    last = jobs.submit(name + "-3", "true", dependsOn=[{"jobId": first}, {"jobId": array}])
    assert jobs.get(last)["status"] in ("SUBMITTED", "PENDING")
    (tmp_path / "go").touch()
    one, two, three = jobs.ended(first, array, last)
    assert [job["status"] for job in (one, two, three)] == ["SUCCEEDED"] * 3
    assert three["startedAt"] >= one["stoppedAt"]
    assert three["startedAt"] >= two["stoppedAt"]


def test_the_failure_of_a_job_fails_all_that_depend_on_it(jobs, name):
    first = jobs.submit(name + "-1", "exit 1")
    second = jobs.submit(name + "-2", "true", dependsOn=[{"jobId": first}])
    third = jobs.submit(name + "-3", "true", dependsOn=[{"jobId": second}])
    for job in jobs.ended(second, third):
        assert (job["status"], job["statusReason"]) == ("FAILED", "Dependent Job failed")
        assert "startedAt" not in job
        assert job["attempts"] == []


def test_a_waiting_job_is_cancelled_and_never_runs(batch, jobs, name, tmp_path):
    first = jobs.submit(name + "-1", "sleep 30")
    waiting = jobs.submit(name + "-2", f"touch {tmp_path}/ran", dependsOn=[{"jobId": first}])
    batch.cancel_job(jobId=waiting, reason="changed my mind")
    job = jobs.wait(waiting)
    assert (job["status"], job["statusReason"]) == ("FAILED", "changed my mind")
    assert job["isCancelled"] is True
    batch.terminate_job(jobId=first, reason="done with it")
    jobs.wait(first)
    assert not (tmp_path / "ran").exists()


def test_cancelling_a_running_job_changes_nothing(batch, jobs, name, tmp_path):
    running = jobs.submit(name, until_there(tmp_path / "go"))
    jobs.wait(running, "RUNNING")
    batch.cancel_job(jobId=running, reason="too late")
    (tmp_path / "go").touch()
    assert jobs.wait(running)["status"] == "SUCCEEDED"


def test_a_running_job_is_terminated_with_all_its_processes(batch, jobs, name, tmp_path):
    script = f"(while true; do date > {tmp_path}/beat; sleep 0.1; done) & wait"
    running = jobs.submit(name, script)
    jobs.wait(running, "RUNNING")
    batch.terminate_job(jobId=running, reason="enough")
    job = jobs.wait(running)
    assert (job["status"], job["statusReason"]) == ("FAILED", "enough")
    assert job["isTerminated"] is True
    (tmp_path / "beat").unlink(missing_ok=True)
    time.sleep(0.5)
    assert not (tmp_path / "beat").exists()


def test_cancel_and_terminate_of_unknown_and_ended_jobs_succeed(batch, jobs, name):
    ended = jobs.wait(jobs.submit(name, "true"))["jobId"]
    for job_id in (ended, "00000000-0000-4000-8000-000000000000"):
        batch.cancel_job(jobId=job_id, reason="no effect")
        batch.terminate_job(jobId=job_id, reason="no effect")
    assert jobs.get(ended)["status"] == "SUCCEEDED"
    assert not jobs.get(ended).get("isTerminated")


def test_a_failed_attempt_is_repeated_and_both_are_shown(jobs, name):
    script = "echo attempt $AWS_BATCH_JOB_ATTEMPT; test $AWS_BATCH_JOB_ATTEMPT -eq 2"
    job = jobs.wait(jobs.submit(name, script, retryStrategy={"attempts": 3}))
    assert job["status"] == "SUCCEEDED"
    assert [one["container"]["exitCode"] for one in job["attempts"]] == [1, 0]
    for number, attempt in enumerate(job["attempts"], 1):
        assert jobs.lines(attempt) == [f"attempt {number}"]


def test_an_exit_code_that_is_not_worth_a_retry_ends_the_job(jobs, name):
    strategy = {
        "attempts": 5,
        "evaluateOnExit": [{"onExitCode": "42", "action": "exit"}],
    }
    job = jobs.wait(jobs.submit(name, "exit 42", retryStrategy=strategy))
    assert (job["status"], len(job["attempts"])) == ("FAILED", 1)


def test_parameters_are_put_into_the_command(batch, jobs, name):
    override = {"command": ["echo", "Ref::greeting", "Ref::whom"]}
    job = jobs.wait(
        jobs.submit(
            name,
            "",
            containerOverrides=override,
            parameters={"greeting": "good morning", "whom": "world"},
        )
    )
    assert jobs.lines(job) == ["good morning world"]
    with pytest.raises(ClientError, match="Unable to substitute value"):
        jobs.submit(name, "", containerOverrides=override)


def test_listings_come_in_pages_and_every_job_once(batch, jobs, name):
    submitted = [jobs.submit(f"{name}-{number}", "true") for number in range(7)]
    jobs.ended(*submitted)
    pages = list(
        batch.get_paginator("list_jobs").paginate(
            jobQueue="default",
            filters=[{"name": "JOB_NAME", "values": [name + "*"]}],
            PaginationConfig={"PageSize": 3},
        )
    )
    found = [job["jobId"] for page in pages for job in page["jobSummaryList"]]
    assert len(pages) >= 3
    assert sorted(found) == sorted(submitted)
    times = [job["createdAt"] for page in pages for job in page["jobSummaryList"]]
    assert times == sorted(times, reverse=True)


def test_checklist_06_listings_by_filter_and_by_state(batch, jobs, name):
    job = jobs.wait(jobs.submit(name, "true"))

    def listed(**arguments):
        answer = batch.list_jobs(jobQueue="default", **arguments)["jobSummaryList"]
        return job["jobId"] in [one["jobId"] for one in answer]

    def by(filter_name, value):
        return listed(filters=[{"name": filter_name, "values": [value]}])

    assert by("JOB_NAME", name.upper()) and not by("JOB_NAME", name[:-1])
    assert by("JOB_DEFINITION", "default") and by("JOB_DEFINITION", job["jobDefinition"])
    assert by("AFTER_CREATED_AT", str(job["createdAt"] - 1))
    assert not by("AFTER_CREATED_AT", str(job["createdAt"]))
    assert not by("BEFORE_CREATED_AT", str(job["createdAt"]))
    assert listed(jobStatus="SUCCEEDED") and not listed(jobStatus="FAILED") and not listed()


def test_checklist_05_describe_jobs_answers_a_hundred_and_leaves_out_the_unknown(batch, jobs, name):
    ids = [jobs.submit(name, "true") for _ in range(3)]
    unknown = [f"00000000-0000-4000-8000-{number:012}" for number in range(97)]
    hundred = ids[::-1] + [jobs.submit(name, "true") for _ in range(97)]
    assert [job["jobId"] for job in batch.describe_jobs(jobs=hundred)["jobs"]] == hundred
    found = batch.describe_jobs(jobs=ids[::-1] + unknown)["jobs"]
    assert [job["jobId"] for job in found] == ids[::-1]
    assert len(batch.describe_jobs(jobs=[ids[0], ids[0]])["jobs"]) == 1
    with pytest.raises(ClientError, match="Maximum number of jobs supported is  100 ."):
        batch.describe_jobs(jobs=ids + unknown + ["one-more"])
    jobs.ended(*hundred)


def test_tags_of_a_queue_are_added_listed_and_removed(batch, name):
    create_environment(batch, name)
    arn = create_queue(batch, name, tags={"kept": "1"})
    batch.tag_resource(resourceArn=arn, tags={"a b": "x/y", "gone": ""})
    expected = {"kept": "1", "a b": "x/y", "gone": ""}
    assert batch.list_tags_for_resource(resourceArn=arn)["tags"] == expected
    batch.untag_resource(resourceArn=arn, tagKeys=["gone", "a b", "never there"])
    assert batch.list_tags_for_resource(resourceArn=arn)["tags"] == {"kept": "1"}
    assert batch.describe_job_queues(jobQueues=[name])["jobQueues"][0]["tags"] == {"kept": "1"}
    delete_all(batch, name)


def test_scheduling_policies_are_kept(batch, name):
    share = {"shareIdentifier": "A*", "weightFactor": 0.5}
    policy = {"shareDecaySeconds": 60, "shareDistribution": [share]}
    arn = batch.create_scheduling_policy(name=name, fairsharePolicy=policy)["arn"]
    (found,) = batch.describe_scheduling_policies(arns=[arn])["schedulingPolicies"]
    assert found["fairsharePolicy"]["shareDistribution"] == [share]
    pages = batch.get_paginator("list_scheduling_policies").paginate()
    assert arn in [one["arn"] for page in pages for one in page["schedulingPolicies"]]
    batch.delete_scheduling_policy(arn=arn)
    assert batch.describe_scheduling_policies(arns=[arn])["schedulingPolicies"] == []


def test_the_region_of_the_signature_decides_the_arns(jobs, name):
    job_id = jobs.submit(name, "true")
    (job,) = client("batch", region="eu-central-1").describe_jobs(jobs=[job_id])["jobs"]
    for member in ("jobArn", "jobQueue", "jobDefinition"):
        assert job[member].startswith("arn:aws:batch:eu-central-1:"), job[member]


def test_a_queue_that_is_deleted_ends_its_jobs(batch, jobs, name):
    create_environment(batch, name)
    create_queue(batch, name)
    running = jobs.submit(name, "sleep 60", queue=name)
    waiting = jobs.submit(name, "true", queue=name, dependsOn=[{"jobId": running}])
    jobs.wait(running, "RUNNING")
    delete_all(batch, name)
    assert {job["status"] for job in jobs.ended(running, waiting)} == {"FAILED"}


def test_a_disabled_queue_takes_no_jobs_and_runs_those_it_has(batch, jobs, name):
    create_environment(batch, name)
    create_queue(batch, name)
    first = jobs.submit(name, "sleep 2", queue=name)
    later = jobs.submit(name, "true", queue=name, dependsOn=[{"jobId": first}])
    batch.update_job_queue(jobQueue=name, state="DISABLED")
    with pytest.raises(ClientError, match="is in DISABLED state") as refused:
        jobs.submit(name, "true", queue=name)
    assert refused.value.response["Error"]["Code"] == "ClientException"
    assert {job["status"] for job in jobs.ended(first, later)} == {"SUCCEEDED"}
    delete_all(batch, name)


def test_a_disabled_environment_takes_no_jobs_until_it_is_enabled(batch, jobs, name):
    create_environment(batch, name)
    create_queue(batch, name)
    batch.update_compute_environment(computeEnvironment=name, state="DISABLED")
    wait_valid(batch, name)
    waiting = jobs.submit(name, "true", queue=name)
    end = time.monotonic() + 20
    while "is disabled" not in jobs.get(waiting).get("statusReason", ""):
        assert time.monotonic() < end, jobs.get(waiting)
        time.sleep(0.2)
    assert jobs.get(waiting)["status"] == "RUNNABLE"
    batch.update_compute_environment(computeEnvironment=name, state="ENABLED")
    assert jobs.wait(waiting)["status"] == "SUCCEEDED"
    delete_all(batch, name)


def test_a_job_that_fits_nowhere_says_so(batch, jobs, name):
    create_environment(batch, name, maxvCpus=2)
    create_queue(batch, name)
    huge = {"resourceRequirements": [{"type": "VCPU", "value": "64"}]}
    job_id = jobs.submit(name, "true", queue=name, containerOverrides=huge)
    end = time.monotonic() + 20
    while "MISCONFIGURATION:" not in jobs.get(job_id).get("statusReason", ""):
        assert time.monotonic() < end, jobs.get(job_id)
        time.sleep(0.2)
    assert jobs.get(job_id)["status"] == "RUNNABLE"
    batch.cancel_job(jobId=job_id, reason="fits nowhere")
    jobs.wait(job_id)
    delete_all(batch, name)


def test_who_am_i_and_empty_inventories_are_answered(endpoint):
    identity = client("sts").get_caller_identity()
    assert identity["Account"].isdigit() and identity["Arn"].startswith("arn:aws:")
    assert client("iam").get_user()["User"]["Arn"].startswith("arn:aws:iam::")
    assert client("ecs").describe_tasks(cluster="any", tasks=["any"])["tasks"] == []
    found = client("ecs").describe_container_instances(cluster="any", containerInstances=["any"])
    assert found["containerInstances"] == []
    assert client("ec2").describe_instances(InstanceIds=["i-0"])["Reservations"] == []


def test_log_streams_are_found_and_read_in_pages(jobs, logs, name):
    job = jobs.wait(jobs.submit(name, "for i in 1 2 3 4 5 6 7; do echo line $i; done"))
    stream = job["container"]["logStreamName"]
    group = {"logGroupName": "/aws/batch/job"}
    streams = logs.describe_log_streams(**group, logStreamNamePrefix=stream)["logStreams"]
    assert [one["logStreamName"] for one in streams] == [stream]
    seen, token = [], {}
    while True:
        page = logs.get_log_events(
            **group, logStreamName=stream, startFromHead=True, limit=3, **token
        )
        seen += [event["message"] for event in page["events"]]
        if page["nextForwardToken"] == token.get("nextToken"):
            break
        token = {"nextToken": page["nextForwardToken"]}
    assert seen == [f"line {number}" for number in range(1, 8)]
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.get_log_events(**group, logStreamName="no/such/stream")

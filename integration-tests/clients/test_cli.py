"""The AWS CLI as it comes from the registry: the whole life of a user's set-up, step by step."""

import json
import time

import pytest


@pytest.fixture
def aws(run):
    def call(*arguments, expect=0):
        done = run("tests", "aws", *arguments, "--output", "json", expect=expect)
        return json.loads(done.stdout) if done.stdout.strip() else {}

    return call


def wait(aws, job_id):
    end = time.monotonic() + 60
    while True:
        (job,) = aws("batch", "describe-jobs", "--jobs", job_id)["jobs"]
        if job["status"] in ("SUCCEEDED", "FAILED"):
            return job
        assert time.monotonic() < end, job


def submit(aws, name, script, *more, queue="default"):
    command = json.dumps({"command": ["sh", "-c", script]})
    arguments = ["--job-name", name, "--job-queue", queue, "--job-definition", "default"]
    answer = aws("batch", "submit-job", *arguments, "--container-overrides", command, *more)
    return answer["jobId"]


def log(aws, job):
    stream = job["container"]["logStreamName"]
    arguments = ["--log-group-name", "/aws/batch/job", "--log-stream-name", stream]
    events = aws("logs", "get-log-events", *arguments)["events"]
    return [event["message"] for event in events]


@pytest.mark.slow
def test_environment_queue_and_definition_from_first_to_last(aws, name):
    resources = {
        "type": "EC2",
        "minvCpus": 0,
        "maxvCpus": 4,
        "instanceTypes": ["optimal"],
        "subnets": ["subnet-1"],
        "securityGroupIds": ["sg-1"],
        "instanceRole": "ecsInstanceRole",
    }
    environment = ["--compute-environment", name]
    queue = ["--job-queue", name]
    aws(
        *("batch", "create-compute-environment", "--compute-environment-name", name),
        *("--type", "MANAGED", "--compute-resources", json.dumps(resources)),
    )
    aws(
        *("batch", "create-job-queue", "--job-queue-name", name, "--priority", "1"),
        *("--compute-environment-order", f"order=1,computeEnvironment={name}"),
    )
    properties = {
        "image": "busybox",
        "command": ["echo", "from the definition"],
        "resourceRequirements": [
            {"type": "VCPU", "value": "1"},
            {"type": "MEMORY", "value": "64"},
        ],
    }
    definition = aws(
        *("batch", "register-job-definition", "--job-definition-name", name),
        *("--type", "container", "--container-properties", json.dumps(properties)),
    )
    assert definition["revision"] == 1
    submitted = aws(
        *("batch", "submit-job", "--job-name", name, "--job-queue", name),
        *("--job-definition", f"{name}:1"),
    )
    job = wait(aws, submitted["jobId"])
    assert job["status"] == "SUCCEEDED"
    assert log(aws, job) == ["from the definition"]

    aws("batch", "deregister-job-definition", "--job-definition", f"{name}:1")
    aws("batch", "update-job-queue", *queue, "--state", "DISABLED")
    aws("batch", "delete-job-queue", *queue)
    end = time.monotonic() + 30
    while aws("batch", "describe-job-queues", "--job-queues", name)["jobQueues"]:
        assert time.monotonic() < end
    aws("batch", "update-compute-environment", *environment, "--state", "DISABLED")
    aws("batch", "delete-compute-environment", *environment)
    while aws("batch", "describe-compute-environments", "--compute-environments", name)[
        "computeEnvironments"
    ]:
        assert time.monotonic() < end + 30


@pytest.mark.slow
def test_single_array_and_dependent_jobs_are_watched_to_their_ends(aws, name):
    single = submit(aws, name + "-single", "echo hello")
    array = submit(
        aws, name + "-array", "echo $AWS_BATCH_JOB_ARRAY_INDEX", "--array-properties", "size=3"
    )
    last = submit(aws, name + "-last", "echo last; exit 7", "--depends-on", f"jobId={array}")
    failed = wait(aws, last)
    assert (failed["status"], failed["container"]["exitCode"]) == ("FAILED", 7)
    assert log(aws, failed) == ["last"]
    assert log(aws, wait(aws, single)) == ["hello"]
    assert wait(aws, array)["arrayProperties"]["statusSummary"]["SUCCEEDED"] == 3
    assert log(aws, wait(aws, array + ":2")) == ["2"]


@pytest.mark.slow
def test_jobs_are_cancelled_terminated_and_listed_in_pages(aws, name):
    running = submit(aws, name + "-1", "sleep 60")
    waiting = submit(aws, name + "-2", "true", "--depends-on", f"jobId={running}")
    aws("batch", "cancel-job", "--job-id", waiting, "--reason", "not needed")
    aws("batch", "terminate-job", "--job-id", running, "--reason", "enough")
    assert wait(aws, waiting)["statusReason"] == "not needed"
    assert wait(aws, running)["statusReason"] == "enough"
    listing = ["batch", "list-jobs", "--job-queue", "default"]
    listing += ["--filters", f"name=JOB_NAME,values={name}*"]
    first = aws(*listing, "--max-items", "1", "--page-size", "1")
    rest = aws(*listing, "--starting-token", first["NextToken"])
    found = [job["jobId"] for job in first["jobSummaryList"] + rest["jobSummaryList"]]
    assert found == [waiting, running]


def test_the_endpoints_of_single_services_are_enough(run, service, name):
    single = {
        "AWS_ENDPOINT_URL": "",
        "AWS_ENDPOINT_URL_BATCH": service.endpoint,
        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": service.endpoint,
    }
    queues = run("tests", "aws", "batch", "describe-job-queues", "--output", "text", **single)
    assert "default" in queues.stdout
    arguments = ["--log-group-name", "/aws/batch/job", "--output", "json"]
    run("tests", "aws", "logs", "describe-log-streams", *arguments, **single)


def test_a_mistake_is_told_in_the_words_of_aws(run, name):
    arguments = ["--job-name", name, "--job-queue", "nowhere", "--job-definition", "default"]
    done = run("tests", "aws", "batch", "submit-job", *arguments, expect=255)
    assert "(ClientException) when calling the SubmitJob operation" in done.stderr
    assert "JobQueue nowhere not found." in done.stderr

"""redun's AWS Batch executor: data and code in an S3 server.

A container image would bring redun and the AWS CLI for the jobs, and a role the access to S3; jobs
that are processes get both by redun's own `job_def_extra`.
"""

import ast
import json
import os
import shutil
from pathlib import Path

import pytest

from conftest import ENVIRONMENTS, path_with

WORKFLOW = Path(__file__).parent / "programs" / "redun_workflow.py"


@pytest.fixture
def several_nodes(request):
    return "nodes" in request.node.name


@pytest.fixture
def redun(run, object_store, bucket, name, tmp_path, several_nodes):
    shutil.copy(WORKFLOW, tmp_path / "workflow.py")
    brought = {
        "PATH": f"{ENVIRONMENTS['redun']}:{path_with('tests')}",
        "AWS_ENDPOINT_URL_S3": object_store,
        **{key: os.environ[key] for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")},
    }
    environment = [{"name": key, "value": value} for key, value in brought.items()]
    settings = {
        "type": "aws_batch",
        "image": "unused",
        "queue": "default",
        "s3_scratch": f"s3://{name}/redun",
        "memory": "1",
        "job_def_name": name,
        "job_name_prefix": name,
        "job_monitor_interval": "0.5",
        "job_stale_time": "1",
        "min_array_size": "2",
    }
    if not several_nodes:
        settings["job_def_extra"] = json.dumps({"containerProperties": {"environment": environment}})
    lines = [f"{key} = {value}" for key, value in settings.items()]
    (tmp_path / ".redun").mkdir()
    (tmp_path / ".redun" / "redun.ini").write_text(
        "\n".join(["[executors.batch]", *lines, "[backend]", "db_uri = sqlite:///redun.db"])
    )

    def call(task, expect=0):
        return run(
            *("redun", "redun", "run", "workflow.py", task),
            expect=expect,
            seconds=200,
            AWS_ENDPOINT_URL_S3=object_store,
            NODE_ENVIRONMENT=json.dumps(environment),
        )

    return call


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_tasks_run_as_single_and_array_jobs(redun, batch, name):
    done = redun("main")
    squares, shouted = ast.literal_eval(done.stdout)
    assert [value for value, _ in squares] == [0, 1, 4, 9, 16]
    assert "TOTAL 30" in str(shouted)
    ids = [job_id for _, job_id in squares]
    arrays = {job_id.split(":")[0] for job_id in ids if ":" in job_id}
    assert arrays, "equal tasks become the children of an array"
    ended = batch.describe_jobs(jobs=[*ids, *arrays])["jobs"]
    assert {job["status"] for job in ended} == {"SUCCEEDED"}
    definitions = batch.describe_job_definitions(jobDefinitionName=name)["jobDefinitions"]
    assert [one["revision"] for one in definitions] == [1], "an equal definition is used again"


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_failed_task_shows_its_error_and_its_log(redun):
    failed = redun("fail", expect=1)
    said = failed.stdout + failed.stderr
    assert "ValueError: as it was told" in said
    assert "*** CloudWatch logs for AWS Batch job" in said
    assert "statusReason: Essential container in task exited" in said


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_task_runs_on_several_nodes(redun, batch):
    job, nodes = ast.literal_eval(redun("gather").stdout)
    assert nodes == "2"
    parent = job.removesuffix("#0")
    (described,) = batch.describe_jobs(jobs=[parent])["jobs"]
    assert described["status"] == "SUCCEEDED"
    assert described["nodeProperties"]["mainNode"] == 0
    # How the second one ends is open: it is stopped when the main node is over first.
    both = batch.describe_jobs(jobs=[f"{parent}#0", f"{parent}#1"])["jobs"]
    assert sorted(one["nodeDetails"]["nodeIndex"] for one in both) == [0, 1]

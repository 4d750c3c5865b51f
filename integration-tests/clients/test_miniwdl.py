"""miniwdl-aws: a WDL workflow over a shared directory, each task's run as a job.

Its backend for Amazon EFS differs in the volume alone; EFS itself is not run here.
"""

import json
from pathlib import Path

import pytest

WORKFLOW = Path(__file__).parent / "programs" / "sum.wdl"


def miniwdl(run, tmp_path, backend, *arguments, **more):
    return run(
        *("miniwdl", "miniwdl", "run", str(WORKFLOW), "--dir", str(tmp_path / "run")),
        *("--no-color", *arguments),
        MINIWDL__SCHEDULER__CONTAINER_BACKEND=backend,
        MINIWDL__AWS__TASK_QUEUE="default",
        MINIWDL__FILE_IO__ROOT=str(tmp_path),
        MINIWDL__AWS__SUBMIT_PERIOD="0.1",
        MINIWDL__AWS__DESCRIBE_PERIOD="0.5",
        **more,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("backend", "more"),
    [
        ("aws_batch_job_no_efs", {}),
        ("aws_batch_job", {"MINIWDL__AWS__FS": "fs-12345678"}),
    ],
)
def test_the_tasks_of_a_workflow_run_as_jobs(run, batch, tmp_path, backend, more):
    done = miniwdl(run, tmp_path, backend, **more)
    outputs = json.loads(done.stdout)["outputs"]
    assert outputs["sum.total"] == 14
    jobs = batch.describe_jobs(jobs=outputs["sum.jobs"])["jobs"]
    assert [job["status"] for job in jobs] == ["SUCCEEDED"] * 3
    for job in jobs:
        definition = job["jobDefinition"]
        (found,) = batch.describe_job_definitions(jobDefinitions=[definition])["jobDefinitions"]
        assert found["status"] == "INACTIVE", "it deregisters the definition of each task"
        (volume,) = found["containerProperties"]["volumes"]
        assert ("efsVolumeConfiguration" in volume) == (backend == "aws_batch_job")

"""Toil's AWS Batch system, with its job store in a shared directory.

Toil's image brings Toil for the jobs; jobs that are processes get it on their PATH by Toil's own
--setEnv. Its job store on S3 is not run here.
"""

from pathlib import Path

import pytest

from conftest import path_with

WORKFLOW = Path(__file__).parent / "programs" / "toil_workflow.py"


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_jobs_of_a_workflow_run_as_jobs(run, batch, tmp_path):
    done = run(
        *("toil", "python", str(WORKFLOW), f"file:{tmp_path}/store"),
        *("--batchSystem", "aws_batch", "--awsBatchRegion", "us-east-1"),
        *("--awsBatchQueue", "default", "--disableCaching", "--disableProgress"),
        *("--setEnv", f"PATH={path_with('toil')}", "--workDir", str(tmp_path)),
        *("--publishWorkflowMetrics", "no"),
        seconds=200,
        TOIL_OWNER_TAG="tester",
    )
    total, jobs = done.stdout.strip().splitlines()
    assert total == "total: 14"
    found = batch.describe_jobs(jobs=jobs.removeprefix("jobs: ").split())["jobs"]
    assert [job["status"] for job in found] == ["SUCCEEDED"] * 4
    assert {job["tags"]["Owner"] for job in found} == {"tester"}
    (definition,) = {job["jobDefinition"] for job in found}
    (kept,) = batch.describe_job_definitions(jobDefinitions=[definition])["jobDefinitions"]
    assert kept["status"] == "INACTIVE", "Toil deregisters its definition at the end"

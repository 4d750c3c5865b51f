"""Metaflow's @batch steps: metadata in files, data in an S3 server.

A container image would bring Python and Metaflow's S3 client for the jobs, and a role the access
to S3; jobs that are processes get both by Metaflow's own @environment.
"""

from pathlib import Path

import pytest

from conftest import path_with

FLOW = Path(__file__).parent / "programs" / "metaflow_flow.py"


@pytest.mark.slow
@pytest.mark.timeout(330)
def test_the_steps_of_a_flow_run_as_jobs(run, batch, object_store, bucket, name):
    done = run(
        *("metaflow", "python", str(FLOW), "run"),
        seconds=300,
        METAFLOW_DEFAULT_DATASTORE="s3",
        METAFLOW_DATASTORE_SYSROOT_S3=f"s3://{name}/metaflow",
        METAFLOW_S3_ENDPOINT_URL=object_store,
        METAFLOW_DEFAULT_METADATA="local",
        METAFLOW_BATCH_JOB_QUEUE="default",
        METAFLOW_ECS_S3_ACCESS_IAM_ROLE="arn:aws:iam::000000000000:role/jobs",
        METAFLOW_SKIP_INSTALL_DEPENDENCIES="1",
        METAFLOW_USER="tester",
        PATH=path_with("metaflow"),
        JOB_VARIABLES="PATH METAFLOW_SKIP_INSTALL_DEPENDENCIES AWS_ACCESS_KEY_ID"
        " AWS_SECRET_ACCESS_KEY",
    )
    said = done.stdout + done.stderr
    assert "the total is 5" in said and "total: 5" in said
    (line,) = [line for line in said.splitlines() if "] jobs: " in line]
    ids = line.split("] jobs: ")[1].split()
    jobs = batch.describe_jobs(jobs=ids)["jobs"]
    assert len(jobs) == 3
    for job in jobs:
        assert job["status"] == "SUCCEEDED"
        assert job["jobName"].startswith("tester-Sum-")
        assert job["parameters"]["metaflow.flow_name"] == "Sum"

"""Metaflow's @batch steps: metadata in files, data in an S3 server.

A container image would bring Python and Metaflow's S3 client for the jobs, and a role the access
to S3; jobs that are processes get both by Metaflow's own @environment. The nodes of a parallel step find
each other by the metadata, for which they usually have a service; here it is a folder that all see.
"""

from pathlib import Path

import pytest

from conftest import path_with

PROGRAMS = Path(__file__).parent / "programs"


@pytest.fixture
def flow(run, object_store, bucket, name, tmp_path):
    def call(program):
        done = run(
            *("metaflow", "python", str(PROGRAMS / program), "run"),
            seconds=300,
            METAFLOW_DEFAULT_DATASTORE="s3",
            METAFLOW_DATASTORE_SYSROOT_S3=f"s3://{name}/metaflow",
            METAFLOW_S3_ENDPOINT_URL=object_store,
            METAFLOW_DEFAULT_METADATA="local",
            METAFLOW_DATASTORE_SYSROOT_LOCAL=str(tmp_path),
            METAFLOW_BATCH_JOB_QUEUE="default",
            METAFLOW_ECS_S3_ACCESS_IAM_ROLE="arn:aws:iam::000000000000:role/jobs",
            METAFLOW_SKIP_INSTALL_DEPENDENCIES="1",
            METAFLOW_USER="tester",
            PATH=path_with("metaflow"),
            JOB_VARIABLES="PATH METAFLOW_SKIP_INSTALL_DEPENDENCIES AWS_ACCESS_KEY_ID"
            " METAFLOW_DATASTORE_SYSROOT_LOCAL"
            " AWS_SECRET_ACCESS_KEY",
        )
        return done.stdout + done.stderr

    return call


@pytest.mark.slow
@pytest.mark.timeout(330)
def test_the_steps_of_a_flow_run_as_jobs(flow, batch):
    said = flow("metaflow_flow.py")
    assert "the total is 5" in said and "total: 5" in said
    (line,) = [line for line in said.splitlines() if "] jobs: " in line]
    ids = line.split("] jobs: ")[1].split()
    jobs = batch.describe_jobs(jobs=ids)["jobs"]
    assert len(jobs) == 3
    for job in jobs:
        assert job["status"] == "SUCCEEDED"
        assert job["jobName"].startswith("tester-Sum-")
        assert job["parameters"]["metaflow.flow_name"] == "Sum"


@pytest.mark.slow
@pytest.mark.timeout(330)
def test_a_parallel_step_is_one_multi_node_job(flow, batch):
    said = flow("metaflow_parallel.py")
    nodes = [line.split("] node: ")[1].split() for line in said.splitlines() if "] node: " in line]
    assert [index for index, _ in nodes] == ["0", "1"], said
    # AWS_BATCH_JOB_ID of a node is `job#index`.
    main, other = (job for _, job in nodes)
    parent = main.split("#")[0]
    assert (main, other) == (f"{parent}#0", f"{parent}#1")
    (job,) = batch.describe_jobs(jobs=[parent])["jobs"]
    assert job["status"] == "SUCCEEDED"
    assert job["nodeProperties"]["numNodes"] == 2

"""Snakemake's Batch executor (snakemake-executor-plugin-aws-batch).

Snakemake keeps files in an object store between jobs; here that is moto's S3 server. A container
image would bring Snakemake for the jobs; jobs that are processes get it on their PATH by
Snakemake's own --precommand, and find the storage plugin that each job installs in a folder.
"""

import shutil
import socket
import subprocess
import time
from pathlib import Path

import boto3
import pytest

from conftest import ENVIRONMENTS
from service import clean

SNAKEFILE = Path(__file__).parent / "programs" / "Snakefile"


@pytest.fixture(scope="module")
def object_store(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    output = open(tmp_path_factory.mktemp("moto") / "moto.log", "wb")
    server = subprocess.Popen(
        [ENVIRONMENTS["tests"] / "moto_server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=output,
        stderr=output,
        env=clean(),
    )
    end = time.monotonic() + 60
    while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
        assert server.poll() is None and time.monotonic() < end
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_workflow_runs_as_jobs(run, batch, object_store, name, tmp_path):
    s3 = boto3.client("s3", endpoint_url=object_store)
    s3.create_bucket(Bucket=name)
    shutil.copy(SNAKEFILE, tmp_path)
    precommand = (
        f"export PATH={ENVIRONMENTS['snakemake']}:$PATH HOME=$PWD"
        f" PIP_NO_INDEX=1 PIP_NO_DEPS=1 PIP_FIND_LINKS={ENVIRONMENTS['snakemake'].parent}/wheels"
    )
    run(
        *("snakemake", "snakemake", "--jobs", "2", "--executor", "aws-batch"),
        *("--aws-batch-region", "us-east-1"),
        *("--default-storage-provider", "s3", "--default-storage-prefix", f"s3://{name}"),
        *("--storage-s3-endpoint-url", object_store, "--precommand", precommand),
        *("--seconds-between-status-checks", "1", "--container-image", "unused"),
        SNAKEMAKE_AWS_BATCH_JOB_QUEUE="default",
        SNAKEMAKE_AWS_BATCH_JOB_ROLE="arn:aws:iam::000000000000:role/jobs",
        SNAKEMAKE_STORAGE_S3_ACCESS_KEY="test",
        SNAKEMAKE_STORAGE_S3_SECRET_KEY="test",
        AWS_ENDPOINT_URL_S3=object_store,
    )
    assert s3.get_object(Bucket=name, Key="sum.txt")["Body"].read() == b"1\n2\n"
    filters = [{"name": "JOB_NAME", "values": ["snakejob-*"]}]
    found = batch.list_jobs(jobQueue="default", filters=filters)["jobSummaryList"]
    assert [job["status"] for job in found] == ["SUCCEEDED"] * 3
    active = batch.describe_job_definitions(status="ACTIVE")["jobDefinitions"]
    assert not [one for one in active if one["jobDefinitionName"].startswith("snakejob-")]

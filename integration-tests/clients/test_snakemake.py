"""Snakemake's Batch executor (snakemake-executor-plugin-aws-batch).

Snakemake keeps files in an object store between jobs; here that is moto's S3 server. A container
image would bring Snakemake for the jobs; jobs that are processes get it on their PATH by
Snakemake's own --precommand, and find the storage plugin that each job installs in a folder.
"""

import shutil
from pathlib import Path

import pytest

from conftest import ENVIRONMENTS

SNAKEFILE = Path(__file__).parent / "programs" / "Snakefile"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_workflow_runs_as_jobs(run, batch, object_store, bucket, name, tmp_path):
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
    assert bucket.get_object(Bucket=name, Key="sum.txt")["Body"].read() == b"1\n2\n"
    filters = [{"name": "JOB_NAME", "values": ["snakejob-*"]}]
    found = batch.list_jobs(jobQueue="default", filters=filters)["jobSummaryList"]
    assert [job["status"] for job in found] == ["SUCCEEDED"] * 3
    active = batch.describe_job_definitions(status="ACTIVE")["jobDefinitions"]
    assert not [one for one in active if one["jobDefinitionName"].startswith("snakejob-")]

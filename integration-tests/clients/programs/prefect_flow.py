"""A prefect flow of two Batch jobs, the second after the first; prints their ids."""

import json
import sys

from prefect import flow
from prefect_aws import AwsCredentials
from prefect_aws.batch import batch_submit


@flow
def pipeline(name: str) -> list[str]:
    credentials = AwsCredentials(
        aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1"
    )
    ids: list[str] = []
    for number in range(2):
        ids.append(
            batch_submit(
                f"{name}-{number}",
                "default",
                "default",
                credentials,
                containerOverrides={"command": ["echo", f"part {number}"]},
                dependsOn=[{"jobId": done} for done in ids],
            )
        )
    return ids


if __name__ == "__main__":
    print(json.dumps(pipeline(sys.argv[1])))

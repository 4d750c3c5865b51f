"""Tasks as jobs: equal ones become one array job, a script is a job of its own."""

import json
import os

from redun import script, task

redun_namespace = "longshore"


@task(executor="batch")
def square(number: int) -> tuple[int, str]:
    return number**2, os.environ["AWS_BATCH_JOB_ID"]


@task(executor="batch")
def add(squares: list) -> int:
    return sum(square for square, _ in squares)


@task(executor="batch")
def fail() -> int:
    raise ValueError("as it was told")


@task(executor="batch", script=True)
def shout(total: int) -> str:
    return f"echo TOTAL {total}"


@task()
def main() -> list:
    squares = [square(number) for number in range(5)]
    return [squares, shout(add(squares))]


# What an image would bring to a node; `redun` puts lists of the definition in place of its own.
NODE = {
    "image": "unused",
    "environment": json.loads(os.environ.get("NODE_ENVIRONMENT", "[]")),
    "resourceRequirements": [
        {"type": "VCPU", "value": "1"},
        {"type": "MEMORY", "value": "1024"},
    ],
}
NODES = [{"targetNodes": nodes, "container": NODE} for nodes in ("0", "1:")]


@task(
    executor="batch",
    num_nodes=2,
    job_def_extra={"nodeProperties": {"nodeRangeProperties": NODES}},
)
def gather() -> tuple[str, str]:
    return os.environ["AWS_BATCH_JOB_ID"], os.environ["AWS_BATCH_JOB_NUM_NODES"]

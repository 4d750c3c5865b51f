"""Tasks as jobs: equal ones become one array job, a script is a job of its own."""

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

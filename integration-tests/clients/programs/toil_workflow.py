"""Jobs that add up what their children promise."""

import os

from toil.common import Toil
from toil.job import Job


def square(job, number):
    return number**2, os.environ.get("AWS_BATCH_JOB_ID")


def add(job, squares):
    jobs = [batch_job for _, batch_job in squares] + [os.environ.get("AWS_BATCH_JOB_ID")]
    return sum(value for value, _ in squares), jobs


def fan_out(job):
    needs = {"memory": "128Mi", "cores": 1, "disk": "16Mi"}
    squares = [job.addChildJobFn(square, number, **needs).rv() for number in (1, 2, 3)]
    return job.addFollowOnJobFn(add, squares, **needs).rv()


if __name__ == "__main__":
    options = Job.Runner.getDefaultArgumentParser().parse_args()
    root = Job.wrapJobFn(fan_out, memory="128Mi", cores=1, disk="16Mi")
    with Toil(options) as toil:
        total, jobs = toil.start(root)
    print("total:", total)
    print("jobs:", *jobs)

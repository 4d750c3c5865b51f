"""A flow whose steps are jobs: a foreach over two numbers, and their sum."""

import os

from metaflow import FlowSpec, batch, environment, step

# What an image would bring to a job.
JOB = {name: os.environ[name] for name in os.environ.get("JOB_VARIABLES", "").split()}


class Sum(FlowSpec):
    @step
    def start(self):
        self.numbers = [1, 2]
        self.next(self.square, foreach="numbers")

    @environment(vars=JOB)
    @batch(cpu=1, memory=128)
    @step
    def square(self):
        self.squared = self.input**2
        self.job = os.environ["AWS_BATCH_JOB_ID"]
        self.next(self.add)

    @environment(vars=JOB)
    @batch(cpu=1, memory=128)
    @step
    def add(self, inputs):
        self.total = sum(one.squared for one in inputs)
        self.jobs = [one.job for one in inputs] + [os.environ["AWS_BATCH_JOB_ID"]]
        print("the total is", self.total)
        self.next(self.end)

    @step
    def end(self):
        print("jobs:", " ".join(self.jobs))
        print("total:", self.total)


if __name__ == "__main__":
    Sum()

"""A flow with a step on several nodes: one multi-node job, whose main node waits for the others."""

import os

from metaflow import FlowSpec, batch, current, environment, parallel, step
from metaflow.plugins.metadata_providers.local import LocalMetadataProvider

# What an image would bring to a job.
JOB = {name: os.environ[name] for name in os.environ.get("JOB_VARIABLES", "").split()}


new_task_id = LocalMetadataProvider.new_task_id


def million_and_more(provider, *arguments, **more):
    """Numbers tasks as a metadata service of some age does.

    Metaflow makes the other nodes' command from the main node's by putting their task's ID wherever
    the text has the main one's: an ID of "2", as metadata in files gives it, is all over the text.
    """
    provider._task_id_seq = max(provider._task_id_seq, 1_000_000)
    return new_task_id(provider, *arguments, **more)


LocalMetadataProvider.new_task_id = million_and_more


class Nodes(FlowSpec):
    @step
    def start(self):
        self.next(self.work, num_parallel=2)

    @environment(vars=JOB)
    @batch(cpu=1, memory=128)
    @parallel
    @step
    def work(self):
        self.node = current.parallel.node_index
        self.job = os.environ["AWS_BATCH_JOB_ID"]
        self.next(self.join)

    @step
    def join(self, inputs):
        self.nodes = sorted((one.node, one.job) for one in inputs)
        self.next(self.end)

    @step
    def end(self):
        for index, job in self.nodes:
            print("node:", index, job)


if __name__ == "__main__":
    Nodes()

"""An Airflow DAG of Batch jobs, an array and then a single one; runs it and prints its state.

Airflow's own `dag.test()` runs the tasks in the real task runner, over a database of its own.
"""

import os

from airflow.providers.amazon.aws.hooks.batch_client import BatchClientHook
from airflow.providers.amazon.aws.operators.batch import BatchOperator
from airflow.sdk import DAG

# The delays between looks at a job, in seconds; the class documents them as settings.
BatchClientHook.DEFAULT_DELAY_MIN = 0
BatchClientHook.DEFAULT_DELAY_MAX = 1

NAME = os.environ["NAME"]


def job(task_id: str, script: str, **more) -> BatchOperator:
    return BatchOperator(
        task_id=task_id,
        job_name=f"{NAME}-{task_id}",
        job_queue="default",
        job_definition="default",
        container_overrides={"command": ["sh", "-c", script]},
        awslogs_enabled=True,
        **more,
    )


with DAG("harbour") as dag:
    parts = job("parts", "echo part $AWS_BATCH_JOB_ARRAY_INDEX", array_properties={"size": 2})
    parts >> job("join", os.environ["SCRIPT"], tags={"from": "airflow"})

if __name__ == "__main__":
    print(dag.test().state.value)

"""Drives Airflow's Batch executor as its scheduler does; prints each command's final state."""

import json
import os
import time

from airflow.models.taskinstancekey import TaskInstanceKey
from airflow.providers.amazon.aws.executors.batch.batch_executor import AwsBatchExecutor

NAME = os.environ["NAME"]


def key(task: str) -> TaskInstanceKey:
    return TaskInstanceKey(dag_id=NAME, task_id=task, run_id="run")


executor = AwsBatchExecutor()
executor.start()
executor.execute_async(key("good"), ["sh", "-c", "test $AIRFLOW_IS_EXECUTOR_CONTAINER = true"])
executor.execute_async(key("bad"), ["sh", "-c", "exit 1"])
states = {}
end = time.monotonic() + 60
while len(states) < 2 and time.monotonic() < end:
    executor.sync()
    for task, (state, _) in executor.get_event_buffer().items():
        if state in ("success", "failed"):
            states[task.task_id] = str(state)
    time.sleep(0.2)
print(json.dumps(states))

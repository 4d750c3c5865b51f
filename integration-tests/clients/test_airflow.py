"""Airflow's Batch operator and Batch executor (apache-airflow-providers-amazon).

The operator runs in Airflow's own task runner over a fresh sqlite database, pointed by
AWS_ENDPOINT_URL; the executor gets its endpoint from the connection's endpoint_url.
"""

import json
import shutil
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).parent / "programs"
SETTINGS = {
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": "http://127.0.0.1:1/unused",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A folder in which one test leaves an empty database for the others."""
    return tmp_path_factory.mktemp("airflow")


@pytest.fixture
def airflow(run, database, tmp_path):
    def call(*command, expect=0, **environment):
        settings = {"AIRFLOW_HOME": str(tmp_path / "airflow"), **SETTINGS, **environment}
        return run("airflow", *command, expect=expect, **settings)

    template = database / "airflow.db"
    (tmp_path / "airflow").mkdir()
    if not template.exists():
        call("airflow", "db", "migrate")
        shutil.copy(tmp_path / "airflow" / "airflow.db", template)
    shutil.copy(template, tmp_path / "airflow" / "airflow.db")
    return call


def run_dag(airflow, tmp_path, name, script):
    dags = tmp_path / "dags"
    dags.mkdir()
    shutil.copy(PROGRAMS / "airflow_dag.py", dags)
    return airflow(
        *("python", str(dags / "airflow_dag.py")),
        AIRFLOW__CORE__DAGS_FOLDER=str(dags),
        NAME=name,
        SCRIPT=script,
    )


def listed(batch, name):
    filters = [{"name": "JOB_NAME", "values": [name + "*"]}]
    return batch.list_jobs(jobQueue="default", filters=filters)["jobSummaryList"]


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_operator_submits_watches_and_shows_the_log(airflow, batch, name, tmp_path):
    done = run_dag(airflow, tmp_path, name, "echo joined by Airflow")
    assert done.stdout.splitlines()[-1] == "success"
    assert "joined by Airflow" in done.stdout + done.stderr
    states = {job["jobName"]: job["status"] for job in listed(batch, name)}
    assert states == {name + "-parts": "SUCCEEDED", name + "-join": "SUCCEEDED"}


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_operator_fails_when_the_job_does(airflow, batch, name, tmp_path):
    done = run_dag(airflow, tmp_path, name, "exit 5")
    assert done.stdout.splitlines()[-1] == "failed"
    states = {job["jobName"]: job["status"] for job in listed(batch, name)}
    assert states[name + "-join"] == "FAILED"


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_executor_runs_commands_as_jobs(airflow, service, batch, name):
    connection = {
        "conn_type": "aws",
        "login": "test",
        "password": "test",
        "extra": {"region_name": "us-east-1", "endpoint_url": service.endpoint},
    }
    done = airflow(
        *("python", str(PROGRAMS / "airflow_executor.py")),
        AIRFLOW_CONN_AWS_DEFAULT=json.dumps(connection),
        AWS_ENDPOINT_URL="",
        AIRFLOW__AWS_BATCH_EXECUTOR__JOB_NAME=name,
        AIRFLOW__AWS_BATCH_EXECUTOR__JOB_QUEUE="default",
        AIRFLOW__AWS_BATCH_EXECUTOR__JOB_DEFINITION="default",
        AIRFLOW__AWS_BATCH_EXECUTOR__REGION_NAME="us-east-1",
        AIRFLOW__AWS_BATCH_EXECUTOR__MAX_SUBMIT_JOB_ATTEMPTS="1",
        NAME=name,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == {"good": "success", "bad": "failed"}
    assert sorted(job["status"] for job in listed(batch, name)) == ["FAILED", "SUCCEEDED"]

"""prefect-aws: a flow submits jobs through its Batch task."""

import json
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent / "programs" / "prefect_flow.py"


@pytest.mark.slow
def test_a_flow_submits_jobs_that_run(run, jobs, name, tmp_path):
    quiet = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    done = run(
        *("prefect", "python", str(PROGRAM), name),
        PREFECT_HOME=str(tmp_path / "prefect"),
        PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="90",
        **quiet,
    )
    (printed,) = (line for line in done.stdout.splitlines() if line.startswith("["))
    ids = json.loads(printed)
    assert len(ids) == 2
    for number, job in enumerate(jobs.ended(*ids)):
        assert (job["jobName"], job["status"]) == (f"{name}-{number}", "SUCCEEDED")
        assert jobs.lines(job) == [f"part {number}"]

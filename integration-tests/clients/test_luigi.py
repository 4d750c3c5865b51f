"""luigi's Batch tasks (luigi.contrib.batch), run by luigi's own command."""

from pathlib import Path

import pytest

PROGRAMS = Path(__file__).parent / "programs"


def luigi(run, name, script):
    return run(
        *("tests", "luigi", "--module", "luigi_task", "Pipeline", "--local-scheduler"),
        *("--name", name, "--script", script),
        PYTHONPATH=str(PROGRAMS),
    )


def register(batch, name, command):
    requirements = [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]
    batch.register_job_definition(
        jobDefinitionName=name,
        type="container",
        parameters={"script": "true"},
        containerProperties={
            "image": "busybox",
            "command": command,
            "resourceRequirements": requirements,
        },
    )


@pytest.mark.slow
def test_tasks_run_one_after_the_other(batch, run, name, tmp_path):
    register(batch, name, ["sh", "-c", "Ref::script"])
    luigi(run, name, f"cat {tmp_path}/first 2>/dev/null; echo done >> {tmp_path}/out")
    assert (tmp_path / "out").read_text() == "done\ndone\n"


@pytest.mark.slow
def test_a_failed_job_fails_the_task_and_shows_its_log(batch, run, name):
    register(batch, name, ["sh", "-c", "Ref::script"])
    done = luigi(run, name, "echo all hands lost; exit 1")
    assert "all hands lost" in done.stderr and "there were failed tasks" in done.stderr

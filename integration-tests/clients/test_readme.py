"""What the README tells a newcomer to type works as it is printed there."""

import json
import re
import time

import pytest

from service import ROOT

README = (ROOT / "README.md").read_text()


@pytest.mark.slow
def test_the_lines_of_the_readme_run_a_job_and_show_its_log(run, service):
    (block,) = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    exports, submit, describe, log = re.split(r"\n+(?=aws )", block.strip())
    assert exports.count("export ") == 3
    port = service.endpoint.rsplit(":", 1)[1]
    exports = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{port}", exports)

    def shell(command):
        return json.loads(run.shell("tests", f"{exports}\n{command}").stdout)

    job_id = shell(submit)["jobId"]
    end = time.monotonic() + 30
    job = {"status": ""}
    while job["status"] != "SUCCEEDED":
        assert time.monotonic() < end, json.dumps(job)
        (job,) = shell(describe.replace("JOB_ID", job_id))["jobs"]
    stream = job["container"]["logStreamName"]
    events = shell(log.replace("LOG_STREAM_NAME", stream))["events"]
    assert [event["message"] for event in events] == ["hello"]


def test_the_service_prints_what_the_readme_promises(service):
    said = service.said()
    assert f"export AWS_ENDPOINT_URL={service.endpoint}" in said
    for part in ("AWS_ACCESS_KEY_ID=", "AWS_SECRET_ACCESS_KEY=", "AWS_DEFAULT_REGION="):
        assert part in said
    assert "--job-queue default" in said and "--job-definition default" in said


def test_every_file_that_the_readme_points_to_is_there():
    for path in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / path).exists(), path

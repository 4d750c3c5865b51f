"""Requests that are wrong as HTTP, or come from where they should not, are refused."""

import uuid

import pytest

from refusals import assert_4xx, assert_refused, everything
from wire import Wire

SUBMIT = {"jobName": "bad", "jobQueue": "default", "jobDefinition": "default"}


@pytest.fixture(scope="module")
def wire(endpoint):
    return Wire(endpoint)


@pytest.fixture
def unchanged(batch):
    """Fails a test that left anything behind."""
    before = everything(batch)
    yield
    assert everything(batch) == before


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/stealjob"),
        ("POST", "/v1/SubmitJob/more"),
        ("POST", "/v2/submitjob"),
        ("POST", "/submitjob"),
        ("POST", "/v1/"),
        ("POST", "/v1/../v1/nothing"),
        ("POST", "/v1/%2e%2e/submitjob"),
        ("GET", "/v1/submitjob"),
        ("PUT", "/v1/submitjob"),
        ("DELETE", "/v1/describejobs"),
        ("PATCH", "/v1/tags/arn:aws:batch:us-east-1:0:job-queue/default"),
        ("OPTIONS", "/v1/submitjob"),
        ("GET", "/"),
        ("GET", "/index.html"),
        ("GET", "/v1/tags/"),
        ("GET", "/v1/tags/nothing"),
        ("GET", "/v1/tags/arn:aws:batch:us-east-1:0:job-queue/nowhere"),
        ("GET", "/v1/tags/arn:aws:s3:::bucket"),
        ("DELETE", "/v1/tags/arn:aws:batch:us-east-1:0:job-queue/default"),
    ],
)
def test_checklist_03_an_unknown_path_is_refused(wire, unchanged, method, path):
    answer = wire.send(method, path, b"{}" if method == "POST" else b"")
    assert_4xx(answer)
    if method == "POST":
        assert answer.status == 404


def test_an_unknown_action_of_another_service_is_refused(wire, unchanged):
    scope = "AWS4-HMAC-SHA256 Credential=test/20260101/{}/aws4_request, SignedHeaders=host"
    for service, target in (("logs", "Logs_20140328.DeleteLogGroup"), ("ecs", "X.RunTask")):
        answer = wire.send(
            *("POST", "/", b"{}"),
            Authorization=scope.format("us-east-1/" + service),
            X_Amz_Target=target,
        )
        assert 400 <= answer.status < 500, answer
        assert answer.json()["__type"]
    answer = wire.send(
        *("POST", "/", b"Action=DeleteUser&Version=2010-05-08"),
        Authorization=scope.format("us-east-1/iam"),
    )
    assert 400 <= answer.status < 500 and b"<Code>" in answer.body, answer


def test_a_submission_beyond_thirty_kilobytes_is_refused(wire, unchanged):
    environment = [{"name": f"V{n}", "value": "x" * 100} for n in range(300)]
    overrides = {"containerOverrides": {"environment": environment}}
    assert_refused(wire.post("SubmitJob", SUBMIT | overrides))


def test_a_body_beyond_all_limits_is_refused_early(wire, unchanged):
    for size in (300_000, 30_000_000):
        assert_4xx(wire.post("DescribeJobs", b'{"jobs": ["' + b"x" * size + b'"]}'))


def test_a_body_that_is_shorter_than_promised_changes_nothing(wire, unchanged):
    body = b'{"jobName":"bad","jobQueue":"default","jobDefinition":"default"}'
    head = "POST /v1/submitjob HTTP/1.1\r\nHost: {}:{}\r\nContent-Length: {}\r\n\r\n"
    text = head.format(wire.host, wire.port, len(body) + 10).encode() + body
    assert b" 200 " not in wire.raw(text).split(b"\r\n")[0]


def test_bytes_that_are_no_http_change_nothing(wire, unchanged):
    no_path = b"GET /v1/tags/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert b" 400 " in wire.raw(no_path).split(b"\r\n")[0]
    for text in (b"\x16\x03\x01\x02\x00\x01\x00", b"SSH-2.0-x\r\n\r\n", b"POST\r\n\r\n"):
        assert b" 200 " not in wire.raw(text).split(b"\r\n")[0]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_another_host_is_refused(wire, unchanged, host):
    assert_4xx(wire.post("SubmitJob", SUBMIT, Host=host))


@pytest.mark.parametrize("origin", ["http://evil.example", "https://evil.example", "null"])
def test_a_page_of_another_origin_is_refused(wire, unchanged, origin):
    answer = wire.post("SubmitJob", SUBMIT, Origin=origin, Content_Type="text/plain")
    assert_4xx(answer)
    assert "access-control-allow-origin" not in answer.headers
    asked = wire.send("OPTIONS", "/v1/submitjob", Origin=origin)
    assert "access-control-allow-origin" not in asked.headers


def test_the_names_of_this_machine_are_served(wire):
    for host in (f"localhost:{wire.port}", f"127.0.0.1:{wire.port}", f"[::1]:{wire.port}"):
        assert wire.post("DescribeJobQueues", {}, Host=host).status == 200


def test_checklist_04_a_call_that_an_sdk_repeats_makes_one_job(wire, batch, name):
    body = SUBMIT | {"jobName": name}
    once = str(uuid.uuid4())
    answers = [wire.post("SubmitJob", body, amz_sdk_invocation_id=once) for _ in range(4)]
    assert {answer.status for answer in answers} == {200}
    assert len({answer.json()["jobId"] for answer in answers}) == 1
    for _ in range(2):
        assert wire.post("SubmitJob", body).status == 200
    filters = [{"name": "JOB_NAME", "values": [name]}]
    found = batch.list_jobs(jobQueue="default", filters=filters)["jobSummaryList"]
    assert len(found) == 3, "one of the four calls, and each of the two without the header"

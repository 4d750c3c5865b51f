"""Bad input of every kind gets a well-formed 4xx with AWS's shape and changes nothing."""

import copy
import uuid

import botocore.session
import pytest

from catalog import delete_all, wait_valid
from refusals import assert_refused, everything
from test_operations import documented
from wire import Wire

SUBMIT = {"jobName": "bad", "jobQueue": "default", "jobDefinition": "default"}
REGISTER = {
    "jobDefinitionName": "bad",
    "type": "container",
    "containerProperties": {
        "image": "busybox",
        "command": ["true"],
        "resourceRequirements": [
            {"type": "VCPU", "value": "1"},
            {"type": "MEMORY", "value": "64"},
        ],
    },
}
ENVIRONMENT = {
    "computeEnvironmentName": "bad",
    "type": "MANAGED",
    "computeResources": {
        "type": "EC2",
        "minvCpus": 0,
        "maxvCpus": 4,
        "instanceTypes": ["optimal"],
        "subnets": ["subnet-1"],
        "securityGroupIds": ["sg-1"],
        "instanceRole": "ecsInstanceRole",
    },
}
QUEUE = {
    "jobQueueName": "bad",
    "priority": 1,
    "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "default"}],
}
GOOD = {
    "SubmitJob": SUBMIT,
    "RegisterJobDefinition": REGISTER,
    "CreateComputeEnvironment": ENVIRONMENT,
    "CreateJobQueue": QUEUE,
}
MODEL = botocore.session.get_session().get_service_model("batch")


@pytest.fixture(scope="module")
def wire(endpoint):
    return Wire(endpoint)


@pytest.fixture
def unchanged(batch):
    """Fails a test that left anything behind."""
    before = everything(batch)
    yield
    assert everything(batch) == before


BROKEN = {
    "cut off": b'{"jobName": "x"',
    "no quotes": b"{jobName: x}",
    "only a word": b"hello",
    "a list": b"[]",
    "a string": b'"jobName"',
    "a number": b"7",
    "null": b"null",
    "two values": b"{} {}",
    "trailing comma": b'{"jobName": "x",}',
    "comment": b'{"jobName": /* x */ "x"}',
    "single quotes": b"{'jobName': 'x'}",
    "not a number": b'{"retryStrategy": {"attempts": NaN}}',
    "no text at all": bytes(range(128, 256)),
    "broken UTF-8": b'{"jobName": "\xc3\x28"}',
    "nul": b"\0\0\0\0",
    "XML": b"<jobName>x</jobName>",
    "a form": b"jobName=x&jobQueue=default",
    "very deep lists": b'{"tags": ' + b"[" * 20000 + b"]" * 20000 + b"}",
    "very deep objects": b'{"tags": ' + b'{"a":' * 20000 + b"1" + b"}" * 20001,
    "a number of a thousand digits": b'{"timeout": {"attemptDurationSeconds": ' + b"9" * 1000 + b"}}",
    "a huge exponent": b'{"timeout": {"attemptDurationSeconds": 1e999999999}}',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_checklist_03_malformed_json_is_refused(wire, unchanged, body):
    for operation in ("SubmitJob", "RegisterJobDefinition", "DescribeJobs"):
        assert_refused(wire.post(operation, body))


def required(operation):
    shape = MODEL.operation_model(operation).input_shape
    return [member for member in shape.required_members if member not in ("resourceArn", "tagKeys")]


MISSING = [
    (operation, member)
    for operation, good in GOOD.items()
    for member in required(operation)
]


@pytest.mark.parametrize(("operation", "member"), MISSING)
def test_a_missing_member_is_refused(wire, unchanged, operation, member):
    body = {key: value for key, value in GOOD[operation].items() if key != member}
    assert_refused(wire.post(operation, body))
    assert_refused(wire.post(operation, GOOD[operation] | {member: None}))


NEEDS_INPUT = [name for name in MODEL.operation_names if required(name)]


@pytest.mark.parametrize("operation", NEEDS_INPUT)
def test_no_members_at_all_are_refused_where_some_are_needed(wire, unchanged, operation):
    if operation in ("ListServiceJobs", "ListQuotaShares"):
        pytest.skip("answers that there are none, whatever is asked")
    for body in (b"{}", b""):
        if MODEL.operation_model(operation).http["requestUri"].startswith("/v1/tags"):
            answer = wire.send("POST", "/v1/tags/arn:aws:batch:us-east-1:0:job-queue/x", body)
        else:
            answer = wire.post(operation, body)
        assert_refused(answer)


def wrong_values(shape):
    """Values of every JSON type that this shape is not."""
    values = {"string": "text", "integer": 7, "boolean": True, "list": [1], "structure": {"a": 1}}
    kind = {"long": "integer", "map": "structure", "float": "integer"}.get(
        shape.type_name, shape.type_name
    )
    if kind == "string":
        # A number or a boolean for a string is a mistake that clients of some languages make.
        return [values["list"], values["structure"]]
    wrong = [value for type_name, value in values.items() if type_name != kind]
    return wrong + [1.5, 10**30] if kind == "integer" and shape.type_name != "float" else wrong


def wrong_members(shape, path=(), depth=4):
    """Paths and values of the wrong type, all through a request."""
    for member, of in shape.members.items():
        inner = of
        where = path + (member,)
        while inner.type_name == "list":
            yield from ((where, value) for value in wrong_values(inner))
            inner, where = inner.member, where + (0,)
        yield from ((where, value) for value in wrong_values(inner))
        if inner.type_name == "structure" and depth > 1:
            yield from wrong_members(inner, where, depth - 1)


def put(body, path, value):
    """Puts a value at a path, making what is missing on the way."""
    at = body
    for step, following in zip(path, path[1:] + (None,), strict=True):
        last = following is None
        if isinstance(step, int):
            if not at:
                at.append(None)
            at[0] = value if last else at[0] or ([] if isinstance(following, int) else {})
        elif last:
            at[step] = value
        else:
            empty = [] if isinstance(following, int) else {}
            at[step] = at.get(step) or empty
        at = at[step]
    return body


@pytest.mark.parametrize("operation", GOOD.keys())
def test_checklist_03_a_value_of_the_wrong_type_is_refused_wherever_it_stands(wire, unchanged, operation):
    tried = 0
    ignored = {member for member, state in documented()[operation].items() if state == "ignored"}
    for path, value in wrong_members(MODEL.operation_model(operation).input_shape):
        if any(".".join(map(str, path[:depth])) in ignored for depth in (1, 2)):
            continue
        answer = wire.post(operation, put(copy.deepcopy(GOOD[operation]), path, value))
        assert answer.status == 400, (path, value, answer.status, answer.body)
        assert_refused(answer)
        tried += 1
    assert tried > 30


VALUES = {
    "job name with blanks": ("SubmitJob", {"jobName": "two words"}),
    "empty job name": ("SubmitJob", {"jobName": ""}),
    "job name too long": ("SubmitJob", {"jobName": "x" * 129}),
    "job name from below": ("SubmitJob", {"jobName": "../../etc/passwd"}),
    "job name with a line feed": ("SubmitJob", {"jobName": "a\nb"}),
    "unknown queue": ("SubmitJob", {"jobQueue": "nowhere"}),
    "queue of another service": ("SubmitJob", {"jobQueue": "arn:aws:sqs:us-east-1:0:default"}),
    "unknown definition": ("SubmitJob", {"jobDefinition": "nothing"}),
    "unknown revision": ("SubmitJob", {"jobDefinition": "default:99"}),
    "revision that is no number": ("SubmitJob", {"jobDefinition": "default:latest"}),
    "array of one": ("SubmitJob", {"arrayProperties": {"size": 1}}),
    "array too large": ("SubmitJob", {"arrayProperties": {"size": 10001}}),
    "negative array": ("SubmitJob", {"arrayProperties": {"size": -5}}),
    "timeout too short": ("SubmitJob", {"timeout": {"attemptDurationSeconds": 59}}),
    "no attempts": ("SubmitJob", {"retryStrategy": {"attempts": 0}}),
    "too many attempts": ("SubmitJob", {"retryStrategy": {"attempts": 11}}),
    "unknown dependency": ("SubmitJob", {"dependsOn": [{"jobId": str(uuid.UUID(int=1))}]}),
    "too many dependencies": ("SubmitJob", {"dependsOn": [{"jobId": "x"}] * 21}),
    "empty word in the command": ("SubmitJob", {"containerOverrides": {"command": ["sh", ""]}}),
    "reserved variable": (
        "SubmitJob",
        {"containerOverrides": {"environment": [{"name": "AWS_BATCH_X", "value": "1"}]}},
    ),
    "no vCPU": (
        "SubmitJob",
        {"containerOverrides": {"resourceRequirements": [{"type": "VCPU", "value": "0"}]}},
    ),
    "vCPUs in words": (
        "SubmitJob",
        {"containerOverrides": {"resourceRequirements": [{"type": "VCPU", "value": "two"}]}},
    ),
    "a kind of resource that is none": (
        "SubmitJob",
        {"containerOverrides": {"resourceRequirements": [{"type": "LUCK", "value": "1"}]}},
    ),
    "parameter without value": ("SubmitJob", {"containerOverrides": {"command": ["Ref::none"]}}),
    "too many tags": ("SubmitJob", {"tags": {f"k{n}": "v" for n in range(51)}}),
    "reserved tag": ("SubmitJob", {"tags": {"aws:mine": "1"}}),
    "share on a queue without shares": ("SubmitJob", {"shareIdentifier": "A"}),
    "definition of no known type": ("RegisterJobDefinition", {"type": "vm"}),
    "definition without properties": ("RegisterJobDefinition", {"containerProperties": None}),
    "definition without image": (
        "RegisterJobDefinition",
        {"containerProperties": {"vcpus": 1, "memory": 64}},
    ),
    "definition without memory": (
        "RegisterJobDefinition",
        {"containerProperties": {"image": "x", "vcpus": 1}},
    ),
    "environment of no known type": ("CreateComputeEnvironment", {"type": "CLOUD"}),
    "environment on Fargate": (
        "CreateComputeEnvironment",
        {"computeResources": ENVIRONMENT["computeResources"] | {"type": "FARGATE"}},
    ),
    "environment of negative size": (
        "CreateComputeEnvironment",
        {"computeResources": ENVIRONMENT["computeResources"] | {"maxvCpus": -1}},
    ),
    "managed environment without resources": (
        "CreateComputeEnvironment",
        {"computeResources": None},
    ),
    "environment whose name is taken": (
        "CreateComputeEnvironment",
        {"computeEnvironmentName": "default"},
    ),
    "queue without environments": ("CreateJobQueue", {"computeEnvironmentOrder": []}),
    "queue on an unknown environment": (
        "CreateJobQueue",
        {"computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "nowhere"}]},
    ),
    "queue whose name is taken": ("CreateJobQueue", {"jobQueueName": "default"}),
    "queue in no known state": ("CreateJobQueue", {"state": "HALF"}),
}


@pytest.mark.parametrize(("operation", "members"), VALUES.values(), ids=VALUES.keys())
def test_a_value_that_is_not_allowed_is_refused(wire, unchanged, operation, members):
    assert_refused(wire.post(operation, GOOD[operation] | members))


def test_what_the_bad_requests_were_made_from_is_good(wire, batch):
    job = wire.post("SubmitJob", SUBMIT)
    assert job.status == 200, job.body
    definition = wire.post("RegisterJobDefinition", REGISTER)
    assert definition.status == 200, definition.body
    batch.deregister_job_definition(jobDefinition="bad:1")
    assert wire.post("CreateComputeEnvironment", ENVIRONMENT).status == 200
    wait_valid(batch, "bad")
    assert wire.post("CreateJobQueue", QUEUE).status == 200
    delete_all(batch, "bad")


def test_members_that_are_unknown_are_ignored(wire):
    assert wire.post("DescribeJobQueues", {"fromTheFuture": {"a": [1]}}).status == 200

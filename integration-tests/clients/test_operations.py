"""Every operation of the service model is answered as docs/compatibility.md says."""

import re
from functools import cache

import botocore.session
import pytest

from service import ROOT

MODEL = botocore.session.get_session().get_service_model("batch")
STATES = ("works", "docker", "kept", "ignored", "refused")
CREATING = ("SubmitJob", "RegisterJobDefinition", "CreateJobQueue", "CreateComputeEnvironment")
# Structures whose members have rows of their own.
SPLIT = ("containerProperties", "containerOverrides", "computeResources")


@cache
def documented() -> dict[str, dict[str, str]]:
    """From a heading of the page to its rows: name to state."""
    sections, rows = {}, {}
    for line in (ROOT / "docs" / "compatibility.md").read_text().splitlines():
        if line.startswith("## "):
            rows = sections.setdefault(line[3:], {})
        elif found := re.match(r"\| `([\w.]+)` \| (\w+) \|", line):
            assert found[1] not in rows, f"{found[1]} is there twice"
            rows[found[1]] = found[2]
    return sections


def members(operation: str) -> set[str]:
    shape = MODEL.operation_model(operation).input_shape
    inner = {f"{one}.{m}" for one in SPLIT if one in shape.members for m in shape.members[one].members}
    return set(shape.members) | inner


def test_the_page_has_every_operation_and_member_of_the_model_and_no_others():
    assert set(documented()["Operations"]) == set(MODEL.operation_names)
    for operation in CREATING:
        assert set(documented()[operation]) == members(operation)
    for rows in documented().values():
        assert set(rows.values()) <= set(STATES)


@pytest.mark.parametrize("operation", sorted(MODEL.operation_names))
def test_checklist_01_every_operation_is_answered_on_its_path(batch, operation):
    state = documented()["Operations"][operation]
    shape = MODEL.operation_model(operation).input_shape
    arguments = {member: example(shape.members[member]) for member in shape.required_members}
    try:
        answer = getattr(batch, botocore.xform_name(operation))(**arguments)
        said = ""
    except batch.exceptions.ClientException as refused:
        answer = refused.response
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400
        headers = answer["ResponseMetadata"]["HTTPHeaders"]
        assert headers["x-amzn-errortype"] == "ClientException"
        said = answer["Error"]["Message"]
        assert said
    assert (state == "refused") == ("is not supported yet." in said), said
    if state == "ignored":
        assert [value for key, value in answer.items() if key != "ResponseMetadata"] == [[]]


def example(shape):
    match shape.type_name:
        case "structure":
            return {member: example(shape.members[member]) for member in shape.required_members}
        case "list":
            return [example(shape.member)]
        case "map":
            return {"key": "value"}
        case "string":
            return shape.enum[0] if shape.enum else "no-such-thing"
        case "boolean":
            return False
        case _:
            return 1

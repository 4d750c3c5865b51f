"""Every operation of the service model is answered, and docs/compatibility.md speaks of it."""

import botocore.session
import pytest

MODEL = botocore.session.get_session().get_service_model("batch")


@pytest.mark.parametrize("operation", sorted(MODEL.operation_names))
def test_every_operation_of_the_model_is_answered(batch, operation):
    """Whatever it is asked, it says what is wrong as a ClientException or answers."""
    model = MODEL.operation_model(operation)
    arguments = {
        member: example(shape)
        for member, shape in model.input_shape.members.items()
        if member in model.input_shape.required_members
    }
    method = botocore.xform_name(operation)
    try:
        getattr(batch, method)(**arguments)
    except batch.exceptions.ClientException as refused:
        assert refused.response["ResponseMetadata"]["HTTPStatusCode"] == 400
        assert refused.response["Error"]["Message"]


def example(shape):
    match shape.type_name:
        case "structure":
            members = shape.members.items()
            return {key: example(of) for key, of in members if key in shape.required_members}
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

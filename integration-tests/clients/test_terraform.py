"""Terraform's AWS provider: create, change, import, destroy.

The provider waits half a minute before it looks at a queue that it created, changed or deletes, so
the steps run beside the other tests (`terraform_steps` in conftest.py), on a service of their own.
"""

import pytest

from terraform import MISSING

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(MISSING, reason="needs terraform and a folder with its AWS provider"),
]


@pytest.fixture
def steps(terraform_steps):
    return lambda name: terraform_steps[name].result()


def test_checklist_19_it_creates_all_four_kinds(steps):
    assert steps("create") == {"add": 4}


def test_checklist_19_its_second_plan_is_empty(steps):
    assert steps("plan") == {}


def test_checklist_19_it_updates_in_place_and_makes_a_new_revision(steps):
    assert steps("update") == {"change": 4}
    found = steps("look")
    (queue,) = found["queues"]
    assert (queue["priority"], queue["tags"]["stage"]) == (5, "second")
    (environment,) = found["environments"]
    assert environment["computeResources"]["maxvCpus"] == 8
    assert environment["tags"] == {"made-by": "terraform", "stage": "second"}
    revisions = {one["revision"]: one["status"] for one in found["definitions"]}
    assert revisions == {1: "INACTIVE", 2: "ACTIVE"}
    assert found["job"]["status"] == "SUCCEEDED" and found["lines"] == ["second"]


def test_it_takes_over_what_is_there(steps):
    assert steps("take_over") == {"import": 4}


def test_checklist_19_it_destroys_everything(steps):
    assert steps("destroy") == {"remove": 4}
    assert steps("left") == []

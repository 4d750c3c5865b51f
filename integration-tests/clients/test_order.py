"""Arrays in order, consumable resources and bulk stops, with boto3."""

import pytest
from botocore.exceptions import ClientError

from catalog import until
from jobs import until_there

RESOURCES = [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]


def times(jobs, array: str, size: int) -> list[tuple[int, int]]:
    """When each child of an array started and stopped."""
    children = [jobs.get(f"{array}:{index}") for index in range(size)]
    return [(child["startedAt"], child["stoppedAt"]) for child in children]


def test_children_wait_for_their_counterparts_and_for_each_other(batch, jobs, name):
    size = {"arrayProperties": {"size": 3}}
    first = jobs.submit(name, "sleep 0.$AWS_BATCH_JOB_ARRAY_INDEX", **size)
    behind = [{"jobId": first, "type": "N_TO_N"}]
    second = jobs.submit(name, "true", dependsOn=behind, **size)
    third = jobs.submit(
        name, "sleep 0.1", dependsOn=[{"jobId": second}, {"type": "SEQUENTIAL"}], **size
    )
    ended = jobs.ended(first, second, third)
    assert [job["status"] for job in ended] == ["SUCCEEDED"] * 3
    assert ended[2]["arrayProperties"]["statusSummary"]["SUCCEEDED"] == 3
    for before, after in zip(times(jobs, first, 3), times(jobs, second, 3), strict=True):
        assert after[0] >= before[1]
    one_by_one = times(jobs, third, 3)
    assert all(after[0] >= before[1] for before, after in zip(one_by_one, one_by_one[1:]))


def test_a_failed_child_fails_what_comes_behind_it_only(jobs, name):
    size = {"arrayProperties": {"size": 3}}
    first = jobs.submit(name, "exit $((AWS_BATCH_JOB_ARRAY_INDEX == 1))", **size)
    second = jobs.submit(name, "true", dependsOn=[{"jobId": first, "type": "N_TO_N"}], **size)
    (job,) = jobs.ended(second)
    assert (job["status"], job["statusReason"]) == ("FAILED", "Array Child Job failed")
    assert job["arrayProperties"]["statusSummary"]["FAILED"] == 1
    child = jobs.get(f"{second}:1")
    assert (child["status"], child["statusReason"]) == ("FAILED", "Dependent Job failed")
    assert child["attempts"] == []


def test_arrays_of_different_sizes_are_refused(jobs, name):
    first = jobs.submit(name, "true", arrayProperties={"size": 2})
    with pytest.raises(ClientError, match="arrays of the same size"):
        jobs.submit(
            name,
            "true",
            arrayProperties={"size": 3},
            dependsOn=[{"jobId": first, "type": "N_TO_N"}],
        )


def test_a_job_waits_for_a_licence_and_gives_it_back(batch, jobs, name, tmp_path):
    created = batch.create_consumable_resource(consumableResourceName=name, totalQuantity=0)
    batch.register_job_definition(
        jobDefinitionName=name,
        type="container",
        containerProperties={"image": "busybox", "resourceRequirements": RESOURCES},
        consumableResourceProperties={
            "consumableResourceList": [
                {"consumableResource": created["consumableResourceArn"], "quantity": 2}
            ]
        },
    )
    job = jobs.submit(name, until_there(tmp_path / "go"), jobDefinition=name)
    until(lambda: "statusReason" in jobs.wait(job, "RUNNABLE"))
    assert jobs.get(job)["statusReason"] == (
        f"WAITING:CONSUMABLE_RESOURCE - {name}: 2 needed, 0 in all"
    )
    (listed,) = batch.list_jobs_by_consumable_resource(consumableResource=name)["jobs"]
    assert (listed["jobName"], listed["jobStatus"], listed["quantity"]) == (name, "RUNNABLE", 2)

    batch.update_consumable_resource(consumableResource=name, operation="ADD", quantity=3)
    jobs.wait(job, "RUNNING")
    found = batch.describe_consumable_resource(consumableResource=name)
    assert (found["inUseQuantity"], found["availableQuantity"]) == (2, 1)
    (tmp_path / "go").touch()
    (ended,) = jobs.ended(job)
    assert ended["status"] == "SUCCEEDED"
    until(lambda: not batch.describe_consumable_resource(consumableResource=name)["inUseQuantity"])
    batch.delete_consumable_resource(consumableResource=name)
    with pytest.raises(ClientError, match="does not exist"):
        batch.describe_consumable_resource(consumableResource=name)


@pytest.mark.parametrize("operation", ["cancel_jobs", "terminate_jobs"])
def test_many_jobs_are_stopped_by_one_call(batch, jobs, name, operation):
    if not hasattr(batch, operation):
        pytest.skip("this boto3 does not know it yet")
    first = jobs.submit(name, "sleep 60")
    waiting = [jobs.submit(name, "true", dependsOn=[{"jobId": first}]) for _ in range(3)]
    answer = getattr(batch, operation)(jobs=waiting, reason="not needed")
    assert (sorted(answer["successful"]), answer["errors"]) == (sorted(waiting), [])
    assert {jobs.get(job)["statusReason"] for job in waiting} == {"not needed"}
    batch.terminate_job(jobId=first, reason="nobody waits for it")

"""Members of requests are kept, ignored or refused as docs/compatibility.md says."""

import pytest

from catalog import create_environment, delete_all, wait_valid
from test_operations import documented, example, MODEL

RESOURCES = [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]
CONTAINER = {
    "image": "busybox",
    "command": ["echo", "Ref::word"],
    "environment": [{"name": "A", "value": "b"}],
    "resourceRequirements": RESOURCES,
    "volumes": [{"name": "here", "host": {"sourcePath": "/tmp"}}],
    "mountPoints": [{"containerPath": "/there", "readOnly": True, "sourceVolume": "here"}],
    "readonlyRootFilesystem": False,
    "privileged": False,
    "ulimits": [{"name": "nofile", "softLimit": 100, "hardLimit": 200}],
    "user": "nobody",
    "linuxParameters": {
        "devices": [{"hostPath": "/dev/null", "containerPath": "/dev/n", "permissions": ["READ"]}],
        "initProcessEnabled": True,
        "sharedMemorySize": 64,
        "tmpfs": [{"containerPath": "/scratch", "size": 16, "mountOptions": ["noexec"]}],
        "maxSwap": 0,
        "swappiness": 10,
    },
    "logConfiguration": {
        "logDriver": "awslogs",
        "options": {"awslogs-stream-prefix": "p"},
        "secretOptions": [],
    },
    "jobRoleArn": "arn:aws:iam::000000000000:role/job",
    "executionRoleArn": "arn:aws:iam::000000000000:role/execution",
    "secrets": [{"name": "S", "valueFrom": "arn:aws:secretsmanager:us-east-1:0:secret:s"}],
    "instanceType": "m5.large",
    "enableExecuteCommand": True,
    "repositoryCredentials": {"credentialsParameter": "arn:aws:secretsmanager:us-east-1:0:secret:r"},
}
DEFINITION = {
    "type": "container",
    "parameters": {"word": "ahoy"},
    "schedulingPriority": 5,
    "retryStrategy": {
        "attempts": 2,
        "evaluateOnExit": [{"onStatusReason": "Host EC2*", "action": "retry"}],
    },
    "timeout": {"attemptDurationSeconds": 600},
    "propagateTags": True,
    "tags": {"team": "harbour"},
    "platformCapabilities": ["EC2"],
    "containerProperties": CONTAINER,
}
COMPUTE = {
    "type": "SPOT",
    "allocationStrategy": "SPOT_CAPACITY_OPTIMIZED",
    "minvCpus": 0,
    "maxvCpus": 4,
    "desiredvCpus": 0,
    "instanceTypes": ["m5.large"],
    "bidPercentage": 60,
    "imageId": "ami-1",
    "subnets": ["subnet-1"],
    "securityGroupIds": ["sg-1"],
    "ec2KeyPair": "key",
    "instanceRole": "role",
    "tags": {"Name": "host"},
    "placementGroup": "close",
    "spotIamFleetRole": "arn:aws:iam::000000000000:role/fleet",
    "launchTemplate": {"launchTemplateName": "t", "version": "1"},
    "ec2Configuration": [{"imageType": "ECS_AL2023"}],
    "scalingPolicy": {"minScaleDownDelayMinutes": 20},
}
STORED = ("works", "docker", "kept")
# Alternatives: a definition has one of them.
CONTENT = ("containerProperties", "ecsProperties", "nodeProperties")


def rows(operation, within=""):
    prefix = within + "." if within else ""
    table = documented()[operation].items()
    return {
        name.removeprefix(prefix): state
        for name, state in table
        if name.startswith(prefix) and "." not in name.removeprefix(prefix)
    }


def test_what_a_definition_keeps_is_given_back(batch, name):
    resource = batch.create_consumable_resource(consumableResourceName=name, totalQuantity=1)
    needs = [{"consumableResource": resource["consumableResourceArn"], "quantity": 1}]
    given = DEFINITION | {"consumableResourceProperties": {"consumableResourceList": needs}}
    registered = batch.register_job_definition(jobDefinitionName=name, **given)
    (found,) = batch.describe_job_definitions(jobDefinitions=[f"{name}:1"])["jobDefinitions"]
    for member, state in rows("RegisterJobDefinition").items():
        if state in STORED and member not in ("jobDefinitionName", *CONTENT):
            assert found[member] == given[member], member
    for member, state in rows("RegisterJobDefinition", "containerProperties").items():
        if state in STORED and member not in ("vcpus", "memory"):
            assert found["containerProperties"][member] == CONTAINER[member], member
    batch.deregister_job_definition(jobDefinition=registered["jobDefinitionArn"])
    batch.delete_consumable_resource(consumableResource=name)


def test_nodes_and_containers_of_a_task_are_given_back(batch, name):
    container = {"image": "busybox", "command": ["true"], "resourceRequirements": RESOURCES}
    task = {
        "taskProperties": [
            {
                "containers": [
                    container | {"name": "work", "essential": True},
                    container
                    | {
                        "name": "side",
                        "essential": False,
                        "dependsOn": [{"containerName": "work", "condition": "START"}],
                    },
                ]
            }
        ]
    }
    ranges = [
        {"targetNodes": "0:", "container": container, "instanceTypes": ["m5.large"]},
        {"targetNodes": "1", "ecsProperties": task},
    ]
    nodes = {"numNodes": 3, "mainNode": 0, "nodeRangeProperties": ranges}
    batch.register_job_definition(jobDefinitionName=name, type="multinode", nodeProperties=nodes)
    batch.register_job_definition(jobDefinitionName=name, type="container", ecsProperties=task)
    second, first = batch.describe_job_definitions(jobDefinitionName=name)["jobDefinitions"]
    found = first["nodeProperties"]
    assert (found["numNodes"], found["mainNode"]) == (3, 0)
    shown = found["nodeRangeProperties"]
    assert shown[0]["container"].items() >= container.items()
    assert shown[0]["instanceTypes"] == ["m5.large"]
    assert shown[1]["ecsProperties"] == task
    assert second["ecsProperties"] == task


def test_the_older_members_of_a_container_are_shown_as_they_were_given(batch, name):
    batch.register_job_definition(
        jobDefinitionName=name,
        type="container",
        containerProperties={"image": "busybox", "vcpus": 1, "memory": 64},
    )
    (found,) = batch.describe_job_definitions(jobDefinitions=[f"{name}:1"])["jobDefinitions"]
    container = found["containerProperties"]
    assert (container["vcpus"], container["memory"]) == (1, 64)
    assert container["resourceRequirements"] == []


def test_what_an_environment_keeps_is_given_back(batch, name):
    compute = {member: COMPUTE[member] for member in COMPUTE}
    create_environment(batch, name, **compute)
    found = batch.describe_compute_environments(computeEnvironments=[name])
    resources = found["computeEnvironments"][0]["computeResources"]
    for member, state in rows("CreateComputeEnvironment", "computeResources").items():
        if state in STORED:
            assert resources[member] == COMPUTE[member], member
        else:
            assert member not in resources
    batch.update_compute_environment(computeEnvironment=name, state="DISABLED")
    wait_valid(batch, name)
    batch.delete_compute_environment(computeEnvironment=name)


REFUSED = [
    (operation, member)
    for operation in ("SubmitJob", "RegisterJobDefinition", "CreateJobQueue", "CreateComputeEnvironment")
    for member, state in documented()[operation].items()
    if state == "refused"
]


@pytest.mark.parametrize(("operation", "member"), REFUSED)
def test_what_is_refused_says_so_by_its_name(batch, name, operation, member):
    good = {
        "SubmitJob": {"jobName": name, "jobQueue": "default", "jobDefinition": "default"},
        "RegisterJobDefinition": {"jobDefinitionName": name, **DEFINITION},
        "CreateJobQueue": {
            "jobQueueName": name,
            "priority": 1,
            "computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "default"}],
        },
        "CreateComputeEnvironment": {
            "computeEnvironmentName": name,
            "type": "MANAGED",
            "computeResources": COMPUTE,
        },
    }[operation]
    *within, last = member.split(".")
    shape = MODEL.operation_model(operation).input_shape
    inner = shape.members[within[0]] if within else shape
    value = {last: full(inner.members[last])}
    members = {within[0]: good[within[0]] | value} if within else value
    method = {
        "SubmitJob": batch.submit_job,
        "RegisterJobDefinition": batch.register_job_definition,
        "CreateJobQueue": batch.create_job_queue,
        "CreateComputeEnvironment": batch.create_compute_environment,
    }[operation]
    with pytest.raises(batch.exceptions.ClientException) as refused:
        method(**good | members)
    said = refused.value.response["Error"]["Message"].lower().replace(" ", "")
    assert last.lower().removesuffix("propertiesoverride") in said, said


def full(shape):
    """One of everything, one level deep: an empty structure could pass for an absent one."""
    if shape.type_name == "structure":
        return {member: example(of) for member, of in shape.members.items()}
    return example(shape)


def test_an_environment_can_be_disabled_and_deleted_while_no_queue_uses_it(batch, name):
    create_environment(batch, name)
    batch.create_job_queue(
        jobQueueName=name,
        priority=1,
        computeEnvironmentOrder=[{"order": 1, "computeEnvironment": name}],
        jobStateTimeLimitActions=[
            {
                "reason": "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
                "state": "RUNNABLE",
                "maxTimeSeconds": 600,
                "action": "CANCEL",
            }
        ],
    )
    (found,) = batch.describe_job_queues(jobQueues=[name])["jobQueues"]
    assert found["jobStateTimeLimitActions"][0]["maxTimeSeconds"] == 600
    delete_all(batch, name)

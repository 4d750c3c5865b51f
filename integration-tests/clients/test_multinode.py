"""Multi-node jobs and jobs of several containers, by boto3, with real processes."""

from catalog import create_environment, create_queue, delete_all
from jobs import until_there

RESOURCES = [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "64"}]
# The main node waits until each other node has sent its index to the main node's address.
MAIN = """
import os, socket
server = socket.create_server(("0.0.0.0", int(os.environ["PORT"])))
others = int(os.environ["AWS_BATCH_JOB_NUM_NODES"]) - 1
heard = sorted(server.accept()[0].recv(8).decode() for _ in range(others))
print("heard", *heard, flush=True)
"""
OTHER = """
import os, socket, time
address = os.environ["AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS"]
while True:
    try:
        socket.create_connection((address, int(os.environ["PORT"]))).send(
            os.environ["AWS_BATCH_JOB_NODE_INDEX"].encode())
        break
    except ConnectionRefusedError:
        time.sleep(0.05)
time.sleep(600)
"""


def register(batch, name, main, other, port):
    def container(script):
        return {
            "image": "python",
            "command": ["python3", "-c", script],
            "environment": [{"name": "PORT", "value": str(port)}],
            "resourceRequirements": RESOURCES,
        }

    ranges = [
        {"targetNodes": "0:", "container": container(other)},
        {"targetNodes": "0", "container": container(main)},
    ]
    batch.register_job_definition(
        jobDefinitionName=name,
        type="multinode",
        nodeProperties={"numNodes": 3, "mainNode": 0, "nodeRangeProperties": ranges},
    )


def test_checklist_21_nodes_are_stopped_when_the_main_node_exits(batch, jobs, name):
    create_environment(batch, name, maxvCpus=16)
    create_queue(batch, name)
    register(batch, name, MAIN, OTHER, 18431)
    job_id = batch.submit_job(jobName="gang", jobQueue=name, jobDefinition=name)["jobId"]
    job = jobs.wait(job_id)
    assert job["status"] == "SUCCEEDED", job
    assert job["nodeProperties"]["numNodes"] == 3
    main = jobs.get(f"{job_id}#0")
    assert main["nodeDetails"] == {"nodeIndex": 0, "isMainNode": True}
    assert jobs.lines(main) == ["heard 1 2"]
    for other in jobs.ended(f"{job_id}#1", f"{job_id}#2"):
        assert (other["status"], other["statusReason"]) == (
            "FAILED",
            "The main node of the job has ended",
        )
    listed = batch.list_jobs(multiNodeJobId=job_id, jobStatus="FAILED")["jobSummaryList"]
    assert [one["nodeProperties"]["nodeIndex"] for one in listed] == [1, 2]
    delete_all(batch, name)


def test_a_retry_begins_all_nodes_again(batch, jobs, name):
    create_environment(batch, name, maxvCpus=16)
    create_queue(batch, name)
    main = "import os, time; time.sleep(1); raise SystemExit(os.environ['AWS_BATCH_JOB_ATTEMPT'] == '1')"
    register(batch, name, main, "import time; time.sleep(600)", 0)
    job_id = batch.submit_job(
        jobName="gang", jobQueue=name, jobDefinition=name, retryStrategy={"attempts": 2}
    )["jobId"]
    job = jobs.wait(job_id, seconds=90)
    assert job["status"] == "SUCCEEDED", job
    assert [one["container"]["exitCode"] for one in job["attempts"]] == [1, 0]
    delete_all(batch, name)


def test_containers_of_a_task_run_in_their_order(batch, jobs, name, tmp_path):
    def container(name, script, **more):
        command = ["sh", "-c", script]
        return {"name": name, "image": "busybox", "command": command,
                "resourceRequirements": RESOURCES} | more

    work = container(
        "work", "echo worked; exit 4", dependsOn=[{"containerName": "init", "condition": "SUCCESS"}]
    )
    init = container("init", until_there(tmp_path / "side") + "; echo begun", essential=False)
    side = container("side", f"touch '{tmp_path}/side'; sleep 600", essential=False)
    batch.register_job_definition(
        jobDefinitionName=name,
        type="container",
        ecsProperties={"taskProperties": [{"containers": [work, init, side]}]},
    )
    job_id = batch.submit_job(jobName="pod", jobQueue="default", jobDefinition=name)["jobId"]
    job = jobs.wait(job_id, seconds=60)
    assert job["status"] == "FAILED"
    (task,) = job["attempts"][-1]["taskProperties"]
    assert {one["name"]: one["exitCode"] for one in task["containers"]} == {
        "work": 4,
        "init": 0,
        "side": 143,
    }
    (task,) = job["ecsProperties"]["taskProperties"]
    logs = jobs.logs.get_log_events(
        logGroupName="/aws/batch/job",
        logStreamName=task["containers"][1]["logStreamName"],
        startFromHead=True,
    )
    assert [event["message"] for event in logs["events"]] == ["begun"]


def test_checklist_21_a_node_that_dies_leaves_the_job_alone(batch, jobs, name, tmp_path):
    create_environment(batch, name, maxvCpus=16)
    create_queue(batch, name)
    main = f"import os, time\nwhile not os.path.exists('{tmp_path}/go'): time.sleep(0.1)"
    register(batch, name, main, "raise SystemExit(7)", 0)
    job_id = batch.submit_job(
        jobName="gang", jobQueue=name, jobDefinition=name, retryStrategy={"attempts": 3}
    )["jobId"]
    dead = jobs.wait(f"{job_id}#1")
    assert (dead["status"], dead["container"]["exitCode"]) == ("FAILED", 7)
    assert jobs.get(job_id)["status"] == "RUNNING", "while its main node runs"
    (tmp_path / "go").touch()
    job = jobs.wait(job_id)
    assert (job["status"], len(job["attempts"])) == ("SUCCEEDED", 1)
    delete_all(batch, name)

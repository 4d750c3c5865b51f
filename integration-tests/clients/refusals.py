"""What a refusal must look like, and how to see that it changed nothing."""

import uuid


def everything(batch) -> dict:
    def pages(operation, result, **arguments):
        paginator = batch.get_paginator(operation)
        return [one for page in paginator.paginate(**arguments) for one in page[result]]

    every_job = [{"name": "AFTER_CREATED_AT", "values": ["0"]}]
    queues = pages("describe_job_queues", "jobQueues")
    jobs = [
        job["jobId"]
        for queue in queues
        for job in pages(
            "list_jobs", "jobSummaryList", jobQueue=queue["jobQueueName"], filters=every_job
        )
    ]
    return {
        "queues": queues,
        "environments": pages("describe_compute_environments", "computeEnvironments"),
        "definitions": pages("describe_job_definitions", "jobDefinitions"),
        "policies": pages("list_scheduling_policies", "schedulingPolicies"),
        "jobs": sorted(jobs),
    }


def assert_refused(answer, status=400, code="ClientException", text=""):
    """It has the status, the code in header and body, a message, and an id to ask with."""
    assert answer.status == status, (answer.status, answer.body)
    assert answer.headers["x-amzn-errortype"].split(":")[0] == code
    assert answer.headers["content-type"].startswith("application/json")
    uuid.UUID(answer.headers["x-amzn-requestid"])
    body = answer.json()
    assert body["__type"].split("#")[-1] == code
    assert text in body["message"] and body["message"].strip()
    assert "Exception:" not in body["message"], "no name of a class of ours"


def assert_4xx(answer):
    assert 400 <= answer.status < 500, (answer.status, answer.body)
    assert_refused(answer, answer.status, answer.headers["x-amzn-errortype"].split(":")[0])

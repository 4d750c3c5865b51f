// The AWS SDK for JavaScript in a user's program: the environment alone points to the service.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  BatchClient,
  CancelJobCommand,
  ClientException,
  DescribeJobsCommand,
  ListJobsCommand,
  RegisterJobDefinitionCommand,
  SubmitJobCommand,
  TerminateJobCommand,
  paginateDescribeJobQueues,
  paginateListJobs,
} from "@aws-sdk/client-batch";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";

const batch = new BatchClient();
const logs = new CloudWatchLogsClient();
const prefix = `js-${process.env.TEST_NAME}`;

async function submit(name, script, more = {}) {
  const { jobId } = await batch.send(
    new SubmitJobCommand({
      jobName: `${prefix}-${name}`,
      jobQueue: "default",
      jobDefinition: "default",
      containerOverrides: { command: ["sh", "-c", script] },
      ...more,
    }),
  );
  return jobId;
}

async function describe(...ids) {
  return (await batch.send(new DescribeJobsCommand({ jobs: ids }))).jobs;
}

async function waitFor(jobId, ...states) {
  const wanted = states.length ? states : ["SUCCEEDED", "FAILED"];
  for (const end = Date.now() + 60_000; ; await sleep(200)) {
    const [job] = await describe(jobId);
    if (wanted.includes(job.status)) return job;
    assert.ok(Date.now() < end, `still ${job.status}: ${job.statusReason}`);
  }
}

async function lines(job) {
  const { events } = await logs.send(
    new GetLogEventsCommand({
      logGroupName: "/aws/batch/job",
      logStreamName: job.container.logStreamName,
      startFromHead: true,
    }),
  );
  return events.map((event) => event.message);
}

test("a job runs, its result and its log are read", async () => {
  const job = await waitFor(await submit("single", "echo hello; exit 3"));
  assert.equal(job.status, "FAILED");
  assert.equal(job.container.exitCode, 3);
  assert.ok(job.createdAt <= job.startedAt && job.startedAt <= job.stoppedAt);
  assert.deepEqual(await lines(job), ["hello"]);
});

test("a job waits for all children of an array", async () => {
  const array = await submit("array", "echo $AWS_BATCH_JOB_ARRAY_INDEX; sleep 0.5", {
    arrayProperties: { size: 3 },
  });
  const last = await submit("last", "true", { dependsOn: [{ jobId: array }] });
  assert.equal((await waitFor(last)).status, "SUCCEEDED");
  const [parent, child, after] = await describe(array, `${array}:2`, last);
  assert.equal(parent.status, "SUCCEEDED");
  assert.equal(parent.arrayProperties.statusSummary.SUCCEEDED, 3);
  assert.equal(child.arrayProperties.index, 2);
  assert.deepEqual(await lines(child), ["2"]);
  assert.ok(after.startedAt >= child.stoppedAt);
});

test("children wait for their counterparts, and for each other", async () => {
  const arrayProperties = { size: 2 };
  const first = await submit("first", "sleep 0.3", { arrayProperties });
  const second = await submit("second", "true", {
    arrayProperties,
    dependsOn: [{ jobId: first, type: "N_TO_N" }, { type: "SEQUENTIAL" }],
  });
  assert.equal((await waitFor(second)).status, "SUCCEEDED");
  const [before, counterpart, child] = await describe(`${second}:0`, `${first}:1`, `${second}:1`);
  assert.ok(child.startedAt >= counterpart.stoppedAt);
  assert.ok(child.startedAt >= before.stoppedAt);
});

test("the main node of a multi-node job decides", async () => {
  const node = (targetNodes, script) => ({
    targetNodes,
    container: {
      image: "busybox",
      command: ["sh", "-c", script],
      resourceRequirements: [
        { type: "VCPU", value: "1" },
        { type: "MEMORY", value: "64" },
      ],
    },
  });
  const { jobDefinitionArn } = await batch.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: `${prefix}-nodes`,
      type: "multinode",
      nodeProperties: {
        numNodes: 2,
        mainNode: 0,
        nodeRangeProperties: [node("0", "sleep 0.5; exit 4"), node("1", "sleep 60")],
      },
    }),
  );
  const { jobId } = await batch.send(
    new SubmitJobCommand({
      jobName: `${prefix}-nodes`,
      jobQueue: "default",
      jobDefinition: jobDefinitionArn,
    }),
  );
  const job = await waitFor(jobId);
  assert.equal(job.status, "FAILED");
  assert.equal(job.nodeProperties.numNodes, 2);
  const [main] = await describe(`${jobId}#0`);
  assert.equal(main.container.exitCode, 4);
  assert.equal(main.nodeDetails.isMainNode, true);
  const { jobSummaryList } = await batch.send(
    new ListJobsCommand({ multiNodeJobId: jobId, jobStatus: "FAILED" }),
  );
  assert.ok(jobSummaryList.some((summary) => summary.nodeProperties.nodeIndex === 0));
});

test("a job that was cancelled before it started has no startedAt", async () => {
  const running = await submit("running", "sleep 60");
  const waiting = await submit("waiting", "true", { dependsOn: [{ jobId: running }] });
  await batch.send(new CancelJobCommand({ jobId: waiting, reason: "changed my mind" }));
  const cancelled = await waitFor(waiting);
  assert.equal(cancelled.statusReason, "changed my mind");
  assert.equal(cancelled.isCancelled, true);
  assert.equal(cancelled.startedAt, undefined);
  assert.deepEqual(cancelled.attempts, []);

  await waitFor(running, "RUNNING");
  await batch.send(new TerminateJobCommand({ jobId: running, reason: "enough" }));
  const terminated = await waitFor(running);
  assert.equal(terminated.status, "FAILED");
  assert.equal(terminated.statusReason, "enough");
  assert.equal(terminated.isTerminated, true);
});

test("listings come in pages, and every job once", async () => {
  const submitted = [];
  for (let number = 0; number < 5; number++) submitted.push(await submit(`page-${number}`, "true"));
  const filters = [{ name: "JOB_NAME", values: [`${prefix}-page-*`] }];
  const found = [];
  let pages = 0;
  for await (const page of paginateListJobs(
    { client: batch, pageSize: 2 },
    { jobQueue: "default", filters },
  )) {
    pages++;
    found.push(...page.jobSummaryList.map((job) => job.jobId));
  }
  assert.ok(pages >= 3);
  assert.deepEqual(found.sort(), submitted.sort());
  const queues = [];
  for await (const page of paginateDescribeJobQueues({ client: batch, pageSize: 1 }, {})) {
    queues.push(...page.jobQueues.map((queue) => queue.jobQueueName));
  }
  assert.ok(queues.includes("default"));
});

test("a refusal is the SDK's own ClientException", async () => {
  await assert.rejects(submit("refused", "true", { jobQueue: "no-such-queue" }), (error) => {
    assert.ok(error instanceof ClientException);
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.match(error.message, /no-such-queue/);
    return true;
  });
});

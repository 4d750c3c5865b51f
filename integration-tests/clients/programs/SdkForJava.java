import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ArrayJobDependency;
import software.amazon.awssdk.services.batch.model.ClientException;
import software.amazon.awssdk.services.batch.model.ContainerDetail;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.batch.model.KeyValuesPair;
import software.amazon.awssdk.services.batch.model.NodeRangeProperty;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/** A user's program: clients as the SDK makes them, pointed to the service by the environment. */
final class SdkForJava {
  private final BatchClient batch = BatchClient.create();
  private final CloudWatchLogsClient logs = CloudWatchLogsClient.create();
  private final String prefix;

  private SdkForJava(String prefix) {
    this.prefix = prefix;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var program = new SdkForJava("java-" + arguments[0]);
    program.aJobRunsAndItsLogIsRead();
    program.aJobWaitsForAllChildrenOfAnArray();
    program.childrenWaitForTheirCounterparts();
    program.aMainNodeDecides();
    program.jobsAreCancelledAndTerminated();
    program.aLicenceIsTakenAndGivenBack();
    program.listingsComeInPages();
    program.aRefusalIsTheSdksException();
    System.out.println("all is as documented");
  }

  private void aJobRunsAndItsLogIsRead() throws InterruptedException {
    JobDetail job = await(submit("single", "echo hello; exit 3", more -> {}));
    expect(JobStatus.FAILED, job.status());
    ContainerDetail container = job.container();
    expect(3, container.exitCode());
    expect(true, job.createdAt() <= job.startedAt() && job.startedAt() <= job.stoppedAt());
    expect(List.of("hello"), lines(job));
  }

  private void aJobWaitsForAllChildrenOfAnArray() throws InterruptedException {
    String script = "echo $AWS_BATCH_JOB_ARRAY_INDEX; sleep 0.5";
    String array = submit("array", script, more -> more.arrayProperties(a -> a.size(3)));
    String last = submit("last", "true", more -> more.dependsOn(on -> on.jobId(array)));
    JobDetail after = await(last);
    expect(JobStatus.SUCCEEDED, after.status());
    JobDetail parent = describe(array);
    expect(JobStatus.SUCCEEDED, parent.status());
    expect(3, parent.arrayProperties().statusSummary().get("SUCCEEDED"));
    JobDetail child = describe(array + ":2");
    expect(2, child.arrayProperties().index());
    expect(List.of("2"), lines(child));
    expect(true, after.startedAt() >= child.stoppedAt());
  }

  private void childrenWaitForTheirCounterparts() throws InterruptedException {
    String first = submit("first", "sleep 0.3", more -> more.arrayProperties(a -> a.size(2)));
    String second =
        submit(
            "second",
            "true",
            more ->
                more.arrayProperties(a -> a.size(2))
                    .dependsOn(
                        on -> on.jobId(first).type(ArrayJobDependency.N_TO_N),
                        on -> on.type(ArrayJobDependency.SEQUENTIAL)));
    expect(JobStatus.SUCCEEDED, await(second).status());
    JobDetail child = describe(second + ":1");
    expect(true, child.startedAt() >= describe(first + ":1").stoppedAt());
    expect(true, child.startedAt() >= describe(second + ":0").stoppedAt());
  }

  private void aMainNodeDecides() throws InterruptedException {
    String definition =
        batch
            .registerJobDefinition(
                register ->
                    register
                        .jobDefinitionName(prefix + "-nodes")
                        .type(JobDefinitionType.MULTINODE)
                        .nodeProperties(
                            nodes ->
                                nodes
                                    .numNodes(2)
                                    .mainNode(0)
                                    .nodeRangeProperties(
                                        node("0", "sleep 0.5; exit 4"), node("1", "sleep 60"))))
            .jobDefinitionArn();
    String id =
        batch
            .submitJob(
                job -> job.jobName(prefix + "-nodes").jobQueue("default").jobDefinition(definition))
            .jobId();
    JobDetail job = await(id);
    expect(JobStatus.FAILED, job.status());
    expect(2, job.nodeProperties().numNodes());
    JobDetail main = describe(id + "#0");
    expect(4, main.container().exitCode());
    expect(true, main.nodeDetails().isMainNode());
    List<JobSummary> nodes =
        batch.listJobs(list -> list.multiNodeJobId(id).jobStatus(JobStatus.FAILED)).jobSummaryList();
    expect(true, nodes.stream().anyMatch(node -> node.nodeProperties().nodeIndex() == 0));
  }

  private static NodeRangeProperty node(String range, String script) {
    return NodeRangeProperty.builder()
        .targetNodes(range)
        .container(
            container ->
                container
                    .image("busybox")
                    .command("sh", "-c", script)
                    .resourceRequirements(
                        need -> need.type(ResourceType.VCPU).value("1"),
                        need -> need.type(ResourceType.MEMORY).value("64")))
        .build();
  }

  private void jobsAreCancelledAndTerminated() throws InterruptedException {
    String running = submit("running", "sleep 60", more -> {});
    String waiting = submit("waiting", "true", more -> more.dependsOn(on -> on.jobId(running)));
    batch.cancelJob(cancel -> cancel.jobId(waiting).reason("changed my mind"));
    JobDetail cancelled = await(waiting);
    expect(JobStatus.FAILED, cancelled.status());
    expect("changed my mind", cancelled.statusReason());
    expect(true, cancelled.isCancelled());
    expect(null, cancelled.startedAt());
    expect(List.of(), cancelled.attempts());

    await(running, JobStatus.RUNNING);
    batch.terminateJob(terminate -> terminate.jobId(running).reason("enough"));
    JobDetail terminated = await(running);
    expect(JobStatus.FAILED, terminated.status());
    expect("enough", terminated.statusReason());
    expect(true, terminated.isTerminated());
  }

  private void aLicenceIsTakenAndGivenBack() throws InterruptedException {
    String licence = prefix + "-licence";
    batch.createConsumableResource(
        create ->
            create
                .consumableResourceName(licence)
                .resourceType("REPLENISHABLE")
                .totalQuantity(1L));
    String first = submitWith(licence, "first-licence");
    String second = submitWith(licence, "second-licence");
    expect(JobStatus.SUCCEEDED, await(first).status());
    expect(JobStatus.SUCCEEDED, await(second).status());
    JobDetail one = describe(first);
    JobDetail other = describe(second);
    expect(true, one.stoppedAt() <= other.startedAt() || other.stoppedAt() <= one.startedAt());
    Instant end = Instant.now().plusSeconds(60);
    while (available(licence) != 1L && Instant.now().isBefore(end)) {
      Thread.sleep(Duration.ofMillis(200));
    }
    expect(1L, available(licence));
  }

  private long available(String licence) {
    return batch
        .describeConsumableResource(describe -> describe.consumableResource(licence))
        .availableQuantity();
  }

  private String submitWith(String licence, String name) {
    return submit(
        name,
        "sleep 0.3",
        more ->
            more.consumableResourcePropertiesOverride(
                need ->
                    need.consumableResourceList(
                        one -> one.consumableResource(licence).quantity(1L))));
  }

  private void listingsComeInPages() {
    List<String> submitted =
        List.of(1, 2, 3, 4, 5).stream()
            .map(number -> submit("page-" + number, "true", more -> {}))
            .sorted()
            .toList();
    var name = KeyValuesPair.builder().name("JOB_NAME").values(prefix + "-page-*").build();
    var listed =
        batch.listJobsPaginator(list -> list.jobQueue("default").filters(name).maxResults(2));
    expect(true, listed.stream().count() >= 3);
    var found = listed.jobSummaryList().stream().map(JobSummary::jobId).sorted().toList();
    expect(submitted, found);
    var queues = batch.describeJobQueuesPaginator(describe -> describe.maxResults(1)).jobQueues();
    expect(true, queues.stream().anyMatch(queue -> queue.jobQueueName().equals("default")));
  }

  private void aRefusalIsTheSdksException() {
    try {
      submit("refused", "true", more -> more.jobQueue("no-such-queue"));
    } catch (ClientException refused) {
      expect(400, refused.statusCode());
      expect(true, refused.getMessage().contains("no-such-queue"));
      return;
    }
    throw new AssertionError("a job was accepted for a queue that does not exist");
  }

  private String submit(String name, String script, Consumer<SubmitJobRequest.Builder> more) {
    return batch
        .submitJob(
            job ->
                job.jobName(prefix + "-" + name)
                    .jobQueue("default")
                    .jobDefinition("default")
                    .containerOverrides(container -> container.command("sh", "-c", script))
                    .applyMutation(more))
        .jobId();
  }

  private JobDetail describe(String id) {
    return batch.describeJobs(describe -> describe.jobs(id)).jobs().getFirst();
  }

  private JobDetail await(String id) throws InterruptedException {
    return await(id, JobStatus.SUCCEEDED, JobStatus.FAILED);
  }

  private JobDetail await(String id, JobStatus... wanted) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(60);
    while (true) {
      JobDetail job = describe(id);
      if (Set.of(wanted).contains(job.status())) {
        return job;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("still waiting: " + job);
      }
      Thread.sleep(Duration.ofMillis(200));
    }
  }

  private List<String> lines(JobDetail job) {
    return logs
        .getLogEvents(
            get ->
                get.logGroupName("/aws/batch/job")
                    .logStreamName(job.container().logStreamName())
                    .startFromHead(true))
        .events()
        .stream()
        .map(OutputLogEvent::message)
        .toList();
  }

  private static void expect(Object wanted, Object found) {
    if (!Objects.equals(wanted, found)) {
      throw new AssertionError("wanted " + wanted + ", found " + found);
    }
  }
}

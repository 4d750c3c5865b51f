package dev.longshore.benchmarks;

import dev.longshore.local.demo.Poll;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Function;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ArrayJobDependency;
import software.amazon.awssdk.services.batch.model.ContainerOverrides;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.batch.model.JobDependency;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.NodeRangeProperty;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** Jobs as a client of the endpoint submits and watches them. */
final class Jobs {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** Few at a time, so that watching costs the service little. */
  private static final int WATCHED = 10;

  private final BatchClient batch;
  private final String queue;
  private final DoubleAdder submitters = new DoubleAdder();

  Jobs(BatchClient batch, String queue) {
    this.batch = batch;
    this.queue = queue;
  }

  /** Registers a definition with this command, 1 vCPU and 64 MiB, and gives its ARN. */
  String define(String name, String... command) {
    return batch
        .registerJobDefinition(request ->
            request
                .jobDefinitionName(name)
                .type(JobDefinitionType.CONTAINER)
                .containerProperties(container ->
                    container
                        .image("public.ecr.aws/docker/library/busybox:latest")
                        .command(command)
                        .resourceRequirements(
                            need(ResourceType.VCPU, "1"), need(ResourceType.MEMORY, "64"))))
        .jobDefinitionArn();
  }

  /**
   * Registers a multi-node definition whose main node, the first, runs this; the others nothing.
   */
  String defineNodes(String name, int count, String main) {
    return batch
        .registerJobDefinition(request ->
            request
                .jobDefinitionName(name)
                .type(JobDefinitionType.MULTINODE)
                .nodeProperties(nodes ->
                    nodes
                        .numNodes(count)
                        .mainNode(0)
                        .nodeRangeProperties(List.of(node("0", main), node("1:", "true")))))
        .jobDefinitionArn();
  }

  private static NodeRangeProperty node(String target, String script) {
    return NodeRangeProperty.builder()
        .targetNodes(target)
        .container(container ->
            container
                .image("public.ecr.aws/docker/library/busybox:latest")
                .command("sh", "-c", script)
                .resourceRequirements(
                    need(ResourceType.VCPU, "1"), need(ResourceType.MEMORY, "64")))
        .build();
  }

  private static ResourceRequirement need(ResourceType type, String value) {
    return ResourceRequirement.builder().type(type).value(value).build();
  }

  /** Submits a job and gives its ID. */
  String submit(String definition) {
    return submit(definition, request -> request);
  }

  /** Submits an array and gives the ID of its parent. */
  String submitArray(String definition, int size) {
    return submit(definition, request -> request.arrayProperties(array -> array.size(size)));
  }

  /** Submits an array whose children wait for those of another one, and gives its ID. */
  String submitArrayBehind(String target, String definition, int size) {
    JobDependency behind =
        JobDependency.builder().jobId(target).type(ArrayJobDependency.N_TO_N).build();
    return submit(
        definition,
        request -> request.arrayProperties(array -> array.size(size)).dependsOn(behind));
  }

  /** Submits a job that waits for all of these, and gives its ID. */
  String submitBehind(Collection<String> targets, String definition) {
    List<JobDependency> behind =
        targets.stream().map(target -> JobDependency.builder().jobId(target).build()).toList();
    return submit(definition, request -> request.dependsOn(behind));
  }

  /** Submits a job with overrides and gives its ID. */
  String submit(String definition, ContainerOverrides overrides) {
    return submit(definition, request -> request.containerOverrides(overrides));
  }

  private String submit(
      String definition, Function<SubmitJobRequest.Builder, SubmitJobRequest.Builder> more) {
    SubmitJobRequest.Builder request =
        SubmitJobRequest.builder().jobName("bench").jobQueue(queue).jobDefinition(definition);
    return batch.submitJob(more.apply(request).build()).jobId();
  }

  /** Submits {@code count} jobs by this many clients at once. */
  List<String> submitAll(String definition, int count, int clients) throws InterruptedException {
    List<Future<List<String>>> shares = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int client = 0; client < clients; client++) {
        int share = count / clients + (client < count % clients ? 1 : 0);
        shares.add(
            threads.submit(() -> {
              List<String> ids = new ArrayList<>();
              for (int i = 0; i < share; i++) {
                ids.add(submit(definition));
              }
              submitters.add(Stopwatch.threadCpuMillis());
              return ids;
            }));
      }
    }
    List<String> ids = new ArrayList<>();
    // In turns, as they were submitted.
    List<List<String>> lists = new ArrayList<>();
    for (Future<List<String>> share : shares) {
      lists.add(resultOf(share));
    }
    for (int i = 0; ids.size() < count; i++) {
      for (List<String> list : lists) {
        if (i < list.size()) {
          ids.add(list.get(i));
        }
      }
    }
    return ids;
  }

  /** CPU time in ms that clients had until now, if the calling thread did all watching. */
  double clientCpuMillis() {
    return submitters.sum() + Stopwatch.threadCpuMillis();
  }

  private static <T> T resultOf(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** How a job is now. */
  JobDetail look(String id) {
    return batch.describeJobs(request -> request.jobs(id)).jobs().getFirst();
  }

  /** Waits until this job has one of these statuses, looking all the time. */
  JobDetail await(String id, Duration every, Set<JobStatus> statuses) throws InterruptedException {
    return Poll.until(
            LIMIT,
            every,
            () -> Optional.of(look(id)).filter(job -> statuses.contains(job.status())))
        .orElseThrow(() -> new IllegalStateException(id + " is not in " + statuses + " in time"));
  }

  /** Waits until all of these have succeeded. */
  void awaitSuccess(Collection<String> ids) throws InterruptedException {
    Deque<String> open = new ArrayDeque<>(ids);
    Poll.until("all jobs have succeeded", LIMIT, LOOK_EVERY, () -> allOver(open));
  }

  private boolean allOver(Deque<String> open) {
    while (!open.isEmpty()) {
      List<String> watched = open.stream().limit(WATCHED).toList();
      Set<String> over = new HashSet<>();
      for (JobDetail job : batch.describeJobs(request -> request.jobs(watched)).jobs()) {
        if (job.status() == JobStatus.FAILED) {
          throw new IllegalStateException(job.jobId() + " failed: " + job.statusReason());
        }
        if (job.status() == JobStatus.SUCCEEDED) {
          over.add(job.jobId());
        }
      }
      open.removeAll(over);
      if (over.size() < watched.size()) {
        return false;
      }
    }
    return true;
  }

  /** How many children of an array have this status, by listing them all. */
  int listed(String parent, JobStatus status) {
    return Math.toIntExact(
        batch
            .listJobsPaginator(list -> list.arrayJobId(parent).jobStatus(status))
            .jobSummaryList()
            .stream()
            .count());
  }

  /** Cancels a job; of an array all children that have not started. */
  void cancel(String id) {
    batch.cancelJob(request -> request.jobId(id).reason("enough"));
  }
}

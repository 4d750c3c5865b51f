package dev.longshore.wire.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.usecase.DescribeJobs;
import dev.longshore.core.usecase.JobWrites;
import dev.longshore.core.usecase.ListJobs;
import dev.longshore.core.usecase.QueueFront;
import dev.longshore.core.usecase.StopJob;
import dev.longshore.core.usecase.SubmitJob;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import dev.longshore.simulator.memory.MemoryHostStore;
import dev.longshore.simulator.memory.MemoryJobIds;
import dev.longshore.simulator.memory.MemoryJobStore;
import dev.longshore.simulator.memory.Watcher;
import dev.longshore.wire.http.BatchApi;
import dev.longshore.wire.http.HttpAnswer;
import dev.longshore.wire.http.HttpCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations on jobs over stores in memory. There is a queue {@code q}, a fair-share queue
 * {@code fair} and a definition {@code d}.
 */
final class JobsFixture {
  static final String BATCH = "arn:aws:batch:eu-west-1:123456789012:";
  static final String ECS = "arn:aws:ecs:eu-west-1:123456789012:";
  static final HostId HOST = new HostId("ce", "i-0abc");
  private static final String SIGNATURE =
      "AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-1/batch/aws4_request, x";

  final List<Long> time = new ArrayList<>(List.of(1_700_000_000_000L));
  final InstantSource clock = () -> Instant.ofEpochMilli(now());
  final MemoryCatalogStore catalog = new MemoryCatalogStore(_ -> {});
  final MemoryJobStore jobs;
  final MemoryHostStore hosts = new MemoryHostStore(Watcher.NONE);
  final JobWrites writes;
  private final BatchApi api;

  JobsFixture() {
    this(Watcher.NONE);
  }

  /** With somebody who sees each job and page as it is stored. */
  JobsFixture(Watcher watcher) {
    this(watcher, new JobRoles.Any());
  }

  /** Where jobs may have these roles. */
  JobsFixture(JobRoles roles) {
    this(Watcher.NONE, roles);
  }

  private JobsFixture(Watcher watcher, JobRoles roles) {
    jobs = new MemoryJobStore(clock, Duration.ofDays(7), () -> 0, _ -> {}, watcher);
    writes = new JobWrites(jobs);
    api =
        new BatchApi(
            new JobOperations(
                    new SubmitJob(jobs, catalog, new MemoryJobIds(1), clock),
                    new StopJob(jobs, clock),
                    new DescribeJobs(jobs, catalog, clock),
                    new ListJobs(jobs, catalog, clock),
                    catalog,
                    roles)
                .operations()
                .and(
                    new FrontOperation(new QueueFront(jobs, hosts, catalog, clock), catalog)
                        .operations()),
            () -> "request-1");
    queue("q", true, ResourceStatus.VALID, null);
    queue("fair", true, ResourceStatus.VALID, "policy");
    define(
        "d",
        """
        {"type":"container","containerProperties":{"image":"busybox","command":["echo","hi"],
         "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"256"}]}}\
        """);
  }

  long now() {
    return time.getLast();
  }

  void pass(long millis) {
    time.add(now() + millis);
  }

  void queue(String name, boolean enabled, ResourceStatus status, @Nullable String policy) {
    JobQueue queue =
        new JobQueue(
            name,
            enabled,
            status,
            "",
            1,
            List.of("ce"),
            List.of(1),
            policy,
            List.of(),
            Map.of(),
            0,
            1);
    assertThat(catalog.createQueue(queue)).isTrue();
  }

  /** A queue with this one environment. */
  void queue(String name, List<String> environments) {
    JobQueue queue =
        new JobQueue(
            name,
            true,
            ResourceStatus.VALID,
            "",
            1,
            environments,
            List.of(1),
            null,
            List.of(),
            Map.of(),
            0,
            1);
    assertThat(catalog.createQueue(queue)).isTrue();
  }

  /** A managed environment of this name; the queues use {@code ce}. */
  void environment(String name, Market market) {
    Managed managed = new Managed(market, 0, 64, 0, List.of("m5.large"), "BEST_FIT_PROGRESSIVE");
    ComputeEnvironment environment =
        new ComputeEnvironment(
            name, true, ResourceStatus.VALID, "", managed, 0, "{}", Map.of(), 0, 1);
    assertThat(catalog.createEnvironment(environment)).isTrue();
  }

  DefinitionId define(String name, String document) {
    DefinitionId id = new DefinitionId(name, catalog.lastRevision(name) + 1);
    assertThat(catalog.createDefinition(new JobDefinition(id, true, document, Map.of(), 0, 0, 1)))
        .isTrue();
    return id;
  }

  /** The answer of an operation that succeeds. */
  JsonNode call(String operation, String body) {
    HttpAnswer answer = send(operation, body, Map.of());
    assertThat(answer.status()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return json(answer);
  }

  /** The message of an operation that the caller got wrong. */
  String refusal(String operation, String body) {
    HttpAnswer answer = send(operation, body, Map.of());
    assertThat(answer.status()).as(new String(answer.body(), UTF_8)).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", "ClientException");
    return json(answer).get("message").textValue();
  }

  HttpAnswer send(String operation, String body, Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>();
    all.put("authorization", List.of(SIGNATURE));
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    String path = "/v1/" + operation.toLowerCase(Locale.ROOT);
    return api.handle(HttpCall.of("POST", path, null, all, body.getBytes(UTF_8), ""));
  }

  /** Submits to {@code q} with {@code d} and these other members. */
  JobKey submit(String members) {
    JsonNode answer =
        call(
            "SubmitJob",
            "{\"jobName\":\"job\",\"jobQueue\":\"q\",\"jobDefinition\":\"d\""
                + (members.isEmpty() ? "" : "," + members)
                + "}");
    return JobKey.parse(answer.get("jobId").textValue()).orElseThrow();
  }

  JsonNode describe(JobKey key) {
    JsonNode all = call("DescribeJobs", "{\"jobs\":[\"" + key + "\"]}").get("jobs");
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  Job stored(JobKey key) {
    return jobs.find(key).orElseThrow();
  }

  Dispatch place(JobKey key) {
    Job job = stored(key);
    Dispatch dispatch = new Dispatch(HOST, "ci-1", job.currentAttempt(), job.nextDispatch(), now());
    apply(key, new JobEvent.Placed(dispatch));
    return dispatch;
  }

  /** Places the job and starts its task. */
  Dispatch run(JobKey key, String task) {
    Dispatch dispatch = place(key);
    apply(key, new JobEvent.TaskStarted(dispatch.keyOf(key), task, now()));
    return dispatch;
  }

  /** Places the job, runs it for a second and ends it with this exit code. */
  void runThrough(JobKey key, String task, int exitCode) {
    Dispatch dispatch = run(key, task);
    long startedAt = now();
    pass(1000);
    end(key, dispatch, task, TaskEnd.exited(exitCode, null, startedAt, now()));
  }

  void end(JobKey key, Dispatch dispatch, @Nullable String task, TaskEnd end) {
    apply(key, new JobEvent.TaskStopped(dispatch.keyOf(key), task, end));
  }

  void apply(JobKey key, JobEvent event) {
    assertThat(writes.apply(key, event, now())).isPresent();
  }

  /** The answer to a caller whose signature was checked. */
  HttpAnswer signed(String caller, String operation, String body) {
    String path = "/v1/" + operation.toLowerCase(Locale.ROOT);
    return api.handle(
        HttpCall.of("POST", path, null, Map.of(), body.getBytes(UTF_8), "")
            .signedBy("111122223333", caller));
  }

  static JsonNode json(HttpAnswer answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts(JsonNode array, String member) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.get(member).textValue()));
    return texts;
  }
}

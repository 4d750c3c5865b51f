package dev.longshore.wire.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.plan.Reason;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import dev.longshore.core.usecase.ExplainJob;
import dev.longshore.simulator.memory.MemoryHostStore;
import dev.longshore.simulator.memory.Watcher;
import dev.longshore.wire.explain.ExplainApi;
import dev.longshore.wire.http.HttpAnswer;
import dev.longshore.wire.http.HttpCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExplainApiTest {
  private static final String LARGE =
      "\"containerOverrides\":{\"resourceRequirements\":[{\"type\":\"VCPU\",\"value\":\"8\"}]}";
  private static final Shape SMALL = new Shape(2, 7_000, 0);

  private final JobsFixture world = new JobsFixture(Watcher.NONE);
  private final MemoryHostStore hosts = new MemoryHostStore(Watcher.NONE);
  private final ExplainApi api =
      new ExplainApi(
          new ExplainJob(
              world.jobs,
              world.catalog,
              hosts,
              new InstanceCatalog(
                  List.of(
                      new InstanceType("m.small", SMALL, false, 0.1),
                      new InstanceType("m.large", new Shape(8, 28_000, 0), false, 0.4))),
              world.clock),
          () -> "request-1");

  private void environment(String name, boolean enabled, int maxVcpus, String... types) {
    environment(
        name,
        enabled,
        new Managed(Market.ON_DEMAND, 0, maxVcpus, 0, List.of(types), "BEST_FIT_PROGRESSIVE"));
  }

  private void environment(String name, boolean enabled, Managed managed) {
    assertThat(
            world.catalog.createEnvironment(
                new ComputeEnvironment(
                    name, enabled, ResourceStatus.VALID, "", managed, 0, "{}", Map.of(), 0, 1)))
        .isTrue();
  }

  private HostId host(String instance, Host.State state) {
    HostId id = new HostId("ce", instance);
    String container = state == Host.State.BOOTING ? null : "ci-" + instance;
    hosts.create(new Host(id, state, "m.small", SMALL, container, world.now() - 9, 0, Set.of(), 1));
    return id;
  }

  private HttpAnswer get(String method, String id) {
    return api.handle(
            HttpCall.of(
                method,
                "/longshore/v1/jobs/" + id + "/explain",
                null,
                Map.of(),
                "".getBytes(UTF_8),
                ""))
        .orElseThrow();
  }

  private JsonNode explain(JobKey key) {
    HttpAnswer answer = get("GET", key.toString().replace("#", "%23"));
    assertThat(answer.status()).isEqualTo(200);
    return JobsFixture.json(answer);
  }

  private static @Nullable String text(JsonNode json, String member) {
    return json.path(member).textValue();
  }

  @Test
  @DisplayName("An unknown job is a 404 with a sentence, and so is what cannot be a job")
  void unknown() {
    for (String id : List.of("00000000-0000-4000-8000-000000000009", "nonsense", "x%zz")) {
      HttpAnswer answer = get("GET", id);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(text(JobsFixture.json(answer), "message"))
          .isEqualTo("There is no job " + id + ", or its retention is over.");
    }
    assertThat(get("POST", "nonsense").status()).isEqualTo(405);
    assertThat(api.handle(HttpCall.of("GET", "/v1/tags/x", null, Map.of(), new byte[0], "")))
        .isEmpty();
  }

  @Test
  @DisplayName("A job that waits for others names them and their states")
  void dependencies() {
    JobKey first = world.submit("");
    JobKey second = world.submit("\"dependsOn\":[{\"jobId\":\"" + first + "\"}]");
    JsonNode json = explain(second);
    assertThat(text(json, "waitsFor")).isEqualTo("DEPENDENCIES");
    assertThat(json.get("dependencies")).hasSize(1);
    assertThat(text(json.get("dependencies").get(0), "status")).isEqualTo("RUNNABLE");
    assertThat(text(json, "summary")).isEqualTo("It waits for " + first + " (RUNNABLE).");
    assertThat(text(json, "statusReason")).isEqualTo("WAITING:DEPENDENCY - waits for job " + first);
  }

  @Test
  @DisplayName("While a fitting host boots that is the reason, and nothing says never")
  void nextflowCase() {
    environment("ce", true, 64, "m.small");
    JobKey key = world.submit("");
    JsonNode before = explain(key);
    assertThat(text(before.get("environments").get(0), "verdict")).isEqualTo("ABOUT_TO_LAUNCH");
    assertThat(before.get("capacity").get("onItsWay").booleanValue()).isFalse();
    hosts.saveFleet(
        new Fleet(
            "ce", List.of(new Fleet.Intent("t", "m.small", 2, 2, world.now())), List.of(), 1));
    host("i-1", Host.State.BOOTING);
    JsonNode json = explain(key);
    assertThat(json.get("canNeverRun").booleanValue()).isFalse();
    assertThat(text(json.get("hold"), "reason"))
        .isEqualTo("WAITING:CAPACITY - 3 instances launching in ce");
    assertThat(json.get("capacity").toString())
        .isEqualTo("{\"onItsWay\":true,\"hostsLaunching\":3}");
    assertThat(json.get("environments").get(0).get("launchingSince").longValue())
        .isEqualTo(world.now() - 9);
    assertThat(json.toString()).doesNotContain("MISCONFIGURATION");
  }

  @Test
  @DisplayName("Never is said only when it is proved, with what each environment lacks")
  void never() {
    environment("ce", true, 64, "m.small");
    JobKey key = world.submit(LARGE);
    JsonNode json = explain(key);
    assertThat(json.get("canNeverRun").booleanValue()).isTrue();
    assertThat(text(json, "summary"))
        .startsWith("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - ")
        .endsWith(" It can never run as its queue is configured.");
    assertThat(text(json.get("environments").get(0), "verdict")).isEqualTo("NOTHING_FITS");
    assertThat(json.get("environments").get(0).get("never").booleanValue()).isTrue();
  }

  @Test
  @DisplayName("What an earlier round said is no proof that a job never runs")
  void neverIsNotOld() {
    environment("ce", true, 64, "m.large");
    JobKey key = world.submit(LARGE);
    Shape shape = world.stored(key).spec().shape();
    String old = Reason.JOB_RESOURCE_REQUIREMENT.text("too much");
    world.catalog.saveHolds(
        new Holds("q", List.of(new Holds.Entry(shape, old, key, world.now())), 2));
    // It is being placed at this moment, so this round does not decide on it.
    hosts.create(
        new Host(
            new HostId("ce", "i-1"),
            Host.State.ACTIVE,
            "m.large",
            new Shape(8, 28_000, 0),
            "ci-1",
            world.now(),
            0,
            Set.of(new Reservation(new AttemptKey(key, 1, 0), shape, 0, 0)),
            1));
    JsonNode json = explain(key);
    assertThat(text(json.get("hold"), "reason")).isEqualTo(old);
    assertThat(json.get("canNeverRun").booleanValue()).isFalse();
  }

  @Test
  @DisplayName(
      "A multi-node job never runs on Spot, though a host there has room for its main node")
  void multiNode() {
    Managed spot = new Managed(Market.SPOT, 0, 64, 0, List.of("m.small"), "BEST_FIT_PROGRESSIVE");
    environment("ce", true, spot);
    environment("tight", true, 1, "m.small");
    world.queue("both", List.of("ce", "tight"));
    host("i-1", Host.State.ACTIVE);
    world.define(
        "mpi",
        """
        {"type":"multinode","nodeProperties":{"numNodes":2,"mainNode":0,"nodeRangeProperties":[
          {"targetNodes":"0:","container":{"image":"busybox","command":["x"],
            "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"9"}]}}]}}\
        """);
    JsonNode answer =
        world.call(
            "SubmitJob", "{\"jobName\":\"g\",\"jobQueue\":\"both\",\"jobDefinition\":\"mpi\"}");
    JsonNode json = explain(JobKey.parse(answer.get("jobId").textValue()).orElseThrow());
    assertThat(json.get("canNeverRun").booleanValue()).isTrue();
    assertThat(json.get("asksFor").get("nodes").intValue()).isEqualTo(2);
    JsonNode look = json.get("environments").get(0);
    assertThat(text(look, "verdict")).isEqualTo("NO_MULTI_NODE");
    assertThat(text(look, "detail")).startsWith("Multi-node parallel jobs run neither on Spot");
    assertThat(text(json.get("environments").get(1), "verdict")).isEqualTo("ABOVE_MAXIMUM");
  }

  @Test
  @DisplayName("A disabled environment that would be large enough is why, and is no proof of never")
  void disabled() {
    environment("ce", false, 64, "m.large");
    JsonNode json = explain(world.submit(LARGE));
    assertThat(json.get("canNeverRun").booleanValue()).isFalse();
    assertThat(text(json.get("hold"), "reason"))
        .isEqualTo("WAITING:ENVIRONMENT_DISABLED - ce is disabled");
    assertThat(text(json.get("environments").get(0), "verdict")).isEqualTo("DISABLED");
  }

  @Test
  @DisplayName("A job in a line is told its place, who blocks it and why")
  void line() {
    environment("ce", true, 2, "m.small");
    host("i-1", Host.State.ACTIVE);
    JobKey running = world.submit("");
    world.pass(1);
    JobKey large =
        world.submit(
            "\"containerOverrides\":{\"resourceRequirements\":[{\"type\":\"MEMORY\",\"value\":"
                + "\"7000\"},{\"type\":\"VCPU\",\"value\":\"2\"}]}");
    world.pass(1);
    JobKey last = world.submit("");
    JsonNode first = explain(running);
    assertThat(text(first, "summary")).isEqualTo("There is room for it: the next round places it.");
    assertThat(text(first.get("environments").get(0), "verdict")).isEqualTo("HAS_ROOM");
    assertThat(first.get("queue").get("jobsAhead").intValue()).isZero();
    JsonNode json = explain(last);
    assertThat(json.get("queue").get("jobsAhead").intValue()).isEqualTo(2);
    assertThat(text(json.get("queue").get("head"), "jobId")).isEqualTo(large.toString());
    assertThat(text(json.get("queue").get("head"), "reason"))
        .isEqualTo("WAITING:CAPACITY - ce is busy and at its maximum of 2 vCPUs");
    assertThat(text(json.get("hold"), "reason")).startsWith("WAITING:QUEUE_POSITION - ");
    assertThat(json.get("queue").get("state").textValue()).isEqualTo("ENABLED");
  }

  @Test
  @DisplayName("A running job says where, an ended one where it ran and why it ended")
  void placedAndOver() {
    JobKey key = world.submit("");
    var dispatch = world.run(key, "t1");
    JsonNode running = explain(key);
    assertThat(text(running, "summary")).isEqualTo("It runs on i-0abc of ce.");
    assertThat(text(running.get("placement"), "instance")).isEqualTo("i-0abc");
    assertThat(running.get("placement").get("startedAt").longValue()).isEqualTo(world.now());
    long startedAt = world.now();
    world.pass(1_000);
    world.end(key, dispatch, "t1", TaskEnd.exited(3, "oops", startedAt, world.now()));
    JsonNode over = explain(key);
    assertThat(text(over, "summary"))
        .isEqualTo(
            "It failed on i-0abc of ce in attempt 1 with exit code 3: Essential container in task"
                + " exited");
    assertThat(over.get("attempts")).hasSize(1);
    assertThat(over.get("attempts").get(0).get("exitCode").intValue()).isEqualTo(3);
    assertThat(text(over.get("attempts").get(0), "reason")).isEqualTo("oops");
    assertThat(over.get("end").get("stoppedAt").longValue()).isEqualTo(world.now());
  }

  @Test
  @DisplayName("An array waits for its children, a child of it for room")
  void arrays() {
    environment("ce", true, 64, "m.small");
    JobKey parent = world.submit("\"arrayProperties\":{\"size\":4}");
    assertThat(text(explain(parent), "summary"))
        .isEqualTo("It ends with the last of its children; 0 of 4 are over.");
    JsonNode child = explain(JobKey.child(parent.job(), 2));
    assertThat(text(child, "waitsFor")).isEqualTo("ROOM");
    assertThat(child.get("queue").get("jobsAhead").intValue()).isEqualTo(2);
    assertThat(get("GET", parent + ":4").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("A child that others come before names each of them and its state")
  void childrenInOrder() {
    environment("ce", true, 64, "m.small");
    JobKey first = world.submit("\"arrayProperties\":{\"size\":4}");
    JobKey second =
        world.submit(
            "\"arrayProperties\":{\"size\":4},\"dependsOn\":[{\"type\":\"SEQUENTIAL\"},"
                + "{\"type\":\"N_TO_N\",\"jobId\":\""
                + first
                + "\"}]");
    JsonNode child = explain(JobKey.child(second.job(), 2));
    assertThat(text(child, "waitsFor")).isEqualTo("DEPENDENCIES");
    assertThat(child.get("dependencies")).hasSize(2);
    assertThat(text(child.get("dependencies").get(0), "jobId")).isEqualTo(second + ":1");
    assertThat(text(child.get("dependencies").get(0), "status")).isEqualTo("PENDING");
    assertThat(text(child.get("dependencies").get(1), "jobId")).isEqualTo(first + ":2");
    assertThat(text(child.get("dependencies").get(1), "status")).isEqualTo("RUNNABLE");
    assertThat(text(child, "statusReason"))
        .isEqualTo(
            "WAITING:DEPENDENCY - starts when these have succeeded: %s:1, %s:2"
                .formatted(second, first));
  }

  @Test
  @DisplayName("A job whose last attempt could not start says when the next one is made")
  void retry() {
    environment("ce", true, 64, "m.small");
    JobKey key = world.submit("\"retryStrategy\":{\"attempts\":3}");
    var dispatch = world.place(key);
    world.apply(
        key,
        new JobEvent.TaskStopped(
            dispatch.keyOf(key), null, TaskEnd.failedToStart("CannotPull", world.now())));
    JsonNode json = explain(key);
    assertThat(text(json, "waitsFor")).isEqualTo("RETRY");
    assertThat(json.get("notBefore").longValue()).isGreaterThan(world.now());
  }
}

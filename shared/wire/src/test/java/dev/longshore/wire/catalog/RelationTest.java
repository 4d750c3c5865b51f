package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.wire.catalog.Interleavings.Scenario;
import dev.longshore.wire.http.HttpAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues never lose what they refer to, whatever happens at the same time. */
class RelationTest {
  private static final String IN_USE = "Cannot delete, found existing JobQueue relationship.";
  private static final int SEEDS = 300;

  /** A service with environments a and b, b disabled, and a policy p. */
  private static Service service() {
    Service service = new Service();
    Samples.environments(service, "a", "b");
    disable(service, "b");
    service.ok("CreateSchedulingPolicy", Samples.policy("p", ""));
    return service;
  }

  private static void disable(Service service, String environment) {
    service.ok(
        "UpdateComputeEnvironment",
        "{\"computeEnvironment\":\"%s\",\"state\":\"DISABLED\"}".formatted(environment));
    service.settle();
  }

  /** Calls of one run, with their answers. */
  private static final class Run {
    private final Service service;
    private final Interleavings actors;
    private final Map<String, HttpAnswer> answers = new ConcurrentHashMap<>();

    private Run(Service service) {
      this.service = service;
      this.actors = new Interleavings(service.catalog);
    }

    private Run call(String operation, String body) {
      actors.with(store ->
          answers.put(operation + body, Service.post(service.api(store), operation, body)));
      return this;
    }

    private Run settling() {
      actors.with(service::settle);
      return this;
    }

    private boolean succeeded(String operation) {
      return answer(operation).status() == 200;
    }

    private String message(String operation) {
      return Service.json(answer(operation)).path("message").asText();
    }

    private HttpAnswer answer(String operation) {
      return answers.entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(operation))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElseThrow();
    }
  }

  /** Nothing is in a passing status any more, and every queue has what it refers to. */
  private static void assertWhole(Service service) {
    for (int i = 0; i < 4; i++) {
      service.settle();
    }
    for (JobQueue queue : service.catalog.queues()) {
      assertThat(queue.status()).isIn(ResourceStatus.VALID, ResourceStatus.INVALID);
      for (String name : queue.environments()) {
        assertThat(service.catalog.environment(name).map(ComputeEnvironment::status))
            .as("environment %s of queue %s", name, queue.name())
            .contains(ResourceStatus.VALID);
      }
      String policy = queue.schedulingPolicy();
      if (policy != null && queue.status() == ResourceStatus.VALID) {
        assertThat(service.catalog.policy(policy)).isPresent();
      }
    }
  }

  @Test
  @DisplayName("Creating a queue on an environment and deleting that: exactly one succeeds")
  void createAgainstDelete() {
    int runs =
        Interleavings.all(() -> {
          Run run =
              new Run(service())
                  .call("CreateJobQueue", Samples.queue("q", "b"))
                  .call("DeleteComputeEnvironment", "{\"computeEnvironment\":\"b\"}");
          return new Scenario(run.actors, () -> checkCreateAgainstDelete(run));
        });
    assertThat(runs).isGreaterThan(40);
  }

  private static void checkCreateAgainstDelete(Run run) {
    assertWhole(run.service);
    Optional<JobQueue> queue = run.service.catalog.queue("q");
    assertThat(run.succeeded("CreateJobQueue"))
        .isNotEqualTo(run.succeeded("DeleteComputeEnvironment"));
    assertThat(queue.isPresent()).isEqualTo(run.succeeded("CreateJobQueue"));
    assertThat(run.service.catalog.environment("b").isPresent())
        .isEqualTo(run.succeeded("CreateJobQueue"));
    if (queue.isPresent()) {
      assertThat(queue.get().status()).isEqualTo(ResourceStatus.VALID);
      assertThat(run.message("DeleteComputeEnvironment")).isEqualTo(IN_USE);
    } else {
      assertThat(run.message("CreateJobQueue")).contains("valid before attaching");
    }
  }

  @Test
  @DisplayName("Moving a queue to an environment while that is deleted: exactly one succeeds")
  void updateAgainstDelete() {
    int runs =
        Interleavings.all(() -> {
          Service service = service();
          service.ok("CreateJobQueue", Samples.queue("q", "a"));
          service.settle();
          Run run =
              new Run(service)
                  .call(
                      "UpdateJobQueue",
                      "{\"jobQueue\":\"q\",\"priority\":7,\"computeEnvironmentOrder\":%s}"
                          .formatted(Samples.order("b")))
                  .call("DeleteComputeEnvironment", "{\"computeEnvironment\":\"b\"}");
          return new Scenario(run.actors, () -> checkUpdateAgainstDelete(run));
        });
    assertThat(runs).isGreaterThan(40);
  }

  private static void checkUpdateAgainstDelete(Run run) {
    assertWhole(run.service);
    boolean updated = run.succeeded("UpdateJobQueue");
    assertThat(updated).isNotEqualTo(run.succeeded("DeleteComputeEnvironment"));
    JobQueue queue = run.service.catalog.queue("q").orElseThrow();
    assertThat(queue.status()).isEqualTo(ResourceStatus.VALID);
    assertThat(queue.environments()).containsExactly(updated ? "b" : "a");
    assertThat(queue.priority()).isEqualTo(updated ? 7 : 1);
  }

  @Test
  @DisplayName("Using a policy and deleting it: exactly one succeeds")
  void policyAgainstDelete() {
    String body =
        """
        {"jobQueueName":"q","priority":1,"schedulingPolicyArn":"%sscheduling-policy/p",\
        "computeEnvironmentOrder":%s}\
        """
            .formatted(Service.ARN, Samples.order("a"));
    int runs =
        Interleavings.all(() -> {
          Run run =
              new Run(service())
                  .call("CreateJobQueue", body)
                  .call(
                      "DeleteSchedulingPolicy",
                      "{\"arn\":\"%sscheduling-policy/p\"}".formatted(Service.ARN));
          return new Scenario(
              run.actors,
              () -> {
                assertWhole(run.service);
                boolean created = run.succeeded("CreateJobQueue");
                assertThat(created).isNotEqualTo(run.succeeded("DeleteSchedulingPolicy"));
                assertThat(run.service.catalog.queue("q").isPresent()).isEqualTo(created);
                assertThat(run.service.catalog.policy("p").isPresent()).isEqualTo(created);
              });
        });
    assertThat(runs).isGreaterThan(50);
  }

  @Test
  @DisplayName("With both environments deleted and the stream at work, nothing is left hanging")
  void everythingAtOnce() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Service service = service();
      service.ok("CreateJobQueue", Samples.queue("q", "a"));
      service.settle();
      disable(service, "a");
      Run run =
          new Run(service)
              .call(
                  "UpdateJobQueue",
                  "{\"jobQueue\":\"q\",\"computeEnvironmentOrder\":%s}"
                      .formatted(Samples.order("b")))
              .call("DeleteComputeEnvironment", "{\"computeEnvironment\":\"a\"}")
              .call("DeleteComputeEnvironment", "{\"computeEnvironment\": \"b\"}")
              .settling()
              .settling();
      Random random = new Random(seed);
      run.actors.run(random::nextInt);
      assertWhole(service);
      if (run.succeeded("UpdateJobQueue")) {
        assertThat(service.catalog.queue("q").orElseThrow().environments())
            .as("seed %d", seed)
            .containsExactly("b");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("A queue whose writer dies anywhere never keeps an environment from being whole")
  void crashes(boolean deletedBeforeSettling) {
    boolean cut = true;
    for (int calls = 0; cut; calls++) {
      Service service = service();
      HttpAnswer answer =
          Service.post(
              service.api(Interleavings.failing(service.catalog, calls)),
              "CreateJobQueue",
              Samples.queue("q", "a", "b"));
      cut = answer.status() == 500;
      if (deletedBeforeSettling) {
        service.catalog.environment("b").ifPresent(b -> deleting(service, b));
      }
      assertWhole(service);
      if (!cut) {
        assertThat(service.catalog.queue("q").isPresent()).isNotEqualTo(deletedBeforeSettling);
      }
      assertThat(calls).isLessThan(50);
    }
  }

  /** As if the deletion had looked for queues before there were any. */
  private static void deleting(Service service, ComputeEnvironment environment) {
    service.catalog.saveEnvironment(environment.next(ResourceStatus.DELETING, ""));
  }

  @Test
  @DisplayName("Revisions registered at the same time get numbers of their own")
  void revisions() {
    String body = Samples.definition("d", "\"image\":\"i\",\"vcpus\":1,\"memory\":4");
    int runs =
        Interleavings.all(() -> {
          Service service = new Service();
          List<Integer> revisions = Collections.synchronizedList(new ArrayList<>());
          Interleavings actors = new Interleavings(service.catalog);
          for (int i = 0; i < 3; i++) {
            actors.with(store ->
                revisions.add(
                    Service.ok(service.api(store), "RegisterJobDefinition", body)
                        .path("revision")
                        .asInt()));
          }
          return new Scenario(
              actors, () -> assertThat(revisions).containsExactlyInAnyOrder(1, 2, 3));
        });
    assertThat(runs).isGreaterThan(50);
  }

  @Test
  @DisplayName("Of two updates at the same time one waits its turn or is refused, none is lost")
  void updates() {
    Interleavings.all(() -> {
      Run run =
          new Run(service())
              .call(
                  "UpdateComputeEnvironment",
                  "{\"computeEnvironment\":\"a\",\"state\":\"DISABLED\"}")
              .call(
                  "UpdateComputeEnvironment",
                  "{\"computeEnvironment\":\"a\",\"computeResources\":{\"maxvCpus\":99}}");
      return new Scenario(
          run.actors,
          () -> {
            ComputeEnvironment a = run.service.catalog.environment("a").orElseThrow();
            assertThat(a.managed()).isNotNull();
            boolean disabled = !a.enabled();
            boolean raised = a.managed() != null && a.managed().maxVcpus() == 99;
            assertThat(disabled).isNotEqualTo(raised);
            assertThat(run.answers.values().stream().map(HttpAnswer::status))
                .containsExactlyInAnyOrder(200, 400);
          });
    });
  }
}

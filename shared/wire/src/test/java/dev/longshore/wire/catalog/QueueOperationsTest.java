package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.usecase.catalog.SettleResources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueOperationsTest {
  private static final JobId JOB = JobId.of("11111111-2222-4333-8444-555555555555");

  private final Service service = new Service();

  private JsonNode described(String name) {
    return service.ok("DescribeJobQueues", "{\"jobQueues\":[\"" + name + "\"]}").path("jobQueues");
  }

  private static String update(String members) {
    return "{\"jobQueue\":\"q\",%s}".formatted(members.replace('\'', '"'));
  }

  private void updated(String members) {
    service.ok("UpdateJobQueue", update(members));
    service.settle();
  }

  private void queue(String... environments) {
    Samples.environments(service, environments);
    service.ok("CreateJobQueue", Samples.queue("q", environments));
    service.settle();
  }

  @Test
  @DisplayName("What was created is described with ARNs, CREATING first and VALID soon")
  void describe() {
    Samples.environments(service, "a", "b");
    JsonNode created =
        service.ok(
            "CreateJobQueue",
            """
            {"jobQueueName":"q","priority":5,"state":"disabled","tags":{"t":"1"},
             "jobQueueType":"ECS","computeEnvironmentOrder":[
              {"order":9,"computeEnvironment":"a"},
              {"order":2,"computeEnvironment":"arn:aws:batch:eu-west-1:1:compute-environment/b"}],
             "jobStateTimeLimitActions":[{"state":"RUNNABLE","maxTimeSeconds":600,
              "reason":"CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY","action":"CANCEL"}]}\
            """);
    assertThat(created)
        .isEqualTo(
            Service.json(
                "{\"jobQueueName\":\"q\",\"jobQueueArn\":\"%sjob-queue/q\"}"
                    .formatted(Service.ARN)));
    assertThat(described("q").path(0).path("status").asText()).isEqualTo("CREATING");
    service.settle();
    assertThat(described("q"))
        .isEqualTo(
            Service.json(
                """
                [{"jobQueueName":"q","jobQueueArn":"%1$sjob-queue/q","state":"DISABLED",
                  "status":"VALID","statusReason":"JobQueue Healthy","priority":5,
                  "computeEnvironmentOrder":[
                   {"order":2,"computeEnvironment":"%1$scompute-environment/b"},
                   {"order":9,"computeEnvironment":"%1$scompute-environment/a"}],
                  "jobQueueType":"ECS","tags":{"t":"1"},
                  "jobStateTimeLimitActions":[{"state":"RUNNABLE","maxTimeSeconds":600,
                   "reason":"CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY","action":"CANCEL"}]}]\
                """
                    .formatted(Service.ARN)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'jobQueueName':'q' | priority is required.",
        "'priority':1 | jobQueueName is required.",
        "'jobQueueName':'q/','priority':1,'computeEnvironmentOrder':%s | jobQueueName should match"
            + " valid pattern [A-Za-z0-9][A-Za-z0-9_-]{0,127}",
        "'jobQueueName':'q','priority':1,'computeEnvironmentOrder':[{'order':1}]"
            + " | computeEnvironmentOrder.computeEnvironment is required.",
        "'jobQueueName':'q','priority':1,'computeEnvironmentOrder':[{'computeEnvironment':'a'}]"
            + " | computeEnvironmentOrder.order is required.",
        "'jobQueueName':'q','priority':1,'computeEnvironmentOrder':%s,"
            + "'jobStateTimeLimitActions':[{'state':'RUNNABLE','maxTimeSeconds':600,"
            + "'action':'CANCEL'}] | jobStateTimeLimitActions.reason is required."
      })
  @DisplayName("A queue without what it needs is refused in the older frame")
  void missing(String members, String text) {
    Samples.environments(service, "a");
    service.refusedFramed(text, "CreateJobQueue", body(members));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'computeEnvironmentOrder':[] | computeEnvironmentOrder must have between 1 and 3 entries.",
        "'computeEnvironmentOrder':[{'order':1,'computeEnvironment':'a'},"
            + "{'order':2,'computeEnvironment':'a'}]"
            + " | computeEnvironmentOrder must not name a compute environment twice.",
        "'computeEnvironmentOrder':[{'order':1,'computeEnvironment':'a'},"
            + "{'order':1,'computeEnvironment':'b'}]"
            + " | computeEnvironmentOrder must not use an order value twice.",
        "'computeEnvironmentOrder':[{'order':1,'computeEnvironment':'nobody'}] | Compute"
            + " environment nobody must be created and valid before attaching to a job queue.",
        "'computeEnvironmentOrder':[{'order':1,'computeEnvironment':'a'},"
            + "{'order':2,'computeEnvironment':'fresh'}] | Compute environment fresh must be valid"
            + " before attaching to a job queue; it is CREATING.",
        "'computeEnvironmentOrder':[{'order':1,'computeEnvironment':'a'},"
            + "{'order':2,'computeEnvironment':'unmanaged'}]"
            + " | A job queue cannot mix MANAGED and UNMANAGED compute environments.",
        "'computeEnvironmentOrder':[{'order':1,'computeEnvironment':'a'},"
            + "{'order':2,'computeEnvironment':'arm'}]"
            + " | The compute environments of a job queue must share one CPU architecture.",
        "'computeEnvironmentOrder':%s,'serviceEnvironmentOrder':[{'order':1,"
            + "'serviceEnvironment':'s'}] | serviceEnvironmentOrder is not supported; a job queue"
            + " needs computeEnvironmentOrder.",
        "'computeEnvironmentOrder':%s,'jobQueueType':'EKS'"
            + " | jobQueueType EKS is not supported; supported is ECS.",
        "'computeEnvironmentOrder':%s,'schedulingPolicyArn':'p'"
            + " | schedulingPolicyArn p must be an ARN.",
        "'computeEnvironmentOrder':%s,"
            + "'schedulingPolicyArn':'arn:aws:batch:r:1:scheduling-policy/p'"
            + " | Scheduling policy p does not exist",
        "'computeEnvironmentOrder':%s,'jobStateTimeLimitActions':["
            + "{'reason':'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY',"
            + "'state':'RUNNABLE','maxTimeSeconds':599,'action':'CANCEL'}]"
            + " | jobStateTimeLimitActions.maxTimeSeconds must be between 600 and 86400.",
        "'computeEnvironmentOrder':%s,'jobStateTimeLimitActions':["
            + "{'reason':'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY',"
            + "'state':'RUNNABLE','maxTimeSeconds':600,'action':'TERMINATE'}]"
            + " | jobStateTimeLimitActions.action must be CANCEL."
      })
  @DisplayName("A queue that breaks a rule is refused")
  void wrong(String members, String text) {
    Samples.environments(service, "a", "b");
    service.ok(
        "CreateComputeEnvironment",
        "{\"computeEnvironmentName\":\"unmanaged\",\"type\":\"UNMANAGED\"}");
    service.ok(
        "CreateComputeEnvironment",
        Samples.managed("arm", Samples.RESOURCES.replace("c5.large", "c6g.large")));
    service.settle();
    service.ok("CreateComputeEnvironment", Samples.managed("fresh", Samples.RESOURCES));
    service.refused(text, "CreateJobQueue", body("'jobQueueName':'q','priority':1," + members));
  }

  private static String body(String members) {
    return "{%s}".formatted(members.replace('\'', '"').replace("%s", Samples.order("a")));
  }

  @Test
  @DisplayName("A name is taken until its queue is gone, and there are at most 50")
  void taken() {
    queue("a");
    service.refused("Object already exists", "CreateJobQueue", Samples.queue("q", "a"));
    for (int i = 1; i < 50; i++) {
      service.ok("CreateJobQueue", Samples.queue("q" + i, "a"));
    }
    service.refused(
        "There can be at most 50 job queues.", "CreateJobQueue", Samples.queue("r", "a"));
  }

  @Test
  @DisplayName("An update changes what is given, lists as a whole, and goes through UPDATING")
  void update() {
    queue("a", "b");
    assertThat(service.ok("UpdateJobQueue", update("'priority':9")).path("jobQueueArn").asText())
        .isEqualTo(Service.ARN + "job-queue/q");
    assertThat(described("q").path(0).path("status").asText()).isEqualTo("UPDATING");
    assertThat(described("q").path(0).has("statusReason")).isFalse();
    service.refused(
        "Cannot update, resource is being modified.", "UpdateJobQueue", update("'priority':1"));
    service.settle();
    updated("'state':'DISABLED'");
    updated(
        """
        'computeEnvironmentOrder':[{'order':7,'computeEnvironment':'b'}],
        'jobStateTimeLimitActions':[{'state':'RUNNABLE','maxTimeSeconds':700,
        'reason':'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT','action':'CANCEL'}]\
        """);
    JsonNode queue = described("q").path(0);
    assertThat(queue.path("status").asText()).isEqualTo("VALID");
    assertThat(queue.path("priority").asInt()).isEqualTo(9);
    assertThat(queue.path("state").asText()).isEqualTo("DISABLED");
    assertThat(queue.path("computeEnvironmentOrder"))
        .isEqualTo(
            Service.json(
                "[{\"order\":7,\"computeEnvironment\":\"%scompute-environment/b\"}]"
                    .formatted(Service.ARN)));
    assertThat(queue.path("jobStateTimeLimitActions").findValuesAsText("maxTimeSeconds"))
        .containsExactly("700");
    updated("'jobStateTimeLimitActions':[]");
    assertThat(described("q").path(0).path("jobStateTimeLimitActions"))
        .isEqualTo(Service.json("[]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'computeEnvironmentOrder':[] | computeEnvironmentOrder must have between 1 and 3 entries.",
        "'computeEnvironmentOrder':[{'order':1,'computeEnvironment':'x'}] | Compute"
            + " environment x must be created and valid before attaching to a job queue.",
        "'serviceEnvironmentOrder':[{'order':1,'serviceEnvironment':'s'}] | serviceEnvironmentOrder"
            + " is not supported; a job queue needs computeEnvironmentOrder.",
        "'schedulingPolicyArn':'arn:aws:batch:r:1:scheduling-policy/p' | A scheduling policy cannot"
            + " be added to a job queue that was created without one."
      })
  @DisplayName("Updates are measured by the same rules")
  void wrongUpdate(String members, String text) {
    queue("a");
    service.ok("CreateSchedulingPolicy", Samples.policy("p", ""));
    service.refused(text, "UpdateJobQueue", update(members));
  }

  @Test
  @DisplayName("An update of a queue whose environment is being changed is not held up by it")
  void environmentUpdating() {
    queue("a");
    service.ok("UpdateComputeEnvironment", "{\"computeEnvironment\":\"a\",\"state\":\"DISABLED\"}");
    service.ok("UpdateJobQueue", update("'priority':2"));
  }

  @Test
  @DisplayName("A fair-share queue can change its policy but not lose it")
  void policy() {
    Samples.environments(service, "a");
    service.ok("CreateSchedulingPolicy", Samples.policy("p", ""));
    service.ok("CreateSchedulingPolicy", Samples.policy("p2", ""));
    service.ok(
        "CreateJobQueue",
        """
        {"jobQueueName":"q","priority":1,"computeEnvironmentOrder":%s,
         "schedulingPolicyArn":"%sscheduling-policy/p"}\
        """
            .formatted(Samples.order("a"), Service.ARN));
    service.settle();
    updated("'schedulingPolicyArn':'%sscheduling-policy/p2'".formatted(Service.ARN));
    assertThat(described("q").path(0).path("schedulingPolicyArn").asText())
        .isEqualTo(Service.ARN + "scheduling-policy/p2");
    service.refused(
        "The scheduling policy of a job queue can be replaced, but not removed.",
        "UpdateJobQueue",
        update("'schedulingPolicyArn':''"));
  }

  @Test
  @DisplayName("Deletion needs DISABLED and rest; of what is being deleted it succeeds again")
  void delete() {
    Samples.environments(service, "a");
    service.ok("CreateJobQueue", Samples.queue("q", "a"));
    String body = "{\"jobQueue\":\"q\"}";
    service.refused("Cannot delete, resource is being modified.", "DeleteJobQueue", body);
    service.settle();
    service.refused("Cannot delete, state must be DISABLED.", "DeleteJobQueue", body);
    updated("'state':'DISABLED'");
    service.ok("DeleteJobQueue", body);
    service.ok("DeleteJobQueue", body);
    assertThat(described("q").path(0).path("status").asText()).isEqualTo("DELETING");
    service.settle();
    assertThat(described("q")).isEmpty();
    service.refused(Service.ARN + "job-queue/q does not exist", "DeleteJobQueue", body);
    service.refused(
        Service.ARN + "job-queue/q does not exist", "UpdateJobQueue", update("'priority':1"));
  }

  @Test
  @DisplayName("A queue goes only when no open job is left in it")
  void deletionWaitsForJobs() {
    queue("a");
    updated("'state':'DISABLED'");
    JobSpec spec =
        new JobSpec(
            "j",
            "q",
            new DefinitionId("d", 1),
            new Shape(1, 4, 0),
            RetryStrategy.ONCE,
            0,
            0,
            null,
            0,
            1);
    JobState[] open = {
      new JobState.Pending(Set.of(JOB)), new JobState.Runnable(0), new JobState.Open()
    };
    for (JobState state : open) {
      Service each = new Service();
      Samples.environments(each, "a");
      each.ok("CreateJobQueue", Samples.queue("q", "a"));
      each.settle();
      each.ok("UpdateJobQueue", update("'state':'DISABLED'"));
      each.settle();
      each.jobs.create(Job.fresh(JobKey.whole(JOB), spec, state), new JobDocument("{}", Map.of()));
      each.ok("DeleteJobQueue", "{\"jobQueue\":\"q\"}");
      SettleResources settle = new SettleResources(each.catalog, each.hosts, each.jobs);
      assertThat(settle.settleQueue("q")).as("%s", state).isFalse();
      assertThat(each.catalog.queue("q")).isPresent();
    }
    service.ok("DeleteJobQueue", "{\"jobQueue\":\"q\"}");
    assertThat(new SettleResources(service.catalog, service.hosts, service.jobs).settleQueue("q"))
        .isTrue();
    assertThat(service.catalog.queue("q")).isEmpty();
  }

  @Test
  @DisplayName("Listings come by name in pages, and a token belongs to its query")
  void list() {
    Samples.environments(service, "a");
    for (String name : new String[] {"c", "a", "b"}) {
      service.ok("CreateJobQueue", Samples.queue(name, "a"));
    }
    JsonNode first = service.ok("DescribeJobQueues", "{\"maxResults\":2}");
    assertThat(first.findValuesAsText("jobQueueName")).containsExactly("a", "b");
    JsonNode second =
        service.ok("DescribeJobQueues", "{\"nextToken\":%s}".formatted(first.path("nextToken")));
    assertThat(second.findValuesAsText("jobQueueName")).containsExactly("c");
    assertThat(second.has("nextToken")).isFalse();
    service.refused(
        "nextToken is not valid for this request; only maxResults may differ from page to page.",
        "DescribeJobQueues",
        "{\"jobQueues\":[\"c\"],\"nextToken\":%s}".formatted(first.path("nextToken")));
    service.refused(
        "nextToken is not valid for this request; only maxResults may differ from page to page.",
        "DescribeComputeEnvironments",
        "{\"nextToken\":%s}".formatted(first.path("nextToken")));
    service.refused("maxResults must be at least 1.", "DescribeJobQueues", "{\"maxResults\":0}");
    assertThat(service.ok("DescribeJobQueues", "{\"maxResults\":1000}").path("jobQueues"))
        .hasSize(3);
    assertThat(described("nobody")).isEmpty();
  }

  @Test
  @DisplayName("At most 100 names can be asked for")
  void manyNames() {
    String names = "\"x\",".repeat(100) + "\"x\"";
    service.refused(
        "jobQueues must have at most 100 entries.",
        "DescribeJobQueues",
        "{\"jobQueues\":[%s]}".formatted(names));
  }

  @Test
  @DisplayName("A queue that lost all it refers to is INVALID until it is repaired or deleted")
  void invalid() {
    queue("a");
    JobQueue queue = service.catalog.queue("q").orElseThrow();
    service.catalog.saveQueue(
        new JobQueue(
            "q",
            true,
            ResourceStatus.UPDATING,
            "",
            1,
            List.of("gone"),
            List.of(1),
            "gone",
            queue.timeLimits(),
            Map.of(),
            queue.createdAt(),
            queue.version() + 1));
    service.settle();
    assertThat(described("q").path(0).path("status").asText()).isEqualTo("INVALID");
    assertThat(described("q").path(0).path("statusReason").asText()).startsWith("CLIENT_ERROR - ");
    assertThat(described("q").path(0).path("computeEnvironmentOrder")).isEmpty();
    updated("'state':'DISABLED'");
    assertThat(described("q").path(0).path("status").asText()).isEqualTo("INVALID");
    service.ok("CreateSchedulingPolicy", Samples.policy("p", ""));
    updated(
        "'computeEnvironmentOrder':%s,'schedulingPolicyArn':'%sscheduling-policy/p'"
            .formatted(Samples.order("a"), Service.ARN));
    assertThat(described("q").path(0).path("status").asText()).isEqualTo("VALID");
  }
}

package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.NodeGroups.Group;
import dev.longshore.core.model.Shape;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiNodeJobsTest {
  private final JobsFixture world = new JobsFixture();

  private static String container(String command, int vcpus) {
    return """
    {"image":"busybox","command":["%s"],"resourceRequirements":
      [{"type":"VCPU","value":"%d"},{"type":"MEMORY","value":"256"}]}\
    """
        .formatted(command, vcpus);
  }

  @BeforeEach
  void define() {
    world.environment("ce", Market.ON_DEMAND);
    world.define(
        "mpi",
        """
        {"type":"multinode","parameters":{"who":"all"},"nodeProperties":{"numNodes":4,"mainNode":0,
          "nodeRangeProperties":[{"targetNodes":"0:","container":%s},
            {"targetNodes":"0","container":%s}]}}\
        """
            .formatted(container("Ref::who", 2), container("main", 4)));
  }

  private JobKey submit(String members) {
    JsonNode answer =
        world.call(
            "SubmitJob",
            "{\"jobName\":\"gang\",\"jobQueue\":\"q\",\"jobDefinition\":\"mpi\"" + members + "}");
    return JobKey.parse(answer.get("jobId").textValue()).orElseThrow();
  }

  private String refusal(String members) {
    return world.refusal(
        "SubmitJob",
        "{\"jobName\":\"gang\",\"jobQueue\":\"q\",\"jobDefinition\":\"mpi\"," + members + "}");
  }

  @Test
  @DisplayName("The inner of two nested ranges decides what a node asks for")
  void innerRangeWins() {
    var nodes = Objects.requireNonNull(world.stored(submit("")).spec().nodes());
    assertThat(nodes.groups())
        .containsExactly(new Group(1, new Shape(4, 256, 0)), new Group(3, new Shape(2, 256, 0)));
    assertThat(nodes.main()).isZero();
  }

  @Test
  @DisplayName("Overrides change the number of nodes, their commands, resources and instance type")
  void overrides() {
    JobKey key =
        submit(
            """
            ,"nodeOverrides":{"numNodes":6,"nodePropertyOverrides":[{"targetNodes":"0:",
              "instanceTypes":["m5.large"],"containerOverrides":{"command":["mine"],
              "resourceRequirements":[{"type":"VCPU","value":"1"}]}}]}\
            """);
    var nodes = Objects.requireNonNull(world.stored(key).spec().nodes());
    assertThat(nodes.count()).isEqualTo(6);
    assertThat(nodes.groups().getLast()).isEqualTo(new Group(5, new Shape(1, 256, 0)));
    assertThat(nodes.instanceType()).isEqualTo("m5.large");
    JsonNode shown = world.describe(key).get("nodeProperties");
    assertThat(shown.get("numNodes").intValue()).isEqualTo(6);
    assertThat(shown.at("/nodeRangeProperties/0/container/command/0").textValue())
        .isEqualTo("mine");
    assertThat(world.describe(JobKey.node(key.job(), 5)).at("/container/command/0").textValue())
        .isEqualTo("mine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "nodeOverrides":{"nodePropertyOverrides":[{"targetNodes":"0:0"}]} | NodeOverride targets should match job definition. Non matching targets - 0:0
          "nodeOverrides":{"numNodes":0} | nodeProperties.numNodes must be between 1 and 1000.
          "containerOverrides":{"command":["x"]} | containerOverrides are only allowed for job definitions with containerProperties.
          "arrayProperties":{"size":2} | arrayProperties are not allowed for multi-node parallel jobs.
          "nodeOverrides":{"nodePropertyOverrides":[{"targetNodes":"0","containerOverrides":{"command":["Ref::no"]}}]} | No parameter found for reference no
          "nodeOverrides":{"nodePropertyOverrides":[{"targetNodes":"0","containerOverrides":{"environment":[{"name":"AWS_BATCH_A"}]}}]} | names starting with AWS_BATCH are reserved.
          """)
  @DisplayName("Overrides that do not fit the definition are refused in AWS's words")
  void wrongOverrides(String members, String text) {
    assertThat(refusal(members)).contains(text);
  }

  @Test
  @DisplayName("A queue with Spot environments only takes no multi-node jobs")
  void notOnSpot() {
    world.environment("spot", Market.SPOT);
    world.queue("cheap", List.of("spot"));
    assertThat(
            world.refusal(
                "SubmitJob",
                "{\"jobName\":\"g\",\"jobQueue\":\"cheap\",\"jobDefinition\":\"mpi\"}"))
        .contains("not supported on Spot or unmanaged compute environments");
  }

  @Test
  @DisplayName("The job shows its nodes' properties, and a node its own container and index")
  void describe() {
    JobKey key = submit("");
    JsonNode parent = world.describe(key);
    assertThat(parent.get("status").textValue()).isEqualTo("RUNNABLE");
    assertThat(parent.has("container")).isFalse();
    assertThat(parent.at("/nodeProperties/nodeRangeProperties/0/container/command/0").textValue())
        .isEqualTo("all");
    JsonNode main = world.describe(JobKey.node(key.job(), 0));
    assertThat(main.get("jobId").textValue()).isEqualTo(key.job() + "#0");
    assertThat(main.at("/nodeDetails/isMainNode").booleanValue()).isTrue();
    assertThat(main.at("/container/command/0").textValue()).isEqualTo("main");
    JsonNode other = world.describe(JobKey.node(key.job(), 3));
    assertThat(other.at("/nodeDetails/nodeIndex").intValue()).isEqualTo(3);
    assertThat(other.at("/nodeDetails/isMainNode").booleanValue()).isFalse();
    assertThat(world.call("DescribeJobs", "{\"jobs\":[\"" + key.job() + "#4\"]}").get("jobs"))
        .isEmpty();
  }

  /** Places all nodes and starts the main one. */
  private Dispatch runMain(JobKey key) {
    Job job = world.stored(key);
    Dispatch dispatch =
        new Dispatch(
                JobsFixture.HOST, "ci-0", job.currentAttempt(), job.nextDispatch(), world.now())
            .withGang(List.of("i-0abc", "i-1", "i-2", "i-3"));
    world.apply(key, new JobEvent.Placed(dispatch));
    world.apply(key, new JobEvent.TaskStarted(dispatch.keyOf(key), "t-main", world.now()));
    return dispatch;
  }

  @Test
  @DisplayName("Nodes are listed by their job, each with its state, index and the number of nodes")
  void list() {
    JobKey key = submit("");
    Dispatch dispatch = runMain(key);
    JobKey second = JobKey.node(key.job(), 1);
    Job node =
        Job.fresh(
            second,
            world.stored(key).spec(),
            new JobState.Starting(dispatch.ofNode(1, "ci-1", world.now()), null));
    assertThat(world.jobs.createChild(node)).isTrue();
    world.apply(second, new JobEvent.TaskStarted(dispatch.keyOf(second), "t-1", world.now()));
    JsonNode running =
        world.call("ListJobs", "{\"multiNodeJobId\":\"" + key + "\"}").get("jobSummaryList");
    assertThat(JobsFixture.texts(running, "jobId")).containsExactly(key + "#0", key + "#1");
    assertThat(running.at("/0/nodeProperties/isMainNode").booleanValue()).isTrue();
    assertThat(running.at("/1/nodeProperties/nodeIndex").intValue()).isEqualTo(1);
    assertThat(running.at("/1/nodeProperties/numNodes").intValue()).isEqualTo(4);
    JsonNode waiting =
        world
            .call(
                "ListJobs",
                "{\"multiNodeJobId\":\"" + key + "\",\"jobStatus\":\"RUNNABLE\",\"maxResults\":1}")
            .get("jobSummaryList");
    assertThat(JobsFixture.texts(waiting, "jobId")).containsExactly(key + "#2");
  }

  @Test
  @DisplayName("The main node's end is the job's, with its exit code and log stream")
  void endsWithMain() {
    JobKey key = submit("");
    Dispatch dispatch = runMain(key);
    long startedAt = world.now();
    world.pass(1_000);
    world.end(key, dispatch, "t-main", TaskEnd.exited(0, null, startedAt, world.now()));
    JsonNode parent = world.describe(key);
    assertThat(parent.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(parent.at("/attempts/0/container/exitCode").intValue()).isZero();
    JsonNode main = world.describe(JobKey.node(key.job(), 0));
    assertThat(main.at("/container/logStreamName").textValue()).isEqualTo("mpi/default/t-main");
    JsonNode other = world.describe(JobKey.node(key.job(), 2));
    assertThat(other.get("status").textValue()).isEqualTo("FAILED");
    assertThat(other.get("statusReason").textValue())
        .isEqualTo("The main node of the job has ended");
  }

  @Test
  @DisplayName("A single node can be neither cancelled nor terminated")
  void nodesAreNotStoppedAlone() {
    JobKey key = submit("");
    assertThat(world.refusal("TerminateJob", "{\"jobId\":\"" + key + "#1\",\"reason\":\"enough\"}"))
        .contains("is a node of a multi-node job");
  }
}

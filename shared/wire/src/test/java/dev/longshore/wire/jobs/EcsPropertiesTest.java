package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.lifecycle.TaskEnd;
import dev.longshore.core.model.ContainerEnd;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EcsPropertiesTest {
  private static final String RESOURCES =
      """
      "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"100"}]\
      """;

  private final JobsFixture world = new JobsFixture();

  @BeforeEach
  void define() {
    world.define(
        "pod",
        """
        {"type":"container","ecsProperties":{"taskProperties":[{"containers":[
          {"name":"work","image":"busybox","command":["w"],%s,
           "dependsOn":[{"containerName":"init","condition":"SUCCESS"}]},
          {"name":"init","image":"busybox","command":["i"],"essential":false,%s}]}]}}\
        """
            .formatted(RESOURCES, RESOURCES));
  }

  private JobKey submit(String members) {
    JsonNode answer =
        world.call(
            "SubmitJob",
            "{\"jobName\":\"p\",\"jobQueue\":\"q\",\"jobDefinition\":\"pod\"" + members + "}");
    return JobKey.parse(answer.get("jobId").textValue()).orElseThrow();
  }

  @Test
  @DisplayName("A job of several containers asks for what all of them ask for")
  void sum() {
    assertThat(world.stored(submit("")).spec().shape()).isEqualTo(new Shape(2, 200, 0));
  }

  @Test
  @DisplayName("Overrides are for the container that they name")
  void overrides() {
    JobKey key =
        submit(
            """
            ,"ecsPropertiesOverride":{"taskProperties":[{"containers":[{"name":"init",
              "command":["other"],"environment":[{"name":"A","value":"1"}]}]}]}\
            """);
    JsonNode containers = world.describe(key).at("/ecsProperties/taskProperties/0/containers");
    assertThat(containers.at("/0/command/0").textValue()).isEqualTo("w");
    assertThat(containers.at("/1/command/0").textValue()).isEqualTo("other");
    assertThat(containers.at("/1/environment/0/name").textValue()).isEqualTo("A");
  }

  @Test
  @DisplayName("An override of a container that the definition does not have is refused")
  void unknownContainer() {
    assertThat(
            world.refusal(
                "SubmitJob",
                "{\"jobName\":\"p\",\"jobQueue\":\"q\",\"jobDefinition\":\"pod\","
                    + "\"ecsPropertiesOverride\":{\"taskProperties\":[{\"containers\":"
                    + "[{\"name\":\"x\"}]}]}}"))
        .contains("names container x");
  }

  @Test
  @DisplayName("After the end each container shows its own exit code and log, the attempt too")
  void describe() {
    JobKey key = submit("");
    Dispatch dispatch = world.run(key, "t-1");
    long startedAt = world.now();
    world.pass(1_000);
    TaskEnd end =
        TaskEnd.exited(7, null, startedAt, world.now())
            .with(List.of(new ContainerEnd("work", 7, null), new ContainerEnd("init", 0, "done")));
    world.end(key, dispatch, "t-1", end);
    JsonNode job = world.describe(key);
    assertThat(job.get("status").textValue()).isEqualTo("FAILED");
    assertThat(job.get("container")).isEmpty();
    JsonNode work = job.at("/ecsProperties/taskProperties/0/containers/0");
    assertThat(work.get("exitCode").intValue()).isEqualTo(7);
    assertThat(work.get("logStreamName").textValue()).isEqualTo("pod/work/t-1");
    assertThat(work.at("/dependsOn/0/condition").textValue()).isEqualTo("SUCCESS");
    JsonNode attempt = job.at("/attempts/0/taskProperties/0/containers/1");
    assertThat(attempt.get("name").textValue()).isEqualTo("init");
    assertThat(attempt.get("reason").textValue()).isEqualTo("done");
  }
}

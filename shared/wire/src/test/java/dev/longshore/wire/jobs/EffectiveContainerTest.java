package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.validation.ClientFault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;

class EffectiveContainerTest {
  private static final JobId ID = JobId.of("4c7599ae-0a82-49aa-ba5a-4727fcce14a8");

  private static EffectiveContainer of(String container, String submission) {
    return of(container, "{}", submission);
  }

  private static EffectiveContainer of(String container, String parameters, String submission) {
    return task(container, parameters, submission).parts().getFirst().container();
  }

  private static EffectiveTask task(String container, String parameters, String submission) {
    String document =
        "{\"containerProperties\":%s,\"parameters\":%s}".formatted(container, parameters);
    return EffectiveTask.of(
        new JobDefinition(new DefinitionId("d", 1), true, document, Map.of(), 0, 0, 1),
        new JobDocument(submission, Map.of()),
        JobKey.whole(ID));
  }

  @Test
  void aCommandOfTheSubmissionReplacesTheWholeList() {
    String defined = "{\"image\":\"i\",\"command\":[\"a\",\"b\"]}";
    assertThat(of(defined, "{\"containerOverrides\":{\"command\":[\"c\"]}}").properties().command())
        .containsExactly("c");
    assertThat(of(defined, "{\"containerOverrides\":{}}").properties().command())
        .containsExactly("a", "b");
    assertThat(of(defined, "{\"containerOverrides\":{\"command\":[]}}").properties().command())
        .containsExactly("a", "b");
  }

  @Test
  void environmentIsMergedByNameDefinitionFirst() {
    EffectiveContainer container =
        of(
            """
            {"environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}\
            """,
            """
            {"containerOverrides":{"environment":
              [{"name":"C","value":"3"},{"name":"A","value":"9"},{"name":"E"}]}}\
            """);
    assertThat(container.environment())
        .containsExactly(
            Map.entry("A", "9"), Map.entry("B", "2"), Map.entry("C", "3"), Map.entry("E", ""));
  }

  @Test
  void resourcesAreMergedByType() {
    assertThat(
            resources(
                """
                {"resourceRequirements":[{"type":"VCPU","value":"1"},
                  {"type":"MEMORY","value":"256"}]}\
                """,
                """
                {"containerOverrides":{"resourceRequirements":[{"type":"MEMORY","value":"512"},
                  {"type":"GPU","value":"1"}]}}\
                """))
        .containsExactly("VCPU=1", "MEMORY=512", "GPU=1");
  }

  @Test
  void deprecatedMembersOverrideEachOtherButNeverTheNewOnes() {
    String old = "{\"containerOverrides\":{\"vcpus\":4,\"memory\":4096}}";
    assertThat(resources("{\"vcpus\":1,\"memory\":128}", "{}"))
        .containsExactly("VCPU=1", "MEMORY=128");
    assertThat(resources("{\"vcpus\":1,\"memory\":128}", old))
        .containsExactly("VCPU=4", "MEMORY=4096");
    assertThat(
            resources(
                "{\"memory\":128,\"resourceRequirements\":[{\"type\":\"VCPU\",\"value\":\"2\"}]}",
                old))
        .containsExactly("VCPU=2", "MEMORY=4096");
    assertThat(
            resources(
                "{\"vcpus\":1}",
                "{\"containerOverrides\":{\"resourceRequirements\":"
                    + "[{\"type\":\"VCPU\",\"value\":\"8\"}]}}"))
        .containsExactly("VCPU=8");
  }

  private static List<String> resources(String container, String submission) {
    return of(container, submission).properties().resourceRequirements().stream()
        .map((ResourceRequirement one) -> one.typeAsString() + "=" + one.value())
        .toList();
  }

  @Test
  void everythingElseIsTheDefinitions() {
    assertThat(of("{\"image\":\"i\",\"user\":\"u\",\"privileged\":true}", "{}").properties())
        .satisfies(properties -> {
          assertThat(properties.image()).isEqualTo("i");
          assertThat(properties.user()).isEqualTo("u");
          assertThat(properties.privileged()).isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "Ref::in,x",
    "--in=Ref::in,--in=x",
    "Ref::in/Ref::out,x/$1\\",
    "Ref::in-dir,y",
    "Ref::in-other,x-other",
    "Ref::inRef::in,xx",
    "Ref::again,Ref::in",
    "Ref::,Ref::",
    "plain,plain"
  })
  void placeholdersAreFilledWholeOrInside(String element, String filled) {
    EffectiveContainer container =
        of(
            "{\"command\":[\"" + element + "\"]}",
            "{\"in\":\"default\",\"in-dir\":\"y\",\"again\":\"Ref::in\"}",
            "{\"parameters\":{\"in\":\"x\",\"out\":\"$1\\\\\",\"unused\":\"z\"}}");
    assertThat(container.properties().command()).containsExactly(filled);
  }

  @Test
  void aPlaceholderWithoutValueIsRefused() {
    assertThatThrownBy(() -> of("{\"command\":[\"a\",\"--x=Ref::in_1\"]}", "{}"))
        .isInstanceOf(ClientFault.class)
        .hasMessage("Unable to substitute value. No parameter found for reference in_1");
  }

  @Test
  void parametersOfTheSubmissionLieOverTheDefinitions() {
    assertThat(of("{}", "{\"a\":\"1\",\"b\":\"2\"}", "{\"parameters\":{\"b\":\"3\"}}").parameters())
        .isEqualTo(Map.of("a", "1", "b", "3"));
  }

  @Test
  void theServiceSetsItsVariables() {
    JobSpec single = spec(0);
    assertThat(JobEnvironment.of(JobKey.whole(ID), single, 2, "ce"))
        .isEqualTo(
            Map.of(
                "AWS_BATCH_JOB_ID", ID.toString(),
                "AWS_BATCH_JOB_ATTEMPT", "2",
                "AWS_BATCH_CE_NAME", "ce",
                "AWS_BATCH_JQ_NAME", "q",
                "AWS_EXECUTION_ENV", "AWS_ECS_EC2"));
    assertThat(JobEnvironment.of(JobKey.child(ID, 7), spec(10), 1, "ce"))
        .containsEntry("AWS_BATCH_JOB_ID", ID + ":7")
        .containsEntry("AWS_BATCH_JOB_ARRAY_INDEX", "7")
        .containsEntry("AWS_BATCH_JOB_ARRAY_SIZE", "10");
  }

  private static JobSpec spec(int arraySize) {
    return new JobSpec(
        "n",
        "q",
        new DefinitionId("d", 1),
        new Shape(1, 4, 0),
        RetryStrategy.ONCE,
        0,
        arraySize,
        null,
        0,
        0);
  }

  @Test
  void logStreamsAreNamedAfterTheDefinitionUnlessItSaysOtherwise() {
    EffectiveTask.Part plain = task("{}", "{}", "{}").parts().getFirst();
    assertThat(LogStreams.name(new DefinitionId("d", 1), plain, "t")).isEqualTo("d/default/t");
    assertThat(LogStreams.group(plain.container())).isEqualTo("/aws/batch/job");
    assertThat(LogStreams.name(new DefinitionId("x".repeat(201), 1), plain, "t"))
        .isEqualTo("x".repeat(200) + "/default/t");
    EffectiveTask.Part own =
        task(
                """
                {"logConfiguration":{"logDriver":"awslogs","options":
                  {"awslogs-stream-prefix":"p","awslogs-group":"g"}}}\
                """,
                "{}",
                "{}")
            .parts()
            .getFirst();
    assertThat(LogStreams.name(new DefinitionId("d", 1), own, "t")).isEqualTo("p/default/t");
    assertThat(LogStreams.group(own.container())).isEqualTo("g");
  }
}

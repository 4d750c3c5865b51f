package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.validation.JobRoleRule;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.wire.http.HttpAnswer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code RegisterJobDefinition} where roles are for certain callers. */
class RegisteredRolesTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/";
  private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
  private static final String BOB = "arn:aws:iam::111122223333:user/bob";
  private static final String CONTAINER =
      "\"image\":\"i\",\"resourceRequirements\":[{\"type\":\"VCPU\",\"value\":\"1\"},"
          + "{\"type\":\"MEMORY\",\"value\":\"64\"}]";

  private final Service service =
      new Service(
          new JobRoles.Ruled(
              List.of(ROLE + "etl", ROLE + "pull"),
              List.of(
                  new JobRoleRule(ROLE + "etl", List.of(ALICE), List.of("q")),
                  new JobRoleRule(ROLE + "pull", List.of(), List.of()))));

  private static String container(String members) {
    return "{\"jobDefinitionName\":\"d\",\"type\":\"container\",\"containerProperties\":{"
        + members
        + CONTAINER
        + "}}";
  }

  private static String ecs(String members) {
    return "{\"taskProperties\":[{%s\"containers\":[{\"name\":\"c\",%s}]}]}"
        .formatted(members, CONTAINER);
  }

  private static String nodes(String range) {
    return """
    {"jobDefinitionName":"d","type":"multinode","nodeProperties":{"numNodes":2,"mainNode":0,
     "nodeRangeProperties":[{"targetNodes":"0:0","container":{%s}},{"targetNodes":"1:1",%s}]}}
    """
        .formatted(CONTAINER, range);
  }

  private int status(String caller, String body) {
    return service.signed(caller, "RegisterJobDefinition", body).status();
  }

  @Test
  @DisplayName("Who may use both roles of a definition in some queue may register it")
  void allowed() {
    String both =
        container("\"jobRoleArn\":\"%1$setl\",\"executionRoleArn\":\"%1$spull\",".formatted(ROLE));
    assertThat(status(ALICE, both)).isEqualTo(200);
    assertThat(status(BOB, container("\"executionRoleArn\":\"%spull\",".formatted(ROLE))))
        .isEqualTo(200);
    assertThat(status(BOB, container("\"jobRoleArn\":\"\","))).isEqualTo(200);
  }

  @Test
  @DisplayName("Anybody else gets IAM's own refusal, and nothing is registered")
  void refused() {
    HttpAnswer answer =
        service.signed(
            BOB, "RegisterJobDefinition", container("\"jobRoleArn\":\"%setl\",".formatted(ROLE)));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", "AccessDeniedException");
    assertThat(Service.json(answer).path("__type").asText()).isEqualTo("AccessDeniedException");
    assertThat(Service.json(answer).path("message").asText())
        .startsWith(
            "User: %s is not authorized to perform: iam:PassRole on resource: %setl because no rule"
                .formatted(BOB, ROLE));
    assertThat(service.ok("DescribeJobDefinitions", "{}").path("jobDefinitions")).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("The role of any container, task or node counts, by its ARN or by its name")
  @ValueSource(strings = {"arn:aws:iam::111122223333:role/etl", "etl"})
  void everywhere(String role) {
    String job = "\"jobRoleArn\":\"" + role + "\",";
    String execution = "\"executionRoleArn\":\"" + role + "\",";
    String task = "\"taskRoleArn\":\"" + role + "\",";
    List<String> bodies =
        List.of(
            container(job),
            container(execution),
            "{\"jobDefinitionName\":\"d\",\"type\":\"container\",\"ecsProperties\":%s}"
                .formatted(ecs(task)),
            "{\"jobDefinitionName\":\"d\",\"type\":\"container\",\"ecsProperties\":%s}"
                .formatted(ecs(execution)),
            nodes("\"container\":{%s%s}".formatted(job, CONTAINER)),
            nodes("\"container\":{%s%s}".formatted(execution, CONTAINER)),
            nodes("\"ecsProperties\":%s".formatted(ecs(task))));
    assertThat(bodies)
        .allSatisfy(body -> assertThat(status(BOB, body)).as(body).isEqualTo(403))
        .allSatisfy(body -> assertThat(status(ALICE, body)).as(body).isEqualTo(200));
  }
}

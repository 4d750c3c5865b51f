package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyOperationsTest {
  private static final String P = Service.ARN + "scheduling-policy/p";

  private final Service service = new Service();

  private JsonNode described(String arn) {
    return service
        .ok("DescribeSchedulingPolicies", "{\"arns\":[\"" + arn + "\"]}")
        .path("schedulingPolicies");
  }

  @Test
  @DisplayName("A policy is given back as it was made, and replaced by an update")
  void lifeCycle() {
    String settings =
        """
        "shareDecaySeconds":3600,"computeReservation":10,"shareDistribution":[\
        {"shareIdentifier":"A*","weightFactor":0.5},{"shareIdentifier":"B"}]\
        """;
    assertThat(service.ok("CreateSchedulingPolicy", Samples.policy("p", settings)))
        .isEqualTo(Service.json("{\"name\":\"p\",\"arn\":\"%s\"}".formatted(P)));
    assertThat(described(P))
        .isEqualTo(
            Service.json(
                "[{\"name\":\"p\",\"arn\":\"%s\",\"fairsharePolicy\":{%s},\"tags\":{}}]"
                    .formatted(P, settings)));
    service.ok(
        "UpdateSchedulingPolicy",
        "{\"arn\":\"%s\",\"fairsharePolicy\":{\"shareDecaySeconds\":1}}".formatted(P));
    assertThat(described(P).path(0).path("fairsharePolicy"))
        .isEqualTo(Service.json("{\"shareDecaySeconds\":1}"));
    service.ok("DeleteSchedulingPolicy", "{\"arn\":\"%s\"}".formatted(P));
    assertThat(described(P)).isEmpty();
    service.refused(
        P + " does not exist", "DeleteSchedulingPolicy", "{\"arn\":\"%s\"}".formatted(P));
    service.refused(
        P + " does not exist", "UpdateSchedulingPolicy", "{\"arn\":\"%s\"}".formatted(P));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'shareDecaySeconds':604801 | shareDecaySeconds must be between 0 and 604800.",
        "'computeReservation':100 | computeReservation must be between 0 and 99.",
        "'shareDistribution':[{'shareIdentifier':'a','weightFactor':0}]"
            + " | weightFactor must be between 0.0001 and 999.9999.",
        "'shareDistribution':[{'shareIdentifier':'UserA*'},{'shareIdentifier':'UserA1'}]"
            + " | shareDistribution entries UserA* and UserA1 overlap.",
        "'shareDistribution':[{'shareIdentifier':'a-b'}] | shareIdentifier a-b must consist of"
            + " letters and digits, optionally ending with *."
      })
  @DisplayName("Settings that break a rule are refused, when made and when updated")
  void wrong(String settings, String text) {
    String fairshare = settings.replace('\'', '"');
    service.refused(text, "CreateSchedulingPolicy", Samples.policy("p", fairshare));
    service.ok("CreateSchedulingPolicy", Samples.policy("p", ""));
    service.refused(
        text,
        "UpdateSchedulingPolicy",
        "{\"arn\":\"%s\",\"fairsharePolicy\":{%s}}".formatted(P, fairshare));
  }

  @Test
  @DisplayName("A policy has a name of its own and is addressed by ARN only")
  void names() {
    service.refusedFramed("name is required.", "CreateSchedulingPolicy", "{}");
    service.refusedFramed(
        "name should match valid pattern [A-Za-z0-9][A-Za-z0-9_-]{0,127}",
        "CreateSchedulingPolicy",
        Samples.policy("a b", ""));
    service.refusedFramed(
        "shareDistribution.shareIdentifier is required.",
        "CreateSchedulingPolicy",
        Samples.policy("p", "\"shareDistribution\":[{}]"));
    service.ok("CreateSchedulingPolicy", "{\"name\":\"p\"}");
    service.refused("Object already exists", "CreateSchedulingPolicy", Samples.policy("p", ""));
    service.refused("arn p must be an ARN.", "DeleteSchedulingPolicy", "{\"arn\":\"p\"}");
    service.refusedFramed("arns is required.", "DescribeSchedulingPolicies", "{}");
  }

  @Test
  @DisplayName("A policy that a queue uses cannot be deleted")
  void inUse() {
    Samples.environments(service, "a");
    service.ok("CreateSchedulingPolicy", Samples.policy("p", ""));
    service.ok(
        "CreateJobQueue",
        """
        {"jobQueueName":"q","priority":1,"computeEnvironmentOrder":%s,
         "schedulingPolicyArn":"%s"}\
        """
            .formatted(Samples.order("a"), P));
    service.refused(
        "Cannot delete, found existing JobQueue relationship.",
        "DeleteSchedulingPolicy",
        "{\"arn\":\"%s\"}".formatted(P));
  }

  @Test
  @DisplayName("Listings give ARNs in pages")
  void list() {
    for (String name : new String[] {"b", "a", "c"}) {
      service.ok("CreateSchedulingPolicy", Samples.policy(name, ""));
    }
    JsonNode first = service.ok("ListSchedulingPolicies", "{\"maxResults\":2}");
    assertThat(first.findValuesAsText("arn"))
        .containsExactly(Service.ARN + "scheduling-policy/a", Service.ARN + "scheduling-policy/b");
    JsonNode second =
        service.ok(
            "ListSchedulingPolicies", "{\"nextToken\":%s}".formatted(first.path("nextToken")));
    assertThat(second.findValuesAsText("arn")).containsExactly(Service.ARN + "scheduling-policy/c");
    assertThat(second.has("nextToken")).isFalse();
  }
}

package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentListingTest {
  private final Service service = new Service();

  private JsonNode described(String name) {
    return service
        .ok("DescribeComputeEnvironments", "{\"computeEnvironments\":[\"" + name + "\"]}")
        .path("computeEnvironments");
  }

  private void host(String environment, Host.State state, int vcpus) {
    HostId id = new HostId(environment, "i-" + state);
    Shape capacity = new Shape(vcpus, 1000, 0);
    service.hosts.create(new Host(id, state, "c5.large", capacity, null, 0, 0, Set.of(), 1));
  }

  @Test
  @DisplayName(
      "desiredvCpus shows hosts, launches and the minimum, but never more than the maximum")
  void desired() {
    service.ok(
        "CreateComputeEnvironment",
        Samples.managed("c", Samples.RESOURCES.replace("\"minvCpus\":0", "\"minvCpus\":3")));
    assertThat(desiredVcpus()).isEqualTo(3);
    host("c", Host.State.ACTIVE, 4);
    host("c", Host.State.BOOTING, 4);
    host("c", Host.State.DRAINING, 4);
    assertThat(desiredVcpus()).isEqualTo(8);
    Fleet.Intent intent = new Fleet.Intent("t", "c5.large", 2, 2, 0);
    service.hosts.saveFleet(new Fleet("c", List.of(intent), List.of(), 1));
    assertThat(desiredVcpus()).isEqualTo(12);
    host("c", Host.State.GONE, 4);
    service.hosts.saveFleet(
        new Fleet("c", List.of(new Fleet.Intent("t", "c5.large", 9, 2, 0)), List.of(), 2));
    assertThat(desiredVcpus()).isEqualTo(16);
  }

  private int desiredVcpus() {
    return described("c").path(0).path("computeResources").path("desiredvCpus").asInt();
  }

  @Test
  @DisplayName("Listings come by name in pages; names, ARNs and unknown ones can be asked for")
  void list() {
    Samples.environments(service, "b", "a", "c");
    JsonNode first = service.ok("DescribeComputeEnvironments", "{\"maxResults\":2}");
    assertThat(first.findValuesAsText("computeEnvironmentName")).containsExactly("a", "b");
    JsonNode second =
        service.ok(
            "DescribeComputeEnvironments",
            "{\"maxResults\":2,\"nextToken\":%s}".formatted(first.path("nextToken")));
    assertThat(second.findValuesAsText("computeEnvironmentName")).containsExactly("c");
    assertThat(second.has("nextToken")).isFalse();
    assertThat(
            service
                .ok(
                    "DescribeComputeEnvironments",
                    """
                    {"computeEnvironments":["c","nobody","arn:aws:batch:eu-west-1:123456789012:\
                    compute-environment/a","a","arn:aws:batch:eu-west-1:1:job-queue/b"]}\
                    """)
                .findValuesAsText("computeEnvironmentName"))
        .containsExactly("a", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "", "AAAA", "bm9uZW5vbmVub25l"})
  @DisplayName("A token that was not given for this query is refused")
  void badToken(String token) {
    String text =
        token.equals("bm9uZW5vbmVub25l")
            ? "nextToken is not valid for this request; only maxResults may differ from page to"
                + " page."
            : "nextToken is not valid; send the one of the page before as it is.";
    service.refused(text, "DescribeComputeEnvironments", "{\"nextToken\":\"" + token + "\"}");
  }
}

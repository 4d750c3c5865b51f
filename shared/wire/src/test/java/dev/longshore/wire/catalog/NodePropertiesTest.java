package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.validation.ClientFault;
import dev.longshore.wire.catalog.NodeRanges.Range;
import dev.longshore.wire.codec.WireJson;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.batch.model.NodeProperties;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;

class NodePropertiesTest {
  private static final String CONTAINER =
      """
      {"image":"busybox","resourceRequirements":
        [{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"100"}]}\
      """;

  private static void check(String content) {
    String request =
        "{\"jobDefinitionName\":\"d\"," + content.replace("CONTAINER", CONTAINER) + "}";
    DefinitionChecks.check(WireJson.read(request, RegisterJobDefinitionRequest.builder()));
  }

  @ParameterizedTest
  @CsvSource({"0:3, 0, 3", "':', 0, 9", "4:, 4, 9", ":2, 0, 2", "7, 7, 7"})
  @DisplayName("A range may leave out an end, and may be a single node")
  void ranges(String text, int first, int last) {
    Range range = NodeRanges.parse(text, 10);
    assertThat(range.first()).isEqualTo(first);
    assertThat(range.last()).isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource({"3:1", "0:10", "10", "a:b", "''", "-1:2"})
  @DisplayName("A range that is none, or names nodes that do not exist, is refused")
  void noRanges(String text) {
    assertThatThrownBy(() -> NodeRanges.parse(text, 10)).isInstanceOf(ClientFault.class);
  }

  @Test
  @DisplayName("Of nested ranges the inner one decides, whatever their order")
  void innerDecides() {
    List<Range> ranges = List.of(NodeRanges.parse("4:5", 10), NodeRanges.parse("0:", 10));
    assertThat(NodeRanges.decisive(ranges, 4)).isZero();
    assertThat(NodeRanges.decisive(ranges, 6)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {} | nodeProperties.numNodes is required.
          {"numNodes":2} | nodeProperties.mainNode is required.
          {"numNodes":1001,"mainNode":0} | nodeProperties.numNodes must be between 1 and 1000.
          {"numNodes":2,"mainNode":2} | nodeProperties.mainNode 2 must be less than numNodes 2.
          {"numNodes":2,"mainNode":0,"nodeRangeProperties":[]} | nodeRangeProperties must have between 1 and 5 entries.
          {"numNodes":2,"mainNode":0,"nodeRangeProperties":[{"targetNodes":"0","container":CONTAINER}]} | Node 1 is in none of the ranges
          {"numNodes":2,"mainNode":0,"nodeRangeProperties":[{"targetNodes":"0:"}]} | must have either container or ecsProperties.
          {"numNodes":2,"mainNode":0,"nodeRangeProperties":[{"targetNodes":"0:","eksProperties":{}}]} | eksProperties is not supported
          {"numNodes":2,"mainNode":0,"nodeRangeProperties":[{"targetNodes":"0:","container":{"image":"i"}}]} | containerProperties must contain vcpus
          {"numNodes":2,"mainNode":0,"nodeRangeProperties":[{"targetNodes":"0","container":CONTAINER,"instanceTypes":["a"]},{"targetNodes":"1","container":CONTAINER,"instanceTypes":["b"]}]} | All node ranges must use the same instance type.
          """)
  @DisplayName("Nodes that could not run together are refused")
  void wrongNodes(String nodes, String text) {
    assertThatThrownBy(() -> check("\"type\":\"multinode\",\"nodeProperties\":" + nodes))
        .isInstanceOf(ClientFault.class)
        .hasMessageContaining(text);
  }

  @Test
  @DisplayName("Each range has at most 5 consumable resources, the ranges together more")
  void needs() {
    assertThat(NodeChecks.needs(nodes(list(0, 5), list(5, 4)))).hasSize(9);
    assertThatThrownBy(() -> NodeChecks.needs(nodes(list(0, 1), list(1, 6))))
        .isInstanceOf(ClientFault.class)
        .hasMessage("consumableResourceList must have at most 5 entries, but has 6.");
  }

  private static NodeProperties nodes(String one, String other) {
    return WireJson.read(
        "{\"nodeRangeProperties\":[%s,%s]}".formatted(one, other), NodeProperties.builder());
  }

  private static String list(int first, int entries) {
    return IntStream.range(first, first + entries)
        .mapToObj("{\"consumableResource\":\"r%d\",\"quantity\":1}"::formatted)
        .collect(
            Collectors.joining(
                ",", "{\"consumableResourceProperties\":{\"consumableResourceList\":[", "]}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [] | ecsProperties must have exactly one taskProperties.
          [{"containers":[]}] | taskProperties must have between 1 and 10 containers.
          [{"containers":[{"image":"i"}]}] | containers.name is required.
          [{"containers":[<A>,<A>]}] | containers must not use a name twice: a.
          [{"containers":[<B>]}] | At least one container of taskProperties must be essential.
          [{"containers":[<A>],"platformVersion":"1"}] | platformVersion not applicable for EC2.
          [{"containers":[<A>,<D>{"containerName":"x","condition":"START"}<E>]}] | depends on x, which is no container of the task.
          [{"containers":[<A>,<D>{"containerName":"a","condition":"SUCCESS"}<E>]}] | Container a is essential: others can depend on its START only.
          [{"containers":[<A>,<D>{"containerName":"a","condition":"HEALTHY"}<E>]}] | dependsOn.condition must be START, COMPLETE or SUCCESS, not HEALTHY.
          [{"containers":[<D>{"containerName":"d","condition":"START"}<E>]}] | Container d depends on itself
          """)
  @DisplayName("A task of several containers that could not run is refused")
  void wrongTask(String task, String text) {
    String rest = "\"image\":\"i\"," + CONTAINER.substring(CONTAINER.indexOf("\"resource"));
    String written =
        task.replace("<A>", "{\"name\":\"a\"," + rest)
            .replace("<B>", "{\"name\":\"b\",\"essential\":false," + rest)
            .replace("<D>{", "{\"name\":\"d\",\"dependsOn\":[{")
            .replace("}<E>", "}]," + rest);
    assertThatThrownBy(() ->
            check("\"type\":\"container\",\"ecsProperties\":{\"taskProperties\":" + written + "}"))
        .isInstanceOf(ClientFault.class)
        .hasMessageContaining(text);
  }
}

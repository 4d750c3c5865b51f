package dev.longshore.wire.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.ConsumableResource.Kind;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.ResourceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs that need consumable resources, as their submitters see them. */
class NeedingJobsTest {
  private static final String ARN = JobsFixture.BATCH + "consumable-resource/";

  private final JobsFixture world = new JobsFixture();

  @BeforeEach
  void makeResources() {
    for (String name : List.of("licence", "seat")) {
      assertThat(
              world.catalog.createConsumable(
                  ConsumableResource.fresh(name, Kind.REPLENISHABLE, 5, Map.of(), world.now())))
          .isTrue();
    }
    world.define(
        "needing",
        """
        {"type":"container","containerProperties":{"image":"busybox","command":["echo","hi"],
         "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"256"}]},
         "consumableResourceProperties":{"consumableResourceList":[
          {"consumableResource":"%slicence","quantity":2}]}}\
        """
            .formatted(ARN));
  }

  private JobKey needing(String queue, String members) {
    JsonNode answer =
        world.call(
            "SubmitJob",
            "{\"jobName\":\"job\",\"jobQueue\":\"%s\",\"jobDefinition\":\"needing\"%s}"
                .formatted(queue, members));
    return JobKey.parse(answer.get("jobId").textValue()).orElseThrow();
  }

  @Test
  @DisplayName("A job needs what its definition says, or what its submission says instead")
  void needs() {
    JobKey own = needing("q", "");
    JobKey other =
        needing(
            "q",
            ",\"consumableResourcePropertiesOverride\":{\"consumableResourceList\":["
                + "{\"consumableResource\":\"seat\",\"quantity\":1}]}");
    JobKey none =
        needing("q", ",\"consumableResourcePropertiesOverride\":{\"consumableResourceList\":[]}");
    assertThat(world.stored(own).spec().needs()).containsExactly(new Need("licence", 2));
    assertThat(world.stored(other).spec().needs()).containsExactly(new Need("seat", 1));
    assertThat(world.stored(none).spec().needs()).isEmpty();
    assertThat(world.describe(own).get("consumableResourceProperties").toString())
        .isEqualTo(
            "{\"consumableResourceList\":[{\"consumableResource\":\"%slicence\",\"quantity\":2}]}"
                .formatted(ARN));
    assertThat(world.describe(none).has("consumableResourceProperties")).isFalse();
  }

  @Test
  @DisplayName(
      "A multi-node job needs what all its nodes need, range by range, overrides merged in")
  void nodes() {
    world.environment("ce", Market.ON_DEMAND);
    String container =
        """
        {"image":"busybox","resourceRequirements":[{"type":"VCPU","value":"1"},
         {"type":"MEMORY","value":"256"}]}\
        """;
    String list =
        "\"%s\":{\"consumableResourceList\":[{\"consumableResource\":\"%s\",\"quantity\":%d}]}";
    String own = list.formatted("consumableResourceProperties", "licence", 2);
    world.define(
        "needing",
        """
        {"type":"multinode",%s,"nodeProperties":{"numNodes":4,"mainNode":0,"nodeRangeProperties":[
         {"targetNodes":"0","container":%s},{"targetNodes":"1:","container":%s,%s}]}}\
        """
            .formatted(
                list.formatted("consumableResourceProperties", "seat", 1),
                container,
                container,
                own));
    JobKey key = needing("q", "");
    assertThat(world.stored(key).spec().needs())
        .containsExactly(new Need("licence", 6), new Need("seat", 1));
    assertThat(world.describe(key).get("consumableResourceProperties").toString())
        .contains("licence\",\"quantity\":6");
    JobKey node = JobKey.node(key.job(), 3);
    assertThat(world.describe(node).get("consumableResourceProperties").toString())
        .isEqualTo(
            "{\"consumableResourceList\":[{\"consumableResource\":\"%slicence\",\"quantity\":2}]}"
                .formatted(ARN));
    JobKey overridden =
        needing(
            "q",
            ",\"nodeOverrides\":{\"nodePropertyOverrides\":[{\"targetNodes\":\"1:\",%s}]}"
                .formatted(list.formatted("consumableResourcePropertiesOverride", "seat", 3)));
    assertThat(world.stored(overridden).spec().needs()).containsExactly(new Need("seat", 10));
  }

  @Test
  @DisplayName("Each list of consumable resources has at most 5 entries, whoever gives it")
  void atMostFive() {
    String sixth = "consumableResourceList must have at most 5 entries, but has 6.";
    String submission = "{\"jobName\":\"job\",\"jobQueue\":\"q\",\"jobDefinition\":\"needing\",%s}";
    assertThat(world.refusal("SubmitJob", submission.formatted(list("PropertiesOverride", 6))))
        .contains(sixth);
    assertThat(world.refusal("SubmitJob", submission.formatted(list("PropertiesOverride", 5))))
        .contains("ConsumableResource r0 does not exist.");

    String nodes =
        """
        {"type":"multinode","nodeProperties":{"numNodes":2,
         "mainNode":0,"nodeRangeProperties":[{"targetNodes":"0:","container":{"image":"busybox",
         "resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"256"}]}}]}}\
        """;
    world.environment("ce", Market.ON_DEMAND);
    world.define("needing", nodes);
    String range =
        "\"nodeOverrides\":{\"nodePropertyOverrides\":[{\"targetNodes\":\"0:\",%s}]}"
            .formatted(list("PropertiesOverride", 6));
    assertThat(world.refusal("SubmitJob", submission.formatted(range))).contains(sixth);
  }

  private static String list(String member, int entries) {
    return IntStream.range(0, entries)
        .mapToObj("{\"consumableResource\":\"r%d\",\"quantity\":1}"::formatted)
        .collect(
            Collectors.joining(
                ",",
                "\"consumableResource%s\":{\"consumableResourceList\":[".formatted(member),
                "]}"));
  }

  @Test
  @DisplayName("A job says that it waits for a resource; one of the same size without does not")
  void saysWhy() {
    JobKey held = needing("q", "");
    JobKey other = world.submit("");
    String reason = "WAITING:CONSUMABLE_RESOURCE - licence 0 of 5 free, 2 needed";
    List<Need> needs = List.of(new Need("licence", 2));
    Holds.Entry entry =
        new Holds.Entry(world.stored(held).spec().shape(), reason, held, world.now(), needs);
    assertThat(world.catalog.saveHolds(new Holds("q", List.of(entry), 2))).isTrue();
    assertThat(world.describe(held).get("statusReason").textValue()).isEqualTo(reason);
    assertThat(world.describe(other).has("statusReason")).isFalse();
  }

  @Test
  @DisplayName("Jobs that need a resource are listed over all queues, in pages and by filter")
  void listed() {
    world.queue("other", true, ResourceStatus.VALID, null);
    List<String> expected = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      world.pass(1_000);
      expected.addFirst(needing("other", "").toString());
      world.submit("");
    }
    List<String> later = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      world.pass(1_000);
      later.addFirst(needing("q", "").toString());
    }
    expected.addAll(later);
    assertThat(ids("licence", "")).isEqualTo(expected);
    assertThat(ids("seat", "")).isEmpty();
    world.runThrough(JobKey.parse(later.getFirst()).orElseThrow(), "t", 0);
    assertThat(
            ids(
                ARN + "licence",
                ",\"filters\":[{\"name\":\"JOB_STATUS\",\"values\":[\"SUCCEEDED\"]}]"))
        .containsExactly(later.getFirst());
    assertThat(ids("licence", ",\"filters\":[{\"name\":\"JOB_NAME\",\"values\":[\"JO*\"]}]"))
        .hasSize(6);
    assertThat(ids("licence", ",\"filters\":[{\"name\":\"JOB_NAME\",\"values\":[\"x\"]}]"))
        .isEmpty();
    assertThat(world.refusal("ListJobsByConsumableResource", "{\"consumableResource\":\"none\"}"))
        .isEqualTo("none does not exist");
  }

  private List<String> ids(String resource, String filters) {
    List<String> ids = new ArrayList<>();
    String token = "";
    while (true) {
      JsonNode page =
          world.call(
              "ListJobsByConsumableResource",
              "{\"consumableResource\":\"%s\",\"maxResults\":2%s%s}"
                  .formatted(resource, filters, token));
      for (JsonNode job : page.get("jobs")) {
        String arn = job.get("jobArn").textValue();
        ids.add(arn.substring(arn.lastIndexOf('/') + 1));
        assertThat(job.get("quantity").longValue()).isEqualTo(2);
      }
      assertThat(page.get("jobs").size()).isLessThanOrEqualTo(2);
      if (!page.has("nextToken")) {
        return ids;
      }
      token = ",\"nextToken\":\"" + page.get("nextToken").textValue() + "\"";
    }
  }

  @Test
  @DisplayName("Children of an array in order say which children they wait for")
  void childrenInOrder() {
    JobKey first = world.submit("\"arrayProperties\":{\"size\":3}");
    JobKey second =
        world.submit(
            """
            "arrayProperties":{"size":3},
            "dependsOn":[{"jobId":"%s","type":"N_TO_N"},{"type":"SEQUENTIAL"}]\
            """
                .formatted(first));
    JsonNode child =
        world.call("DescribeJobs", "{\"jobs\":[\"" + second + ":2\"]}").get("jobs").get(0);
    assertThat(child.get("status").textValue()).isEqualTo("PENDING");
    assertThat(child.get("statusReason").textValue())
        .isEqualTo(
            "WAITING:DEPENDENCY - starts when these have succeeded: %s:1, %s:2"
                .formatted(second, first));
    assertThat(
            world
                .call("ListJobs", "{\"arrayJobId\":\"" + second + "\",\"jobStatus\":\"PENDING\"}")
                .get("jobSummaryList"))
        .hasSize(3);
    assertThat(world.describe(second).get("dependsOn").toString())
        .isEqualTo(
            "[{\"jobId\":\"%s\",\"type\":\"N_TO_N\"},{\"type\":\"SEQUENTIAL\"}]".formatted(first));
    assertThat(
            world.refusal(
                "SubmitJob",
                """
                {"jobName":"x","jobQueue":"q","jobDefinition":"d","arrayProperties":{"size":4},
                 "dependsOn":[{"jobId":"%s","type":"N_TO_N"}]}\
                """
                    .formatted(first)))
        .isEqualTo(
            "Job %s has 3 children and this job has 4; a dependency of type N_TO_N needs arrays of"
                    .formatted(first)
                + " the same size.");
    JobKey single = world.submit("");
    assertThat(
            world.refusal(
                "SubmitJob",
                """
                {"jobName":"x","jobQueue":"q","jobDefinition":"d","arrayProperties":{"size":4},
                 "dependsOn":[{"jobId":"%s","type":"N_TO_N"}]}\
                """
                    .formatted(single)))
        .isEqualTo(
            "Job %s is not an array job; a dependency of type N_TO_N needs one.".formatted(single));
  }
}

package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Claim;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConsumableOperationsTest {
  private static final String ARN = Service.ARN + "consumable-resource/";

  private final Service service = new Service();

  private JsonNode create(String name, int total) {
    return service.ok(
        "CreateConsumableResource",
        "{\"consumableResourceName\":\"%s\",\"totalQuantity\":%d}".formatted(name, total));
  }

  private JsonNode describe(String name) {
    return service.ok("DescribeConsumableResource", "{\"consumableResource\":\"" + name + "\"}");
  }

  private JsonNode update(String operation, int quantity, String token) {
    return service.ok(
        "UpdateConsumableResource",
        "{\"consumableResource\":\"%slicence\",\"operation\":\"%s\",\"quantity\":%d%s}"
            .formatted(
                ARN,
                operation,
                quantity,
                token.isEmpty() ? "" : ",\"clientToken\":\"" + token + "\""));
  }

  private void take(String name, long quantity) {
    JobId job = JobId.of("00000000-0000-4000-8000-000000000001");
    Claim claim = new Claim(new AttemptKey(JobKey.whole(job), 1, 0), quantity, 0);
    assertThat(
            service.catalog.claim(
                name, service.catalog.consumable(name).orElseThrow().version(), Set.of(claim)))
        .isTrue();
  }

  @Test
  @DisplayName("A resource is described as it was created, with what is taken of it")
  void createdAndDescribed() {
    JsonNode created =
        service.ok(
            "CreateConsumableResource",
            """
            {"consumableResourceName":"licence","totalQuantity":5,
             "resourceType":"NON_REPLENISHABLE","tags":{"team":"a"}}\
            """);
    assertThat(created.toString())
        .isEqualTo(
            "{\"consumableResourceName\":\"licence\",\"consumableResourceArn\":\"%slicence\"}"
                .formatted(ARN));
    take("licence", 2);
    JsonNode found = describe(ARN + "licence");
    assertThat(found.get("totalQuantity").longValue()).isEqualTo(5);
    assertThat(found.get("inUseQuantity").longValue()).isEqualTo(2);
    assertThat(found.get("availableQuantity").longValue()).isEqualTo(3);
    assertThat(found.get("resourceType").textValue()).isEqualTo("NON_REPLENISHABLE");
    assertThat(found.get("createdAt").longValue()).isEqualTo(service.millis());
    assertThat(found.get("tags").toString()).isEqualTo("{\"team\":\"a\"}");
  }

  @Test
  @DisplayName("SET, ADD and REMOVE change the total, once for each token within eight hours")
  void updates() {
    create("licence", 5);
    assertThat(update("ADD", 3, "t1").get("totalQuantity").longValue()).isEqualTo(8);
    assertThat(update("ADD", 3, "t1").get("totalQuantity").longValue()).isEqualTo(8);
    assertThat(update("REMOVE", 2, "t2").get("totalQuantity").longValue()).isEqualTo(6);
    assertThat(update("ADD", 1, "").get("totalQuantity").longValue()).isEqualTo(7);
    assertThat(update("ADD", 1, "").get("totalQuantity").longValue()).isEqualTo(8);
    assertThat(update("set", 1, "t3").get("totalQuantity").longValue()).isEqualTo(1);
    service.pass(Duration.ofHours(8));
    assertThat(update("ADD", 3, "t1").get("totalQuantity").longValue()).isEqualTo(4);
  }

  @Test
  @DisplayName("A total may be set below what is taken; then nothing is free, and never less")
  void loweredBelowUse() {
    create("licence", 5);
    take("licence", 4);
    update("SET", 1, "");
    assertThat(describe("licence").get("availableQuantity").longValue()).isZero();
    assertThat(describe("licence").get("inUseQuantity").longValue()).isEqualTo(4);
  }

  @Test
  @DisplayName("A changed total wakes the domains whose jobs may wait for it")
  void wakes() {
    create("licence", 5);
    service.ok(
        "CreateComputeEnvironment",
        "{\"computeEnvironmentName\":\"ce\",\"type\":\"UNMANAGED\",\"state\":\"ENABLED\"}");
    service.settle();
    service.ok(
        "CreateJobQueue",
        """
        {"jobQueueName":"q","priority":1,
         "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"ce"}]}\
        """);
    service.nudged.clear();
    update("ADD", 1, "");
    assertThat(service.nudged).containsExactly("q");
  }

  @Test
  @DisplayName("Resources are listed by name in pages, those that the filter means")
  void listed() {
    List.of("b", "Alpha", "albert", "c").forEach(name -> create(name, 1));
    assertThat(names("")).containsExactly("Alpha", "albert", "b", "c");
    assertThat(names(",\"filters\":[{\"name\":\"CONSUMABLE_RESOURCE_NAME\",\"values\":[\"AL*\"]}]"))
        .containsExactly("Alpha", "albert");
    service.refused(
        "filters.name must be CONSUMABLE_RESOURCE_NAME.",
        "ListConsumableResources",
        "{\"filters\":[{\"name\":\"NAME\",\"values\":[\"x\"]}]}");
  }

  private List<String> names(String filters) {
    List<String> names = new ArrayList<>();
    String token = "";
    while (true) {
      JsonNode page =
          service.ok("ListConsumableResources", "{\"maxResults\":1" + filters + token + "}");
      page.get("consumableResources")
          .forEach(each -> names.add(each.get("consumableResourceName").textValue()));
      if (!page.has("nextToken")) {
        return names;
      }
      token = ",\"nextToken\":\"" + page.get("nextToken").textValue() + "\"";
    }
  }

  @Test
  @DisplayName("A resource is deleted while no job has any of it, and is then unknown")
  void deleted() {
    create("licence", 5);
    take("licence", 1);
    service.refused(
        "Cannot delete, the consumable resource is in use by jobs.",
        "DeleteConsumableResource",
        "{\"consumableResource\":\"licence\"}");
    service.catalog.giveBack(
        "licence", service.catalog.consumable("licence").orElseThrow().claims());
    service.ok("DeleteConsumableResource", "{\"consumableResource\":\"licence\"}");
    for (String operation : List.of("DescribeConsumableResource", "DeleteConsumableResource")) {
      service.refused(
          ARN + "licence does not exist", operation, "{\"consumableResource\":\"licence\"}");
    }
  }

  @Test
  @DisplayName("What breaks a rule is refused and changes nothing")
  void refusals() {
    create("licence", 5);
    service.refused(
        "Object already exists",
        "CreateConsumableResource",
        "{\"consumableResourceName\":\"licence\",\"totalQuantity\":5}");
    service.refused(
        "totalQuantity must be between 0 and 1000000000000.",
        "CreateConsumableResource",
        "{\"consumableResourceName\":\"x\",\"totalQuantity\":-1}");
    service.refused(
        "resourceType must be REPLENISHABLE or NON_REPLENISHABLE.",
        "CreateConsumableResource",
        "{\"consumableResourceName\":\"x\",\"totalQuantity\":1,\"resourceType\":\"MAGIC\"}");
    service.refused(
        "totalQuantity must be between 0 and 1000000000000.",
        "UpdateConsumableResource",
        "{\"consumableResource\":\"licence\",\"operation\":\"REMOVE\",\"quantity\":6}");
    service.refused(
        "operation must be SET, ADD or REMOVE.",
        "UpdateConsumableResource",
        "{\"consumableResource\":\"licence\",\"operation\":\"HALVE\",\"quantity\":6}");
    service.refusedFramed(
        "quantity is required.",
        "UpdateConsumableResource",
        "{\"consumableResource\":\"licence\",\"operation\":\"SET\"}");
  }

  @Test
  @DisplayName("Resources have tags like everything else")
  void tags() {
    create("licence", 5);
    String arn = ARN + "licence";
    assertThat(service.tags("POST", arn, null, "{\"tags\":{\"a\":\"1\"}}").status()).isEqualTo(200);
    assertThat(Service.json(service.tags("GET", arn, null, "")).get("tags").toString())
        .isEqualTo("{\"a\":\"1\"}");
    assertThat(describe("licence").get("totalQuantity").longValue()).isEqualTo(5);
  }
}

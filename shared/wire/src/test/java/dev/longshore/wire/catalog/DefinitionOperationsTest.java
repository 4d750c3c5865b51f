package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.DefinitionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionOperationsTest {
  private static final String SMALL = "\"image\":\"busybox\",\"vcpus\":1,\"memory\":128";

  private final Service service = new Service();

  private JsonNode register(String name) {
    return service.ok("RegisterJobDefinition", Samples.definition(name, SMALL));
  }

  private List<String> described(String body) {
    return service
        .ok("DescribeJobDefinitions", body)
        .path("jobDefinitions")
        .findValuesAsText("jobDefinitionArn")
        .stream()
        .map(arn -> arn.substring((Service.ARN + "job-definition/").length()))
        .toList();
  }

  private JsonNode first(String body) {
    return service.ok("DescribeJobDefinitions", body).path("jobDefinitions").path(0);
  }

  @Test
  @DisplayName("Each registration is a new revision, never used again")
  void revisions() {
    assertThat(register("d"))
        .isEqualTo(
            Service.json(
                """
                {"jobDefinitionName":"d","jobDefinitionArn":"%sjob-definition/d:1",\
                "revision":1}\
                """
                    .formatted(Service.ARN)));
    assertThat(register("d").path("revision").asInt()).isEqualTo(2);
    service.ok("DeregisterJobDefinition", "{\"jobDefinition\":\"d:2\"}");
    service.ok("DeregisterJobDefinition", "{\"jobDefinition\":\"d:1\"}");
    assertThat(register("d").path("revision").asInt()).isEqualTo(3);
    assertThat(register("e").path("revision").asInt()).isEqualTo(1);
  }

  @Test
  @DisplayName("A small definition is described as AWS does, so that Terraform plans no change")
  void describeSmall() {
    register("d");
    assertThat(first("{}"))
        .isEqualTo(
            Service.json(
                """
                {"jobDefinitionName":"d","jobDefinitionArn":"%sjob-definition/d:1","revision":1,
                 "status":"ACTIVE","type":"container","parameters":{},"tags":{},
                 "containerProperties":{"image":"busybox","vcpus":1,"memory":128,"command":[],
                  "volumes":[],"environment":[],"mountPoints":[],"ulimits":[],
                  "resourceRequirements":[],"secrets":[]},
                 "containerOrchestrationType":"ECS"}\
                """
                    .formatted(Service.ARN)));
  }

  @Test
  @DisplayName("All that was registered comes back, the action of evaluateOnExit in lower case")
  void describeEverything() {
    String container =
        """
        {"image":"i","command":["echo","Ref::x"],"jobRoleArn":"r","executionRoleArn":"e",
         "volumes":[{"name":"v","host":{"sourcePath":"/x"}},
          {"name":"f","efsVolumeConfiguration":{"fileSystemId":"fs","rootDirectory":"/",
           "transitEncryption":"ENABLED","transitEncryptionPort":1,
           "authorizationConfig":{"accessPointId":"ap","iam":"ENABLED"}}}],
         "environment":[{"name":"A","value":"1"}],
         "mountPoints":[{"containerPath":"/m","readOnly":true,"sourceVolume":"v"}],
         "readonlyRootFilesystem":true,"privileged":false,
         "ulimits":[{"hardLimit":2,"name":"nofile","softLimit":1}],"user":"nobody",
         "resourceRequirements":[{"value":"2","type":"VCPU"},{"value":"512","type":"MEMORY"},
          {"value":"1","type":"GPU"}],
         "linuxParameters":{"devices":[{"hostPath":"/dev/x","permissions":["READ"]}],
          "initProcessEnabled":true,"sharedMemorySize":8,
          "tmpfs":[{"containerPath":"/t","size":4,"mountOptions":["ro","mode=755"]}],
          "maxSwap":0,"swappiness":100},
         "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"g"},
          "secretOptions":[{"name":"s","valueFrom":"x"}]},
         "secrets":[{"name":"S","valueFrom":"y"}],"enableExecuteCommand":true,
         "repositoryCredentials":{"credentialsParameter":"c"}}\
        """;
    service.ok(
        "RegisterJobDefinition",
        """
        {"jobDefinitionName":"d","type":"CONTAINER","parameters":{"x":"1"},
         "schedulingPriority":7,"containerProperties":%s,"propagateTags":true,
         "retryStrategy":{"attempts":3,"evaluateOnExit":[{"onExitCode":"1","action":"Retry"}]},
         "timeout":{"attemptDurationSeconds":60},"tags":{"t":"1"},
         "platformCapabilities":["EC2"],"consumableResourceProperties":{}}\
        """
            .formatted(container));
    JsonNode found = first("{}");
    assertThat(found.path("containerProperties")).isEqualTo(Service.json(container));
    assertThat(found.path("retryStrategy"))
        .isEqualTo(
            Service.json(
                """
                {"attempts":3,"evaluateOnExit":[{"onExitCode":"1","action":"retry"}]}\
                """));
    assertThat(found.path("type").asText()).isEqualTo("container");
    assertThat(found.path("parameters")).isEqualTo(Service.json("{\"x\":\"1\"}"));
    assertThat(found.path("schedulingPriority").asInt()).isEqualTo(7);
    assertThat(found.path("propagateTags").asBoolean()).isTrue();
    assertThat(found.path("timeout")).isEqualTo(Service.json("{\"attemptDurationSeconds\":60}"));
    assertThat(found.path("tags")).isEqualTo(Service.json("{\"t\":\"1\"}"));
    assertThat(found.path("platformCapabilities")).isEqualTo(Service.json("[\"EC2\"]"));
  }

  @Test
  @DisplayName("The stored document can be read as what was registered")
  void document() {
    register("d");
    assertThat(
            DefinitionDocuments.request(
                    service.catalog.definition(new DefinitionId("d", 1)).orElseThrow())
                .containerProperties()
                .image())
        .isEqualTo("busybox");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'jobDefinitionName':null | jobDefinitionName is required.",
        "'type':null | type is required.",
        "'containerProperties':null | containerProperties is required.",
        "'retryStrategy':{} | RetryAttempts must be provided with retry strategy",
        "'retryStrategy':{'attempts':1,'evaluateOnExit':[{'onReason':'x'}]}"
            + " | evaluateOnExit.action is required.",
        "'jobDefinitionName':'d:1' | jobDefinitionName should match valid pattern"
            + " [A-Za-z0-9][A-Za-z0-9_-]{0,127}"
      })
  @DisplayName("A definition without what it needs is refused in the older frame")
  void missing(String change, String text) {
    service.refusedFramed(text, "RegisterJobDefinition", changed(change));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'nodeProperties':{'numNodes':1}"
            + " | nodeProperties is only allowed for job definitions of type multinode.",
        "'type':'multinode'"
            + " | Only nodeProperties is allowed for job definitions of type multinode.",
        "'ecsProperties':{'taskProperties':[]}"
            + " | Only one of containerProperties and ecsProperties is allowed.",
        "'eksProperties':{} | eksProperties is not supported; use containerProperties.",
        "'platformCapabilities':['FARGATE']"
            + " | platformCapabilities FARGATE is not supported; supported is EC2.",
        "'consumableResourceProperties':{'consumableResourceList':[{'consumableResource':'x',"
            + "'quantity':1}]} | ConsumableResource x does not exist.",
        "'consumableResourceProperties':{'consumableResourceList':[{'consumableResource':'x',"
            + "'quantity':0}]} | consumableResourceList.quantity must be between 1 and"
            + " 1000000000000.",
        "'consumableResourceProperties':{'consumableResourceList':[{'consumableResource':'x',"
            + "'quantity':1},{'consumableResource':'x','quantity':2}]} |"
            + " consumableResourceList must name x only once.",
        "'consumableResourceProperties':{'consumableResourceList':["
            + "{'consumableResource':'a','quantity':1},{'consumableResource':'b','quantity':1},"
            + "{'consumableResource':'c','quantity':1},{'consumableResource':'d','quantity':1},"
            + "{'consumableResource':'e','quantity':1},{'consumableResource':'f','quantity':1}]} |"
            + " consumableResourceList must have at most 5 entries, but has 6.",
        "'schedulingPriority':10000 | schedulingPriority must be between 0 and 9999.",
        "'schedulingPriority':-1 | schedulingPriority must be between 0 and 9999.",
        "'retryStrategy':{'attempts':11} | retryStrategy.attempts must be between 1 and 10.",
        "'timeout':{'attemptDurationSeconds':59}"
            + " | timeout.attemptDurationSeconds must be at least 60.",
        "'tags':{'aws:a':'1'} | Tag key aws:a is not allowed: the prefix aws: is reserved.",
        "'type':'job' | Member type must be one of [container, multinode], but was \"job\"."
      })
  @DisplayName("A definition that breaks a rule or is not supported is refused")
  void wrong(String change, String text) {
    service.refused(text, "RegisterJobDefinition", changed(change));
  }

  private static String changed(String change) {
    String body = Samples.definition("d", SMALL);
    if (change.endsWith(":null")) {
      String member = change.substring(1, change.length() - 6);
      return body.replace("\"" + member + "\"", "\"left-out\"");
    }
    return body.substring(0, body.length() - 1) + "," + change.replace('\'', '"') + "}";
  }

  @Test
  @DisplayName("A definition has at most 24 KiB")
  void size() {
    String large = SMALL + ",\"command\":[\"" + "x".repeat(24 * 1024) + "\"]";
    service.refused(
        "A job definition can have at most 24576 bytes, not 24700.",
        "RegisterJobDefinition",
        Samples.definition("d", large));
    service.ok(
        "RegisterJobDefinition",
        Samples.definition("d", SMALL + ",\"command\":[\"" + "x".repeat(24_400) + "\"]"));
  }

  @Test
  @DisplayName("Listings come by name, then newest first, in pages; inactive ones are shown too")
  void list() {
    register("b");
    register("a");
    register("b");
    register("a");
    register("a");
    service.ok("DeregisterJobDefinition", "{\"jobDefinition\":\"a:2\"}");
    assertThat(described("{}")).containsExactly("a:3", "a:2", "a:1", "b:2", "b:1");
    assertThat(described("{\"status\":\"ACTIVE\"}")).containsExactly("a:3", "a:1", "b:2", "b:1");
    assertThat(described("{\"status\":\"inactive\"}")).containsExactly("a:2");
    assertThat(described("{\"jobDefinitionName\":\"a\"}")).containsExactly("a:3", "a:2", "a:1");
    assertThat(described("{\"jobDefinitionName\":\"a\",\"status\":\"ACTIVE\"}"))
        .containsExactly("a:3", "a:1");
    assertThat(described("{\"jobDefinitionName\":\"nobody\"}")).isEmpty();
    service.refused(
        "status must be ACTIVE or INACTIVE.", "DescribeJobDefinitions", "{\"status\":\"NEW\"}");
  }

  @ParameterizedTest
  @CsvSource({"'', 4", "'\"status\":\"ACTIVE\",', 3", "'\"jobDefinitionName\":\"a\",', 3"})
  @DisplayName("Pages of one entry give all of them once, and the last one has no token")
  void pages(String query, int expected) {
    register("a");
    register("a");
    register("a");
    register("b");
    service.ok("DeregisterJobDefinition", "{\"jobDefinition\":\"a:2\"}");
    String token = "null";
    for (int i = 1; i <= expected; i++) {
      JsonNode page =
          service.ok(
              "DescribeJobDefinitions",
              "{%s\"maxResults\":1,\"nextToken\":%s}".formatted(query, token));
      assertThat(page.path("jobDefinitions")).hasSize(1);
      assertThat(page.has("nextToken")).isEqualTo(i < expected);
      token = page.path("nextToken").toString();
    }
  }

  @Test
  @DisplayName("A token belongs to its query")
  void token() {
    register("a");
    register("a");
    JsonNode token = service.ok("DescribeJobDefinitions", "{\"maxResults\":1}").path("nextToken");
    service.refused(
        "nextToken is not valid for this request; only maxResults may differ from page to page.",
        "DescribeJobDefinitions",
        "{\"status\":\"ACTIVE\",\"nextToken\":%s}".formatted(token));
    service.refused(
        "nextToken is not valid; send the one of the page before as it is.",
        "DescribeJobDefinitions",
        "{\"nextToken\":\"%%%\"}");
  }

  @Test
  @DisplayName("Revisions can be asked for by name and number or ARN, each comes once")
  void byName() {
    register("a");
    register("a");
    service.ok("DeregisterJobDefinition", "{\"jobDefinition\":\"a:1\"}");
    String body =
        """
        {"jobDefinitions":["a:2","a:9","arn:aws:batch:x:1:job-definition/a:1","a:2","a",
         "arn:aws:batch:x:1:job-queue/a:1"]%s}\
        """;
    assertThat(described(body.formatted(""))).containsExactly("a:2", "a:1");
    assertThat(described(body.formatted(",\"status\":\"ACTIVE\""))).containsExactly("a:2");
    service.refused(
        "jobDefinitions must have at most 100 entries.",
        "DescribeJobDefinitions",
        "{\"jobDefinitions\":[%s\"a:1\"]}".formatted("\"a:1\",".repeat(100)));
  }

  @Test
  @DisplayName("Deregistering needs a revision that exists; doing it again succeeds")
  void deregister() {
    register("a");
    service.ok(
        "DeregisterJobDefinition", "{\"jobDefinition\":\"arn:aws:batch:x:1:job-definition/a:1\"}");
    service.ok("DeregisterJobDefinition", "{\"jobDefinition\":\"a:1\"}");
    assertThat(first("{}").path("status").asText()).isEqualTo("INACTIVE");
    service.refused(
        "jobDefinition a must be name:revision or an ARN with a revision.",
        "DeregisterJobDefinition",
        "{\"jobDefinition\":\"a\"}");
    service.refused(
        "JobDefinition %sjob-definition/a:2 not found.".formatted(Service.ARN),
        "DeregisterJobDefinition",
        "{\"jobDefinition\":\"a:2\"}");
    service.refusedFramed("jobDefinition is required.", "DeregisterJobDefinition", "{}");
  }

  @Test
  @DisplayName("Inactive revisions are forgotten after 180 days, their numbers never")
  void forgotten() {
    register("a");
    service.ok("DeregisterJobDefinition", "{\"jobDefinition\":\"a:1\"}");
    service.pass(Duration.ofDays(179));
    assertThat(described("{}")).containsExactly("a:1");
    service.pass(Duration.ofDays(1));
    assertThat(described("{}")).isEmpty();
    assertThat(described("{\"jobDefinitions\":[\"a:1\"]}")).isEmpty();
    assertThat(register("a").path("revision").asInt()).isEqualTo(2);
  }
}

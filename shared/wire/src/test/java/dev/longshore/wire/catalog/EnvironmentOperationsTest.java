package dev.longshore.wire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import dev.longshore.core.usecase.catalog.SettleResources;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentOperationsTest {
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
  @DisplayName("What was created is described as AWS does, so that Terraform plans no change")
  void describe() {
    JsonNode created =
        service.ok("CreateComputeEnvironment", Samples.managed("c", Samples.RESOURCES));
    assertThat(created)
        .isEqualTo(
            Service.json(
                """
                {"computeEnvironmentName":"c",\
                "computeEnvironmentArn":"%scompute-environment/c"}\
                """
                    .formatted(Service.ARN)));
    service.settle();
    String uuid = described("c").path(0).path("uuid").asText();
    assertThat(uuid).hasSize(36);
    assertThat(described("c"))
        .isEqualTo(
            Service.json(
                """
                [{"computeEnvironmentName":"c",
                  "computeEnvironmentArn":"%scompute-environment/c",
                  "ecsClusterArn":"arn:aws:ecs:us-east-1:000000000000:cluster/c_Batch_%s",
                  "tags":{},
                  "type":"MANAGED",
                  "state":"ENABLED",
                  "status":"VALID",
                  "statusReason":"ComputeEnvironment Healthy",
                  "computeResources":{
                    "type":"EC2","minvCpus":0,"maxvCpus":16,"desiredvCpus":0,
                    "instanceTypes":["c5.large"],"subnets":["subnet-1"],
                    "securityGroupIds":["sg-1"],"instanceRole":"ecsInstanceRole",
                    "ec2Configuration":[{"imageType":"ECS_AL2023"}]},
                  "serviceRole":"arn:aws:iam::000000000000:role/aws-service-role/\
                batch.amazonaws.com/AWSServiceRoleForBatch",
                  "containerOrchestrationType":"ECS",
                  "uuid":"%s"}]\
                """
                    .formatted(Service.ARN, uuid, uuid)));
  }

  @Test
  @DisplayName("All that was given comes back: strategy, template, tags, role, state")
  void everythingGiven() {
    service.ok(
        "CreateComputeEnvironment",
        """
        {"computeEnvironmentName":"c","type":"managed","state":"disabled","context":"x",
         "serviceRole":"arn:aws:iam::111111111111:role/r","tags":{"a":"1"},
         "computeResources":{%s,"type":"spot","bidPercentage":60,"desiredvCpus":2,
          "allocationStrategy":"spot_price_capacity_optimized","ec2KeyPair":"k","imageId":"ami-1",
          "placementGroup":"p","spotIamFleetRole":"r","tags":{"Name":"n"},
          "launchTemplate":{"launchTemplateName":"l","version":"$Latest"},
          "ec2Configuration":[{"imageType":"ECS_AL2","imageIdOverride":"ami-2"}]}}\
        """
            .formatted(Samples.RESOURCES));
    JsonNode found = described("c").path(0);
    assertThat(found.path("status").asText()).isEqualTo("CREATING");
    assertThat(found.has("statusReason")).isFalse();
    assertThat(found.path("state").asText()).isEqualTo("DISABLED");
    assertThat(found.path("serviceRole").asText()).isEqualTo("arn:aws:iam::111111111111:role/r");
    assertThat(found.path("context").asText()).isEqualTo("x");
    assertThat(found.path("tags")).isEqualTo(Service.json("{\"a\":\"1\"}"));
    assertThat(found.path("computeResources"))
        .isEqualTo(
            Service.json(
                """
                {"type":"SPOT","minvCpus":0,"maxvCpus":16,"desiredvCpus":2,
                 "instanceTypes":["c5.large"],"subnets":["subnet-1"],"securityGroupIds":["sg-1"],
                 "instanceRole":"ecsInstanceRole","bidPercentage":60,
                 "allocationStrategy":"SPOT_PRICE_CAPACITY_OPTIMIZED","ec2KeyPair":"k",
                 "imageId":"ami-1","placementGroup":"p","spotIamFleetRole":"r",
                 "tags":{"Name":"n"},
                 "launchTemplate":{"launchTemplateName":"l","version":"$Latest"},
                 "ec2Configuration":[{"imageType":"ECS_AL2","imageIdOverride":"ami-2"}]}\
                """));
  }

  @Test
  @DisplayName("An unmanaged environment has a cluster and no compute resources")
  void unmanaged() {
    service.ok(
        "CreateComputeEnvironment",
        """
        {"computeEnvironmentName":"u","type":"UNMANAGED","unmanagedvCpus":8,"serviceRole":""}\
        """);
    service.settle();
    JsonNode found = described("u").path(0);
    assertThat(found.path("type").asText()).isEqualTo("UNMANAGED");
    assertThat(found.path("unmanagedvCpus").asInt()).isEqualTo(8);
    assertThat(found.path("ecsClusterArn").asText()).contains(":cluster/u_Batch_");
    assertThat(found.has("computeResources")).isFalse();
    assertThat(found.path("serviceRole").asText()).contains("AWSServiceRoleForBatch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{} | computeEnvironmentName is required.",
        "{'computeEnvironmentName':'c'} | type is required.",
        "{'computeEnvironmentName':'c','type':'MANAGED'} | computeResources is required.",
        "{'computeEnvironmentName':'c','type':'UNMANAGED','computeResources':{}}"
            + " | computeResources is not applicable for UNMANAGED.",
        "{'computeEnvironmentName':'c','type':'MANAGED','unmanagedvCpus':1,'computeResources':{%s}}"
            + " | unmanagedvCpus is not applicable for MANAGED.",
        "{'computeEnvironmentName':'-c','type':'UNMANAGED'}"
            + " | computeEnvironmentName should match valid pattern"
            + " [A-Za-z0-9][A-Za-z0-9_-]{0,127}"
      })
  @DisplayName("An environment without what it needs is refused in the older frame")
  void missing(String body, String text) {
    service.refusedFramed(
        text, "CreateComputeEnvironment", body.replace('\'', '"').replace("%s", Samples.RESOURCES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'type':null | computeResources.type is required.",
        "'minvCpus':null | Resource minvCpus is required.",
        "'maxvCpus':null | Resource maxvCpus is required.",
        "'instanceRole':null | Instance role is required.",
        "'instanceRole':'' | Instance role is required.",
        "'instanceTypes':[] | Instance types are required.",
        "'subnets':[] | Subnets are required.",
        "'securityGroupIds':[] | Security groups are required.",
        "'bidPercentage':50 | bidPercentage is not applicable for EC2.",
        "'ec2Configuration':[{}] | ec2Configuration.imageType is required.",
        "'instanceTypes':['c99'] | Instance type can only be one of the known sizes and families,"
            + " optimal, default_x86_64 and default_arm64, not c99"
      })
  @DisplayName("Compute resources that lack something are refused in the older frame")
  void resourcesMissing(String change, String text) {
    service.refusedFramed(text, "CreateComputeEnvironment", changed(change));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'type':'FARGATE'"
            + " | computeResources.type FARGATE is not supported; supported are EC2 and SPOT.",
        "'type':'FARGATE_SPOT'"
            + " | computeResources.type FARGATE_SPOT is not supported; supported are EC2 and SPOT.",
        "'type':'ECS_MANAGED_INSTANCES' | Member computeResources.type must be one of [EC2, SPOT,"
            + " FARGATE, FARGATE_SPOT], but was \"ECS_MANAGED_INSTANCES\".",
        "'minvCpus':17 | minvCpus must be less than or equal to maxvCpus.",
        "'maxvCpus':-1,'minvCpus':-1 | minvCpus must not be negative.",
        "'desiredvCpus':17 | desiredvCpus must be between minvCpus and maxvCpus.",
        "'allocationStrategy':'SPOT_CAPACITY_OPTIMIZED' | allocationStrategy"
            + " SPOT_CAPACITY_OPTIMIZED is not applicable for EC2; applicable are BEST_FIT,"
            + " BEST_FIT_PROGRESSIVE, BEST_FIT_PROGRESSIVE_ORDERED.",
        "'instanceTypes':['c5.large','c6g.large']"
            + " | instanceTypes must share one CPU architecture: either x86_64 or arm64.",
        "'type':'SPOT','bidPercentage':0 | bidPercentage must be at least 1.",
        "'ec2Configuration':[{'imageType':'a'},{'imageType':'b'},{'imageType':'c'}]"
            + " | ec2Configuration must have at most 2 entries.",
        "'launchTemplate':{}"
            + " | A launch template needs either launchTemplateId or launchTemplateName.",
        "'launchTemplate':{'launchTemplateId':'a','launchTemplateName':'b'}"
            + " | A launch template needs either launchTemplateId or launchTemplateName.",
        "'launchTemplate':{'launchTemplateId':'a','overrides':[{}]}"
            + " | A launch template needs either launchTemplateId or launchTemplateName.",
        "'launchTemplate':{'launchTemplateId':'a','overrides':["
            + "{'launchTemplateId':'b','targetInstanceTypes':['c5']},"
            + "{'launchTemplateId':'c','targetInstanceTypes':['c5']}]}"
            + " | launchTemplate.overrides name target instance type c5 twice.",
        "'tags':{'aws:x':'1'} | Tag key aws:x is not allowed: the prefix aws: is reserved."
      })
  @DisplayName("Compute resources that contradict themselves or are not supported are refused")
  void resourcesWrong(String change, String text) {
    service.refused(text, "CreateComputeEnvironment", changed(change));
  }

  /** Of two members with one name the later one counts. */
  private static String changed(String change) {
    String resources = Samples.RESOURCES;
    for (String member : List.of("type", "minvCpus", "maxvCpus", "instanceRole")) {
      if (change.contains("'" + member + "':null")) {
        resources = resources.replaceFirst("\"" + member + "\":[^,}]+", "\"" + member + "\":null");
      }
    }
    return Samples.managed("c", resources + "," + change.replace('\'', '"'));
  }

  @Test
  @DisplayName("A launch template may bring the security groups")
  void securityGroupsInTemplate() {
    service.ok(
        "CreateComputeEnvironment",
        changed("'securityGroupIds':[],'launchTemplate':{'launchTemplateId':'lt-1'}"));
    assertThat(described("c").path(0).path("computeResources").path("securityGroupIds"))
        .isEqualTo(Service.json("[]"));
  }

  @Test
  @DisplayName("Environments on EKS are refused with what is supported instead")
  void eks() {
    service.refused(
        "eksConfiguration is not supported; supported are compute environments of type MANAGED with"
            + " computeResources.type EC2 or SPOT, and of type UNMANAGED.",
        "CreateComputeEnvironment",
        """
        {"computeEnvironmentName":"c","type":"MANAGED",
         "eksConfiguration":{"eksClusterArn":"a","kubernetesNamespace":"n"}}\
        """);
  }

  @Test
  @DisplayName("A name is taken until its environment is gone, and there are at most 50")
  void taken() {
    Samples.environments(service, "c");
    service.refused(
        "Object already exists",
        "CreateComputeEnvironment",
        Samples.managed("c", Samples.RESOURCES));
    for (int i = 1; i < 50; i++) {
      Samples.environments(service, "c" + i);
    }
    service.refused(
        "There can be at most 50 compute environments.",
        "CreateComputeEnvironment",
        Samples.managed("d", Samples.RESOURCES));
  }

  @Test
  @DisplayName("Deletion needs DISABLED and rest; of what is being deleted it succeeds again")
  void delete() {
    String body = "{\"computeEnvironment\":\"%scompute-environment/c\"}".formatted(Service.ARN);
    service.ok("CreateComputeEnvironment", Samples.managed("c", Samples.RESOURCES));
    service.refused("Cannot delete, resource is being modified.", "DeleteComputeEnvironment", body);
    service.settle();
    service.refused("Cannot delete, state must be DISABLED.", "DeleteComputeEnvironment", body);
    service.ok("UpdateComputeEnvironment", "{\"computeEnvironment\":\"c\",\"state\":\"DISABLED\"}");
    service.refused("Cannot delete, resource is being modified.", "DeleteComputeEnvironment", body);
    service.settle();
    service.ok("DeleteComputeEnvironment", body);
    service.ok("DeleteComputeEnvironment", body);
    assertThat(described("c").path(0).path("status").asText()).isEqualTo("DELETING");
    service.refused(
        "Cannot update, resource is being modified.",
        "UpdateComputeEnvironment",
        "{\"computeEnvironment\":\"c\",\"state\":\"ENABLED\"}");
    service.settle();
    assertThat(described("c")).isEmpty();
    service.refused(
        Service.ARN + "compute-environment/c does not exist",
        "DeleteComputeEnvironment",
        "{\"computeEnvironment\":\"c\"}");
  }

  @Test
  @DisplayName("An environment in a queue cannot be deleted until the queue is gone")
  void deleteInQueue() {
    Samples.environments(service, "c");
    service.ok("CreateJobQueue", Samples.queue("q", "c"));
    service.ok("UpdateComputeEnvironment", "{\"computeEnvironment\":\"c\",\"state\":\"DISABLED\"}");
    service.settle();
    service.refused(
        "Cannot delete, found existing JobQueue relationship.",
        "DeleteComputeEnvironment",
        "{\"computeEnvironment\":\"c\"}");
    service.ok("UpdateJobQueue", "{\"jobQueue\":\"q\",\"state\":\"DISABLED\"}");
    service.settle();
    service.ok("DeleteJobQueue", "{\"jobQueue\":\"q\"}");
    service.settle();
    service.ok("DeleteComputeEnvironment", "{\"computeEnvironment\":\"c\"}");
  }

  @Test
  @DisplayName("An environment goes only when no host is left and none is on its way")
  void deletionWaitsForHosts() {
    Samples.environments(service, "c");
    service.ok("UpdateComputeEnvironment", "{\"computeEnvironment\":\"c\",\"state\":\"DISABLED\"}");
    service.settle();
    host("c", Host.State.ACTIVE, 4);
    service.hosts.saveFleet(
        new Fleet("c", List.of(new Fleet.Intent("t", "c5.large", 1, 2, 0)), List.of(), 1));
    service.ok("DeleteComputeEnvironment", "{\"computeEnvironment\":\"c\"}");
    SettleResources settle = new SettleResources(service.catalog, service.hosts, service.jobs);
    assertThat(settle.settleEnvironment("c")).isFalse();
    service.hosts.remove(new HostId("c", "i-ACTIVE"), 1, 1);
    assertThat(settle.settleEnvironment("c")).isFalse();
    service.hosts.saveFleet(new Fleet("c", List.of(), List.of(), 2));
    assertThat(settle.settleEnvironment("c")).isTrue();
    assertThat(service.catalog.environment("c")).isEmpty();
    assertThat(settle.settleEnvironment("c")).isTrue();
  }

  @Test
  @DisplayName("An INVALID environment can be repaired by an update, and deleted")
  void invalid() {
    Samples.environments(service, "c");
    service.catalog.saveEnvironment(
        service
            .catalog
            .environment("c")
            .orElseThrow()
            .next(ResourceStatus.INVALID, "CLIENT_ERROR - x"));
    service.settle();
    assertThat(described("c").path(0).path("statusReason").asText()).isEqualTo("CLIENT_ERROR - x");
    service.ok("UpdateComputeEnvironment", "{\"computeEnvironment\":\"c\",\"state\":\"DISABLED\"}");
    assertThat(described("c").path(0).path("status").asText()).isEqualTo("UPDATING");
    service.settle();
    assertThat(described("c").path(0).path("status").asText()).isEqualTo("VALID");
  }
}

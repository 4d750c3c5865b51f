package dev.longshore.wire.catalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentUpdatesTest {
  private static final String REPLACEABLE =
      Samples.RESOURCES + ",\"allocationStrategy\":\"BEST_FIT_PROGRESSIVE\"";

  private final Service service = new Service();

  private void create(String resources) {
    service.ok("CreateComputeEnvironment", Samples.managed("c", resources));
    service.settle();
  }

  private static String update(String members) {
    return "{\"computeEnvironment\":\"c\",%s}".formatted(members.replace('\'', '"'));
  }

  private void updated(String members) {
    service.ok("UpdateComputeEnvironment", update(members));
    service.settle();
  }

  private JsonNode resources() {
    return described().path("computeResources");
  }

  private JsonNode described() {
    return service.ok("DescribeComputeEnvironments", "{}").path("computeEnvironments").path(0);
  }

  @Test
  @DisplayName("Members that are given change, all others stay")
  void merge() {
    create(REPLACEABLE + ",\"ec2KeyPair\":\"k\",\"imageId\":\"ami-1\"");
    JsonNode answer =
        service.ok("UpdateComputeEnvironment", update("'computeResources':{'maxvCpus':32}"));
    assertThat(answer)
        .isEqualTo(
            Service.json(
                """
                {"computeEnvironmentName":"c",\
                "computeEnvironmentArn":"%scompute-environment/c"}\
                """
                    .formatted(Service.ARN)));
    assertThat(described().path("status").asText()).isEqualTo("UPDATING");
    assertThat(described().has("statusReason")).isFalse();
    service.settle();
    assertThat(described().path("status").asText()).isEqualTo("VALID");
    updated("'state':'DISABLED'");
    updated("'computeResources':{'instanceTypes':['m5','c5'],'tags':{'a':'1'}}");
    assertThat(described().path("state").asText()).isEqualTo("DISABLED");
    assertThat(resources())
        .isEqualTo(
            Service.json(
                """
                {"type":"EC2","minvCpus":0,"maxvCpus":32,"desiredvCpus":0,
                 "instanceTypes":["m5","c5"],"subnets":["subnet-1"],"securityGroupIds":["sg-1"],
                 "instanceRole":"ecsInstanceRole","allocationStrategy":"BEST_FIT_PROGRESSIVE",
                 "ec2KeyPair":"k","imageId":"ami-1","tags":{"a":"1"},
                 "ec2Configuration":[{"imageType":"ECS_AL2023"}]}\
                """));
  }

  @Test
  @DisplayName("Every member of compute resources can be changed")
  void everything() {
    create(REPLACEABLE);
    updated(
        """
        'computeResources':{'type':'SPOT','allocationStrategy':'SPOT_CAPACITY_OPTIMIZED',
         'minvCpus':1,'maxvCpus':8,'desiredvCpus':4,'instanceTypes':['m5.large'],
         'subnets':['subnet-2'],'securityGroupIds':['sg-2'],'ec2KeyPair':'k2','instanceRole':'r2',
         'tags':{'b':'2'},'placementGroup':'p2','bidPercentage':70,'imageId':'ami-3',
         'launchTemplate':{'launchTemplateId':'lt-1','version':''},
         'ec2Configuration':[{'imageType':'ECS_AL2'}]}\
        """);
    assertThat(resources())
        .isEqualTo(
            Service.json(
                """
                {"type":"SPOT","allocationStrategy":"SPOT_CAPACITY_OPTIMIZED",
                 "minvCpus":1,"maxvCpus":8,"desiredvCpus":4,"instanceTypes":["m5.large"],
                 "subnets":["subnet-2"],"securityGroupIds":["sg-2"],"ec2KeyPair":"k2",
                 "instanceRole":"r2","tags":{"b":"2"},"placementGroup":"p2","bidPercentage":70,
                 "imageId":"ami-3","launchTemplate":{"launchTemplateId":"lt-1"},
                 "ec2Configuration":[{"imageType":"ECS_AL2"}]}\
                """));
    ComputeEnvironment stored = service.catalog.environment("c").orElseThrow();
    assertThat(stored.managed())
        .isEqualTo(
            new Managed(Market.SPOT, 1, 8, 4, List.of("m5.large"), "SPOT_CAPACITY_OPTIMIZED")
                .desiredSince(service.millis()));
  }

  @Test
  @DisplayName("desiredvCpus counts from the update that names it; other updates leave it as old")
  void desiredCounts() {
    create(Samples.RESOURCES);
    assertThat(desiredSince()).isZero();
    service.pass(Duration.ofMinutes(1));
    updated("'computeResources':{'desiredvCpus':4}");
    long asked = service.millis();
    assertThat(desiredSince()).isEqualTo(asked);
    service.pass(Duration.ofMinutes(1));
    updated("'computeResources':{'maxvCpus':9}");
    assertThat(desiredSince()).isEqualTo(asked);
    updated("'computeResources':{'desiredvCpus':4}");
    assertThat(desiredSince()).isEqualTo(service.millis());
  }

  private long desiredSince() {
    return requireNonNull(service.catalog.environment("c").orElseThrow().managed()).desiredSince();
  }

  @Test
  @DisplayName("Empty texts and lists take away what need not be there")
  void removal() {
    create(
        REPLACEABLE
            + """
            ,"ec2KeyPair":"k","imageId":"ami-1","placementGroup":"p","type":"SPOT",
            "bidPercentage":50,"launchTemplate":{"launchTemplateName":"l"},
            "ec2Configuration":[{"imageType":"ECS_AL2"}]\
            """);
    updated(
        """
        'computeResources':{'ec2KeyPair':'','imageId':'','placementGroup':'','bidPercentage':0,
         'launchTemplate':{'launchTemplateId':''},'ec2Configuration':[]}\
        """);
    assertThat(resources().has("ec2KeyPair")).isFalse();
    assertThat(resources().has("imageId")).isFalse();
    assertThat(resources().has("placementGroup")).isFalse();
    assertThat(resources().has("bidPercentage")).isFalse();
    assertThat(resources().has("launchTemplate")).isFalse();
    assertThat(resources().path("ec2Configuration").findValuesAsText("imageType"))
        .containsExactly("ECS_AL2023");
  }

  @Test
  @DisplayName("What instances need cannot be taken away")
  void needed() {
    create(REPLACEABLE);
    refused("Instance role is required.", "'computeResources':{'instanceRole':''}");
    refused("Subnets are required.", "'computeResources':{'subnets':[]}");
    refused("Security groups are required.", "'computeResources':{'securityGroupIds':[]}");
    updated("'computeResources':{'securityGroupIds':[],'launchTemplate':{'launchTemplateId':'l'}}");
    refused(
        "Security groups are required.",
        "'computeResources':{'launchTemplate':{'launchTemplateId':''}}");
  }

  private void refused(String text, String members) {
    service.refusedFramed(text, "UpdateComputeEnvironment", update(members));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'unknown':1"
            + " | One of [state / compute-resources / service-role / unmanaged-vcpus] is required.",
        "'computeResources':{} | At least one compute-resources attribute must be specified",
        "'computeResources':{'minvCpus':17} | minvCpus must be less than or equal to maxvCpus.",
        "'computeResources':{'desiredvCpus':17}"
            + " | desiredvCpus must be between minvCpus and maxvCpus.",
        "'computeResources':{'type':'FARGATE'}"
            + " | computeResources.type FARGATE is not supported; supported are EC2 and SPOT.",
        "'computeResources':{'instanceTypes':['c6g.large','c5.large']}"
            + " | instanceTypes must share one CPU architecture: either x86_64 or arm64.",
        "'updatePolicy':{'jobExecutionTimeoutMinutes':7201}"
            + " | updatePolicy.jobExecutionTimeoutMinutes must be between 1 and 7200.",
        "'updatePolicy':{'jobExecutionTimeoutMinutes':0}"
            + " | updatePolicy.jobExecutionTimeoutMinutes must be between 1 and 7200."
      })
  @DisplayName("Updates that say nothing or break a rule are refused")
  void wrong(String members, String text) {
    create(REPLACEABLE);
    service.refused(text.replace(" / ", " | "), "UpdateComputeEnvironment", update(members));
  }

  @Test
  @DisplayName("desiredvCpus is never lowered by hand, neither below a wish nor below what runs")
  void desired() {
    create(Samples.RESOURCES);
    updated("'computeResources':{'desiredvCpus':4}");
    updated("'computeResources':{'desiredvCpus':4}");
    String text =
        "Manually scaling down compute environment is not supported. Disconnecting job queues from"
            + " compute environment will cause it to scale-down to minvCpus";
    service.refused(
        text, "UpdateComputeEnvironment", update("'computeResources':{'desiredvCpus':3}"));
    service.hosts.create(
        new Host(
            new HostId("c", "i-1"),
            Host.State.ACTIVE,
            "c5.large",
            new Shape(8, 1000, 0),
            null,
            0,
            0,
            Set.of(),
            1));
    service.refused(
        text, "UpdateComputeEnvironment", update("'computeResources':{'desiredvCpus':7}"));
    updated("'computeResources':{'desiredvCpus':8}");
    assertThat(resources().path("desiredvCpus").asInt()).isEqualTo(8);
  }

  @Test
  @DisplayName("A lower maximum lowers an older wish with it")
  void maximum() {
    create(Samples.RESOURCES + ",\"desiredvCpus\":8");
    updated("'computeResources':{'maxvCpus':4}");
    assertThat(resources().path("desiredvCpus").asInt()).isEqualTo(4);
    updated("'computeResources':{'maxvCpus':16}");
    assertThat(resources().path("desiredvCpus").asInt()).isEqualTo(4);
  }

  @Test
  @DisplayName("With BEST_FIT only scaling can be updated")
  void bestFit() {
    create(Samples.RESOURCES);
    updated("'computeResources':{'maxvCpus':8,'minvCpus':1},'serviceRole':'r'");
    updated("'computeResources':{'subnets':['subnet-1']}");
    String text =
        "Only desiredvCpus, maxvCpus, minvCpus, serviceRole and state of a compute environment"
            + " with allocation strategy BEST_FIT can be updated.";
    for (String change :
        List.of(
            "'subnets':['subnet-2']",
            "'allocationStrategy':'BEST_FIT_PROGRESSIVE'",
            "'type':'SPOT'",
            "'instanceTypes':['m5']",
            "'updateToLatestImageVersion':true")) {
      service.refused(
          text, "UpdateComputeEnvironment", update("'computeResources':{%s}".formatted(change)));
    }
  }

  @Test
  @DisplayName("Replacing instances needs the service-linked role")
  void linkedRole() {
    create(REPLACEABLE);
    updated("'serviceRole':'arn:aws:iam::111111111111:role/own'");
    service.refused(
        "Only desiredvCpus, maxvCpus, minvCpus, serviceRole and state of a compute environment can"
            + " be updated unless its serviceRole is the service-linked role"
            + " AWSServiceRoleForBatch.",
        "UpdateComputeEnvironment",
        update("'computeResources':{'subnets':['subnet-2']}"));
    updated(
        "'serviceRole':'arn:aws:iam::111111111111:role/aws-service-role/batch.amazonaws.com/x',"
            + "'computeResources':{'subnets':['subnet-2']}");
    updated("'serviceRole':'','computeResources':{'subnets':['subnet-3']}");
    assertThat(described().path("serviceRole").asText()).contains("000000000000");
  }

  @Test
  @DisplayName("An update policy starts with the service's defaults and keeps what is not given")
  void updatePolicy() {
    create(Samples.RESOURCES);
    assertThat(described().has("updatePolicy")).isFalse();
    updated("'updatePolicy':{'terminateJobsOnUpdate':true}");
    assertThat(described().path("updatePolicy"))
        .isEqualTo(
            Service.json("{\"terminateJobsOnUpdate\":true,\"jobExecutionTimeoutMinutes\":30}"));
    updated("'updatePolicy':{'jobExecutionTimeoutMinutes':60}");
    assertThat(described().path("updatePolicy"))
        .isEqualTo(
            Service.json("{\"terminateJobsOnUpdate\":true,\"jobExecutionTimeoutMinutes\":60}"));
  }

  @Test
  @DisplayName("An unmanaged environment has no compute resources to update")
  void unmanaged() {
    service.ok(
        "CreateComputeEnvironment", "{\"computeEnvironmentName\":\"c\",\"type\":\"UNMANAGED\"}");
    service.settle();
    updated("'unmanagedvCpus':4");
    assertThat(described().path("unmanagedvCpus").asInt()).isEqualTo(4);
    refused(
        "computeResources is not applicable for UNMANAGED.", "'computeResources':{'maxvCpus':1}");
  }

  @Test
  @DisplayName("vCPUs of an unmanaged environment cannot be given to a managed one")
  void unmanagedVcpus() {
    create(Samples.RESOURCES);
    refused("unmanagedvCpus is not applicable for MANAGED.", "'unmanagedvCpus':4");
  }

  @Test
  @DisplayName("An unknown environment does not exist, under its full ARN")
  void unknown() {
    service.refused(
        Service.ARN + "compute-environment/c does not exist",
        "UpdateComputeEnvironment",
        update("'state':'ENABLED'"));
    service.refused(
        "computeEnvironment arn:aws:batch:a:1:job-queue/c is the ARN of something else; it must"
            + " be the name or ARN of a compute environment.",
        "UpdateComputeEnvironment",
        "{\"computeEnvironment\":\"arn:aws:batch:a:1:job-queue/c\"}");
  }

  @Test
  @DisplayName("An environment that the service itself made can be scaled by its users")
  void madeByTheService() {
    service.catalog.createEnvironment(
        new ComputeEnvironment(
            "c",
            true,
            ResourceStatus.VALID,
            "",
            new Managed(Market.ON_DEMAND, 0, 4, 0, List.of("optimal"), "BEST_FIT"),
            0,
            "{}",
            Map.of(),
            0,
            1));
    updated("'computeResources':{'maxvCpus':8}");
    assertThat(resources())
        .isEqualTo(
            Service.json(
                """
                {"type":"EC2","minvCpus":0,"maxvCpus":8,"desiredvCpus":0,
                 "instanceTypes":["optimal"],"subnets":[],"securityGroupIds":[],
                 "ec2Configuration":[{"imageType":"ECS_AL2023"}]}\
                """));
  }
}

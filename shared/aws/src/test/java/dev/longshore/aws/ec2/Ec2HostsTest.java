package dev.longshore.aws.ec2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.HostLauncher.Launched;
import dev.longshore.core.port.StoreException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.DefaultTargetCapacityType;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateOverridesRequest;
import software.amazon.awssdk.services.ec2.model.FleetType;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateEbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.SpotAllocationStrategy;

class Ec2HostsTest {
  private static final String PROGRESSIVE = "BEST_FIT_PROGRESSIVE";
  private final Ec2World world = new Ec2World(Market.ON_DEMAND, PROGRESSIVE, Ec2World.RESOURCES);
  private final FakeEc2 ec2 = world.ec2;

  private Launched launch(int count) {
    return world.launch("env/1/0", Market.ON_DEMAND, "m6i.large", count);
  }

  private static List<FleetLaunchTemplateOverridesRequest> pools(CreateFleetRequest fleet) {
    return fleet.launchTemplateConfigs().getFirst().overrides();
  }

  private RequestLaunchTemplateData template() {
    return ec2.ours("env").getLast();
  }

  @Test
  @DisplayName("A launch is one instant fleet of the type in every subnet, tagged and On-Demand")
  void fleet() {
    launch(2);
    CreateFleetRequest fleet = ec2.fleets.getFirst();
    assertThat(fleet.type()).isEqualTo(FleetType.INSTANT);
    assertThat(fleet.clientToken()).hasSizeLessThanOrEqualTo(64);
    assertThat(fleet.targetCapacitySpecification().totalTargetCapacity()).isEqualTo(2);
    assertThat(fleet.targetCapacitySpecification().defaultTargetCapacityType())
        .isEqualTo(DefaultTargetCapacityType.ON_DEMAND);
    assertThat(pools(fleet)).extracting(pool -> pool.subnetId()).containsExactly("s-1", "s-2");
    assertThat(pools(fleet)).allMatch(pool -> pool.instanceTypeAsString().equals("m6i.large"));
    assertThat(fleet.tagSpecifications().getFirst().tags())
        .extracting(tag -> tag.key() + "=" + tag.value())
        .containsExactly(
            "longshore:environment=env", "longshore:stack=stack", "longshore:launch=env/1/0");
  }

  @ParameterizedTest
  @DisplayName("Spot strategies of Batch are EC2's; a bid becomes a price")
  @CsvSource({
    "SPOT_CAPACITY_OPTIMIZED, CAPACITY_OPTIMIZED",
    "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED, CAPACITY_OPTIMIZED_PRIORITIZED",
    "SPOT_PRICE_CAPACITY_OPTIMIZED, PRICE_CAPACITY_OPTIMIZED",
    "BEST_FIT_PROGRESSIVE, LOWEST_PRICE"
  })
  void spot(String batch, SpotAllocationStrategy strategy) {
    Ec2World spot = new Ec2World(Market.SPOT, batch, "\"bidPercentage\":50," + Ec2World.RESOURCES);
    spot.launch("t", Market.SPOT, "m6i.large", 1);
    CreateFleetRequest fleet = spot.ec2.fleets.getFirst();
    assertThat(fleet.spotOptions().allocationStrategy()).isEqualTo(strategy);
    assertThat(fleet.targetCapacitySpecification().defaultTargetCapacityType())
        .isEqualTo(DefaultTargetCapacityType.SPOT);
    assertThat(Double.parseDouble(pools(fleet).getFirst().maxPrice())).isBetween(0.04, 0.06);
  }

  @Test
  @DisplayName("User data joins the cluster")
  void userData() {
    launch(1);
    String data = new String(Base64.getDecoder().decode(template().userData()), UTF_8);
    assertThat(data)
        .startsWith("MIME-Version: 1.0\n")
        .contains("\nECS_CLUSTER=" + ComputeEnvironment.clusterOf("env") + "\n")
        .contains("ECS_INSTANCE_ATTRIBUTES={\"longshore.environment\":\"env\"}")
        .contains("\n#!/bin/bash\n")
        .endsWith("--==LONGSHORE==--\n");
    assertThat(template().iamInstanceProfile().name()).isEqualTo("ecsInstanceRole");
    assertThat(template().securityGroupIds()).containsExactly("sg-1");
    assertThat(template().metadataOptions().httpTokensAsString()).isEqualTo("required");
  }

  private static List<String> types(Ec2World world) {
    return pools(world.ec2.fleets.getLast()).stream()
        .map(pool -> pool.instanceTypeAsString())
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @DisplayName("Where Spot goes by capacity, types alike stand for the planned one, in all subnets")
  @CsvSource({
    "SPOT_CAPACITY_OPTIMIZED, true",
    "SPOT_PRICE_CAPACITY_OPTIMIZED, true",
    "SPOT_CAPACITY_OPTIMIZED_PRIORITIZED, true",
    "BEST_FIT_PROGRESSIVE, false",
    "BEST_FIT, false"
  })
  void alike(String strategy, boolean several) {
    Ec2World spot = new Ec2World(Market.SPOT, strategy, Ec2World.RESOURCES);
    spot.launch("1", Market.SPOT, "c6i.large", 1);
    if (several) {
      assertThat(types(spot)).startsWith("c6i.large").contains("m6i.large", "r6i.large");
    } else {
      assertThat(types(spot)).containsExactly("c6i.large");
    }
    assertThat(pools(spot.ec2.fleets.getLast()))
        .hasSize(2 * types(spot).size())
        .allMatch(pool -> pool.instanceTypeAsString().endsWith(".large"))
        .allMatch(pool -> (pool.priority() != null) == strategy.endsWith("_PRIORITIZED"));
    spot.launch("2", Market.SPOT, "r6i.large", 1);
    assertThat(types(spot)).as("those with less memory do not").containsExactly("r6i.large");
  }

  @Test
  @DisplayName("A user's template for single types is asked for with the planned type alone")
  void templateForTypes() {
    ec2.template("mine", ResponseLaunchTemplateData.builder().build());
    Ec2World spot =
        new Ec2World(
            Market.SPOT,
            "SPOT_CAPACITY_OPTIMIZED",
            "\"launchTemplate\":{\"launchTemplateName\":\"mine\",\"overrides\":[{"
                + "\"launchTemplateName\":\"mine\",\"targetInstanceTypes\":[\"c6i\"]}]},"
                + Ec2World.RESOURCES);
    spot.ec2.templates.putAll(ec2.templates);
    spot.launch("1", Market.SPOT, "c6i.large", 1);
    assertThat(types(spot)).containsExactly("c6i.large");
  }

  @Test
  @DisplayName("The user's template is kept but for what the environment decides")
  void usersTemplate() {
    String archive =
        """
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="XX"

        --XX
        Content-Type: text/x-shellscript

        #!/bin/bash
        echo mine
        --XX--
        """;
    ec2.template(
        "mine",
        ResponseLaunchTemplateData.builder()
            .userData(Base64.getEncoder().encodeToString(archive.getBytes(UTF_8)))
            .instanceType("t3.micro")
            .disableApiTermination(true)
            .blockDeviceMappings(
                LaunchTemplateBlockDeviceMapping.builder()
                    .deviceName("/dev/xvda")
                    .ebs(LaunchTemplateEbsBlockDevice.builder().volumeSize(200).build())
                    .build())
            .build());
    Ec2World own =
        new Ec2World(
            Market.ON_DEMAND,
            PROGRESSIVE,
            "\"launchTemplate\":{\"launchTemplateName\":\"mine\"}," + Ec2World.RESOURCES);
    own.ec2.templates.putAll(ec2.templates);
    assertThat(own.launch("t", Market.ON_DEMAND, "m6i.large", 1).fault()).isEmpty();
    RequestLaunchTemplateData merged = own.ec2.ours("env").getLast();
    assertThat(merged.blockDeviceMappings().getFirst().ebs().volumeSize()).isEqualTo(200);
    assertThat(merged.instanceTypeAsString()).isNull();
    assertThat(merged.disableApiTermination()).isNull();
    String data = new String(Base64.getDecoder().decode(merged.userData()), UTF_8);
    assertThat(data).contains("echo mine").contains("ECS_CLUSTER=").doesNotContain("XX");
  }

  @Test
  @DisplayName("Only instances with GPUs are told to share them out")
  void gpus() {
    launch(1);
    assertThat(joining()).doesNotContain("GPU");
    world.launch("t", Market.ON_DEMAND, "p3.2xlarge", 1);
    assertThat(joining()).contains("\nECS_ENABLE_GPU_SUPPORT=true\nLONGSHORE\n");
  }

  private String joining() {
    return new String(Base64.getDecoder().decode(template().userData()), UTF_8);
  }

  @Test
  @DisplayName("A template that is gone makes the environment INVALID, in words")
  void templateGone() {
    Ec2World own =
        new Ec2World(
            Market.ON_DEMAND,
            PROGRESSIVE,
            "\"launchTemplate\":{\"launchTemplateName\":\"mine\"}," + Ec2World.RESOURCES);
    assertThat(own.launch("t", Market.ON_DEMAND, "m6i.large", 1).fault())
        .contains("the launch template")
        .contains("InvalidLaunchTemplateName.NotFoundException");
  }

  @Test
  @DisplayName("The template is made once, and again when its content is another one")
  void templateVersions() {
    launch(1);
    world.launch("env/2/0", Market.ON_DEMAND, "c6i.large", 1);
    assertThat(ec2.ours("env")).hasSize(1);
    world.environment(
        "env", Market.ON_DEMAND, PROGRESSIVE, Ec2World.RESOURCES.replace("sg-1", "sg-2"), 2);
    world.launch("env/3/0", Market.ON_DEMAND, "m6i.large", 1);
    assertThat(template().securityGroupIds()).containsExactly("sg-2");
    assertThat(
            ec2.fleets
                .getLast()
                .launchTemplateConfigs()
                .getFirst()
                .launchTemplateSpecification()
                .version())
        .isEqualTo("2");
    new Templates(ec2).delete("env");
    new Templates(ec2).delete("env");
    assertThat(ec2.templates).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("The image is that of the instance's kind")
  @CsvSource({
    "m6i.large, amazon-linux-2023/recommended",
    "m6g.large, amazon-linux-2023/arm64/recommended",
    "p3.2xlarge, amazon-linux-2023/gpu/recommended"
  })
  void images(String type, String path) {
    world.launch("t", Market.ON_DEMAND, type, 1);
    assertThat(pools(ec2.fleets.getFirst()).getFirst().imageId())
        .isEqualTo("resolve:ssm:/aws/service/ecs/optimized-ami/" + path + "/image_id");
  }

  @Test
  @DisplayName("Part of a launch comes with the reason why the rest does not")
  void partly() {
    ec2.capacity.put("s-1", 1);
    ec2.capacity.put("s-2", 1);
    Launched launched = launch(5);
    assertThat(launched.instances()).hasSize(2);
    assertThat(launched.shortage())
        .isEqualTo(
            "InsufficientInstanceCapacity (no capacity): not in s-1"
                + " InsufficientInstanceCapacity (no capacity): not in s-2");
    assertThat(launched.fault()).isEmpty();
  }

  @Test
  @DisplayName("One zone without capacity is no shortage while another one has it")
  void otherZone() {
    ec2.capacity.put("s-1", 0);
    assertThat(launch(3).instances()).hasSize(3);
    assertThat(launch(3).shortage()).isEmpty();
  }

  @Test
  @DisplayName("A lost answer is followed by the same call, which launches nothing more")
  void lostAnswer() {
    ec2.after.add(SdkClientException.create("timed out"));
    assertThatThrownBy(() -> launch(2)).isInstanceOf(StoreException.class);
    assertThat(launch(2).instances()).hasSize(2);
    assertThat(world.hosts.instances("env")).hasSize(2);
  }

  @Test
  @DisplayName("A repeated launch after an update finds what was launched before")
  void updatedMeanwhile() {
    Launched first = launch(2);
    world.environment(
        "env", Market.ON_DEMAND, PROGRESSIVE, Ec2World.RESOURCES.replace("s-2", "s-3"), 2);
    assertThat(launch(2).instances()).containsExactlyInAnyOrderElementsOf(first.instances());
  }

  @ParameterizedTest
  @DisplayName("Each error of EC2 is sorted into shortage, configuration, later")
  @CsvSource({
    "InsufficientInstanceCapacity, shortage",
    "VcpuLimitExceeded, shortage",
    "MaxSpotInstanceCountExceeded, shortage",
    "SomethingNew, shortage",
    "UnauthorizedOperation, fault",
    "InvalidSubnetID.NotFound, fault",
    "InvalidIamInstanceProfile.NotFound, fault",
    "InvalidAMIID.NotFound, fault",
    "RequestLimitExceeded, later",
    "InternalError, later"
  })
  void errors(String code, String answer) {
    ec2.before.add(FakeEc2.error(code, "so it is"));
    if (answer.equals("later")) {
      assertThatThrownBy(() -> launch(1)).isInstanceOf(StoreException.class);
    } else {
      Launched launched = launch(1);
      assertThat(launched.instances()).isEmpty();
      assertThat(answer.equals("fault") ? launched.fault() : launched.shortage())
          .startsWith(code)
          .endsWith(": so it is");
      assertThat(launched.fault().isEmpty()).isEqualTo(answer.equals("shortage"));
    }
  }

  @Test
  @DisplayName("Instances that were not launched here are never terminated")
  void foreign() {
    ec2.foreign("i-00000000000000abc");
    world.hosts.terminate(new HostId("env", "i-00000000000000abc"));
    assertThat(ec2.terminated).isEmpty();
  }

  @Test
  @DisplayName("An instance that a lagging listing does not show yet is terminated all the same")
  void stale() {
    String instance = launch(1).instances().getFirst();
    ec2.stale = true;
    world.hosts.terminate(new HostId("env", instance));
    assertThat(ec2.terminated).containsExactly(instance);
  }
}

package dev.longshore.integration.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.aws.ec2.Ec2Hosts;
import dev.longshore.aws.ec2.FleetRequests;
import dev.longshore.aws.ec2.Templates;
import dev.longshore.aws.ecs.EcsClusters;
import dev.longshore.aws.prices.StoredTypes;
import dev.longshore.aws.prices.TypeMemory;
import dev.longshore.aws.prices.TypeRefresh;
import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.port.HostLauncher.Launch;
import dev.longshore.core.port.HostLauncher.Launched;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMappingRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.pricing.PricingClient;

/**
 * The adapters of EC2 against moto's server: requests as the SDK writes them, answers and errors as
 * it reads them. Moto knows no client tokens, no shortage and no price list; those are the fake's.
 */
class FleetShapesIT {
  private static final String STACK = "stack";
  private static final String ADDRESS = "127.0.0.1";

  private static @Nullable Emulator started;

  private final Ec2Client ec2 = emulator().client(Ec2Client.builder());
  private final EcsClient ecs = emulator().client(EcsClient.builder());
  private final MemoryCatalogStore catalog = new MemoryCatalogStore(_ -> {});
  private final EcsClusters clusters = new EcsClusters(ecs, new Templates(ec2)::delete);
  private final Ec2Hosts hosts = new Ec2Hosts(ec2, catalog, new InstanceCatalog(), clusters, STACK);
  private final List<String> subnets =
      ec2.describeSubnets().subnets().stream().map(Subnet::subnetId).limit(2).toList();
  private final String group = ec2.describeSecurityGroups().securityGroups().getFirst().groupId();

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException, InterruptedException {
    String program = Needed.variable("LONGSHORE_MOTO_SERVER", "no fleet is asked of moto");
    int port = Program.freePort(ADDRESS);
    started =
        Program.start(
            List.of(program, "-H", ADDRESS, "-p", Integer.toString(port)),
            ADDRESS,
            port,
            folder.resolve("moto.log"));
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  private static Emulator emulator() {
    return Objects.requireNonNull(started);
  }

  private String resources() {
    return "\"subnets\":[\"%s\"],\"securityGroupIds\":[\"%s\"],\"instanceRole\":\"ecsInstanceRole\","
            .formatted(String.join("\",\"", subnets), group)
        + "\"tags\":{\"team\":\"blue\"}";
  }

  private void environment(String name, Market market, String strategy, String resources) {
    ComputeEnvironment environment =
        new ComputeEnvironment(
            name,
            true,
            ResourceStatus.VALID,
            "",
            new Managed(market, 0, 64, 0, List.of("optimal"), strategy),
            0,
            "{\"computeResources\":{" + resources + "}}",
            Map.of(),
            0,
            catalog.environment(name).map(it -> it.version() + 1).orElse(1L));
    if (environment.version() == 1) {
      catalog.createEnvironment(environment);
    } else {
      catalog.saveEnvironment(environment);
    }
  }

  private void environment(String name) {
    environment(name, Market.ON_DEMAND, "BEST_FIT_PROGRESSIVE", resources());
  }

  private Launched launch(String name, String token, Market market, int count) {
    return hosts.launch(new Launch(token, name, market, "m6i.large", count));
  }

  private Launched launch(String name) {
    return launch(name, name + "/1/0", Market.ON_DEMAND, 2);
  }

  private List<Instance> described(List<String> ids) {
    return ec2.describeInstances(describe -> describe.instanceIds(ids)).reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .toList();
  }

  /** The versions of the launch template of an environment, found by its tag. */
  private List<LaunchTemplateVersion> versions(String environment) {
    Filter ours =
        Filter.builder().name("tag:" + FleetRequests.ENVIRONMENT_TAG).values(environment).build();
    return ec2
        .describeLaunchTemplates(describe -> describe.filters(ours))
        .launchTemplates()
        .stream()
        .flatMap(template ->
            ec2
                .describeLaunchTemplateVersions(
                    describe -> describe.launchTemplateName(template.launchTemplateName()))
                .launchTemplateVersions()
                .stream())
        .toList();
  }

  private static String decoded(ResponseLaunchTemplateData data) {
    return new String(Base64.getDecoder().decode(data.userData()), UTF_8);
  }

  @Test
  @DisplayName("A launch makes the cluster, and instances of the type with all tags in the subnets")
  void launches() {
    environment("launches");
    Launched launched = launch("launches");
    assertThat(launched.shortage()).isEmpty();
    assertThat(launched.instances()).hasSize(2);
    assertThat(hosts.instances("launches"))
        .containsExactlyInAnyOrderElementsOf(launched.instances());
    assertThat(
            ecs.describeClusters(it -> it.clusters(ComputeEnvironment.clusterOf("launches")))
                .clusters())
        .singleElement()
        .matches(cluster -> cluster.status().equals("ACTIVE"));
    assertThat(described(launched.instances()))
        .hasSize(2)
        .allMatch(it -> it.instanceTypeAsString().equals("m6i.large"))
        .allMatch(it -> subnets.contains(it.subnetId()))
        .allSatisfy(it ->
            assertThat(it.tags())
                .contains(
                    tag("longshore:environment", "launches"),
                    tag("longshore:stack", STACK),
                    tag("longshore:launch", "launches/1/0"),
                    tag("team", "blue")));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  @DisplayName("The launch template says role, group, IMDSv2 and how to join, and is made once")
  void template() {
    environment("template");
    launch("template");
    launch("template", "template/2/0", Market.ON_DEMAND, 1);
    assertThat(versions("template")).hasSize(1);
    ResponseLaunchTemplateData data = versions("template").getFirst().launchTemplateData();
    assertThat(data.iamInstanceProfile().name()).isEqualTo("ecsInstanceRole");
    assertThat(data.securityGroupIds()).containsExactly(group);
    assertThat(data.metadataOptions().httpTokensAsString()).isEqualTo("required");
    assertThat(decoded(data))
        .contains("ECS_CLUSTER=" + ComputeEnvironment.clusterOf("template") + "\n");

    environment(
        "template",
        Market.ON_DEMAND,
        "BEST_FIT_PROGRESSIVE",
        resources() + ",\"ec2KeyPair\":\"key\"");
    assertThat(launch("template", "template/3/0", Market.ON_DEMAND, 1).fault()).isEmpty();
    assertThat(versions("template"))
        .extracting(it -> it.launchTemplateData().keyName())
        .containsExactlyInAnyOrder(null, "key");
  }

  @Test
  @DisplayName("The user's own launch template, read back from EC2, is part of ours")
  void usersTemplate() {
    String archive =
        """
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="B"

        --B
        Content-Type: text/x-shellscript

        #!/bin/bash
        echo mine
        --B--
        """;
    ec2.createLaunchTemplate(create ->
        create
            .launchTemplateName("mine")
            .launchTemplateData(data ->
                data.instanceType("t3.micro")
                    .userData(Base64.getEncoder().encodeToString(archive.getBytes(UTF_8)))
                    .monitoring(it -> it.enabled(true))
                    .blockDeviceMappings(
                        LaunchTemplateBlockDeviceMappingRequest.builder()
                            .deviceName("/dev/xvda")
                            .ebs(ebs -> ebs.volumeSize(200))
                            .build())));
    environment(
        "users",
        Market.ON_DEMAND,
        "BEST_FIT_PROGRESSIVE",
        "\"launchTemplate\":{\"launchTemplateName\":\"mine\",\"version\":\"$Latest\"},"
            + resources());
    assertThat(launch("users").instances()).hasSize(2);
    ResponseLaunchTemplateData merged = versions("users").getFirst().launchTemplateData();
    assertThat(merged.blockDeviceMappings().getFirst().ebs().volumeSize()).isEqualTo(200);
    assertThat(merged.monitoring().enabled()).isTrue();
    assertThat(merged.instanceTypeAsString()).isNull();
    assertThat(decoded(merged)).contains("echo mine").contains("ECS_CLUSTER=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEST_FIT",
        "BEST_FIT_PROGRESSIVE",
        "SPOT_CAPACITY_OPTIMIZED",
        "SPOT_PRICE_CAPACITY_OPTIMIZED"
      })
  @DisplayName("Spot fleets are taken with every strategy, and with a bid")
  void spot(String strategy) {
    String name = strategy.toLowerCase(Locale.ROOT);
    environment(name, Market.SPOT, strategy, resources() + ",\"bidPercentage\":60");
    Launched launched = launch(name, name + "/1/0", Market.SPOT, 2);
    assertThat(launched.shortage()).isEmpty();
    assertThat(hosts.instances(name)).hasSize(2);
  }

  @Test
  @DisplayName("An error of EC2 becomes the environment's fault, with EC2's code and message")
  void faults() {
    environment(
        "nowhere",
        Market.ON_DEMAND,
        "BEST_FIT_PROGRESSIVE",
        resources()
            .replace(subnets.getFirst(), "subnet-00000000")
            .replace(subnets.get(1), "subnet-00000001"));
    assertThat(launch("nowhere").fault()).startsWith("InvalidSubnetID.NotFound (a subnet): ");
    environment(
        "untemplated",
        Market.ON_DEMAND,
        "BEST_FIT_PROGRESSIVE",
        "\"launchTemplate\":{\"launchTemplateName\":\"no-such\"}," + resources());
    assertThat(launch("untemplated").fault()).contains("(the launch template): ");
  }

  @Test
  @DisplayName("A host is ended once and again without an error; what is not ours never is")
  void terminates() {
    environment("terminates");
    List<String> instances = launch("terminates").instances();
    hosts.terminate(new HostId("terminates", instances.getFirst()));
    hosts.terminate(new HostId("terminates", instances.getFirst()));
    hosts.terminate(new HostId("terminates", "i-00000000000000abc"));
    assertThat(hosts.instances("terminates")).containsExactly(instances.get(1));
    hosts.terminate(new HostId("another", instances.get(1)));
    assertThat(hosts.instances("terminates")).containsExactly(instances.get(1));
  }

  @Test
  @DisplayName("A deleted environment leaves no cluster and no launch template behind")
  void deletes() {
    environment("deletes");
    launch("deletes").instances().forEach(it -> hosts.terminate(new HostId("deletes", it)));
    assertThat(clusters.delete("deletes")).isTrue();
    assertThat(hosts.instances("deletes")).isEmpty();
    assertThat(versions("deletes")).isEmpty();
    // ECS, like moto, remembers it as INACTIVE for a while.
    assertThat(
            ecs.describeClusters(it -> it.clusters(ComputeEnvironment.clusterOf("deletes")))
                .clusters())
        .noneMatch(cluster -> cluster.status().equals("ACTIVE"));
  }

  /** Remembers in this process. */
  private static final class Memory implements TypeMemory {
    private @Nullable Kept kept;

    @Override
    public Optional<Kept> read() {
      return Optional.ofNullable(kept);
    }

    @Override
    public boolean keep(Kept after, long before) {
      kept = after;
      return true;
    }
  }

  @Test
  @DisplayName("All types that EC2 describes are read, also where there is no price list")
  void types() {
    Memory memory = new Memory();
    PricingClient prices = emulator().client(PricingClient.builder());
    assertThat(new TypeRefresh(ec2, prices, memory, "us-east-1", Instant::now).run()).isTrue();
    StoredTypes types = new StoredTypes(memory, Instant::now);
    InstanceType large = types.find("m6i.large").orElseThrow();
    assertThat(large.usable().vcpus()).isEqualTo(2);
    assertThat(large.hourlyPrice())
        .isEqualTo(new InstanceCatalog().find("m6i.large").orElseThrow().hourlyPrice());
    assertThat(types.find("m6g.large").orElseThrow().arm64()).isTrue();
    assertThat(types.find("g4dn.12xlarge").orElseThrow().usable().gpus()).isEqualTo(4);
    assertThat(types.find("m6i.metal")).isEmpty();
    assertThat(types.expand("c6i")).hasSizeGreaterThan(5);
  }
}

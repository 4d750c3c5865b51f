package dev.longshore.aws.ec2;

import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.port.Clusters;
import dev.longshore.core.port.HostLauncher.Launch;
import dev.longshore.core.port.HostLauncher.Launched;
import dev.longshore.simulator.memory.MemoryCatalogStore;
import java.util.List;
import java.util.Map;

/** An EC2 with two subnets, an environment in them, and the adapter before it. */
final class Ec2World {
  static final String RESOURCES =
      """
      "subnets":["s-1","s-2"],"securityGroupIds":["sg-1"],"instanceRole":"ecsInstanceRole"
      """;

  final FakeEc2 ec2 = new FakeEc2();
  final MemoryCatalogStore catalog = new MemoryCatalogStore(_ -> {});
  final Ec2Hosts hosts = new Ec2Hosts(ec2, catalog, new InstanceCatalog(), Clusters.NONE, "stack");

  Ec2World(Market market, String strategy, String resources) {
    environment("env", market, strategy, resources, 1);
  }

  void environment(String name, Market market, String strategy, String resources, long version) {
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
            version);
    if (version == 1) {
      catalog.createEnvironment(environment);
    } else {
      catalog.saveEnvironment(environment);
    }
  }

  Launched launch(String token, Market market, String type, int count) {
    return hosts.launch(new Launch(token, "env", market, type, count));
  }
}

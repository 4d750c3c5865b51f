package dev.longshore.aws.ec2;

import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.port.HostLauncher;
import dev.longshore.core.port.HostLauncherContract;

class Ec2HostLauncherTest extends HostLauncherContract {
  @Override
  protected HostLauncher newLauncher() {
    Ec2World world = new Ec2World(Market.ON_DEMAND, "BEST_FIT_PROGRESSIVE", Ec2World.RESOURCES);
    world.environment("other", Market.ON_DEMAND, "BEST_FIT_PROGRESSIVE", Ec2World.RESOURCES, 1);
    return world.hosts;
  }
}

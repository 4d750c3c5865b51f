package dev.longshore.core.port;

import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.HostId;
import java.util.List;
import java.util.Set;

/**
 * Launches and terminates hosts: EC2 fleets, or envelopes of this machine. Only the capacity round
 * calls it. A host that came up registers by an event. Any call may throw a {@link StoreException}
 * when it was throttled or not answered; the same call is right later.
 */
public interface HostLauncher {

  /**
   * What to launch.
   *
   * @param token the same token launches once, and is answered with the same instances
   * @param environment name of the compute environment
   * @param market On-Demand or Spot
   * @param instanceType one instance type
   * @param count how many
   */
  record Launch(String token, String environment, Market market, String instanceType, int count) {}

  /**
   * What became of a launch; both may be there.
   *
   * @param instances IDs of those launched
   * @param shortage why some are missing, in the provider's words; empty when none is
   * @param fault what is wrong with the environment's configuration, so that nothing can be
   *     launched until that is mended; else empty
   */
  record Launched(List<String> instances, String shortage, String fault) {
    public Launched {
      instances = List.copyOf(instances);
    }

    /** With a configuration that is right. */
    public Launched(List<String> instances, String shortage) {
      this(instances, shortage, "");
    }

    /** Nothing can be launched for an environment that is configured like this. */
    public static Launched misconfigured(String fault) {
      return new Launched(List.of(), fault, fault);
    }
  }

  Launched launch(Launch launch);

  /** Ends a host and all that runs on it. One that is not there is no error. */
  void terminate(HostId host);

  /** Instances of this environment that exist now, booting ones included. */
  Set<String> instances(String environment);
}

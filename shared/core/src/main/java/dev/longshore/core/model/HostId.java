package dev.longshore.core.model;

/**
 * A host: a container instance of one compute environment.
 *
 * @param environment name of the compute environment
 * @param instance EC2 instance ID, {@code i-…}
 */
public record HostId(String environment, String instance) implements Comparable<HostId> {
  @Override
  public int compareTo(HostId other) {
    int byEnvironment = environment.compareTo(other.environment);
    return byEnvironment != 0 ? byEnvironment : instance.compareTo(other.instance);
  }

  @Override
  public String toString() {
    return environment + "/" + instance;
  }
}

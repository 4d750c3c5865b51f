package dev.longshore.core.model;

/**
 * What one attempt of a job takes of a consumable resource ({@code batch-semantics} 15).
 *
 * @param resource name of the resource
 * @param quantity how much, at least 1
 */
public record Need(String resource, long quantity) implements Comparable<Need> {
  @Override
  public int compareTo(Need other) {
    int byName = resource.compareTo(other.resource);
    return byName != 0 ? byName : Long.compare(quantity, other.quantity);
  }
}

package dev.longshore.core.model;

/**
 * A revision of a job definition.
 *
 * @param name name of the definition
 * @param revision from 1, never used again
 */
public record DefinitionId(String name, int revision) {
  /** {@code name:revision}, as clients write it. */
  @Override
  public String toString() {
    return name + ":" + revision;
  }
}

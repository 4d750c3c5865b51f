package dev.longshore.core.model;

import java.util.UUID;

/**
 * Identity of a submitted job: a UUID, 36 characters as text ({@code batch-semantics} 1.4).
 *
 * @param value lower-case UUID text
 */
public record JobId(UUID value) implements Comparable<JobId> {
  /**
   * Reads a UUID text.
   *
   * @throws IllegalArgumentException when the text is no UUID
   */
  public static JobId of(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException("not a job ID: " + text);
    }
    return new JobId(UUID.fromString(text));
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

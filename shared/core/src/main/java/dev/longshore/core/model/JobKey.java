package dev.longshore.core.model;

import java.util.Optional;

/**
 * What can run or be described under an ID: a whole job, a child of an array or a node of a
 * multi-node job.
 *
 * @param job the submitted job
 * @param member which kind of member of it
 * @param index index of the child or node, 0 for a whole job
 */
public record JobKey(JobId job, Member member, int index) implements Comparable<JobKey> {

  /** Part of a submitted job. */
  public enum Member {
    /** A single job, or the parent of an array or of a multi-node job. */
    WHOLE,
    /** A child of an array job, {@code id:index}. */
    CHILD,
    /** A node of a multi-node parallel job, {@code id#index}. */
    NODE
  }

  /** The job itself. */
  public static JobKey whole(JobId job) {
    return new JobKey(job, Member.WHOLE, 0);
  }

  /** The array child with this index. */
  public static JobKey child(JobId job, int index) {
    return new JobKey(job, Member.CHILD, index);
  }

  /** The node with this index of a multi-node job. */
  public static JobKey node(JobId job, int index) {
    return new JobKey(job, Member.NODE, index);
  }

  /** Reads {@code id}, {@code id:index} or {@code id#index}; empty when it is none of them. */
  public static Optional<JobKey> parse(String text) {
    try {
      if (text.length() == 36) {
        return Optional.of(whole(JobId.of(text)));
      }
      if (text.length() < 38 || text.length() > 41) {
        return Optional.empty();
      }
      char separator = text.charAt(36);
      String digits = text.substring(37);
      if ((separator != ':' && separator != '#') || !digits.chars().allMatch(c -> isDigit(c))) {
        return Optional.empty();
      }
      Member member = separator == ':' ? Member.CHILD : Member.NODE;
      JobId id = JobId.of(text.substring(0, 36));
      return Optional.of(new JobKey(id, member, Integer.parseInt(digits)));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** True for a single job and for the parent of an array or of a multi-node job. */
  public boolean isWhole() {
    return member == Member.WHOLE;
  }

  @Override
  public int compareTo(JobKey other) {
    int byJob = job.compareTo(other.job);
    if (byJob != 0) {
      return byJob;
    }
    int byMember = member.compareTo(other.member);
    return byMember != 0 ? byMember : Integer.compare(index, other.index);
  }

  /** The ID as clients write it. */
  @Override
  public String toString() {
    return switch (member) {
      case WHOLE -> job.toString();
      case CHILD -> job + ":" + index;
      case NODE -> job + "#" + index;
    };
  }
}

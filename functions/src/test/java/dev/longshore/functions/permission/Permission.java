package dev.longshore.functions.permission;

import java.util.Comparator;

/**
 * What a role allows.
 *
 * @param action as in a policy
 * @param resource in the stack's words, as {@link Needs} has them; {@code *} where AWS lets a
 *     policy name none
 */
public record Permission(String action, String resource) implements Comparable<Permission> {
  private static final Comparator<Permission> ORDER =
      Comparator.comparing(Permission::action).thenComparing(Permission::resource);

  /** What {@link #toString} wrote. */
  public static Permission parse(String text) {
    int end = text.indexOf(' ');
    return new Permission(text.substring(0, end), text.substring(end + 1));
  }

  @Override
  public int compareTo(Permission other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return action + " " + resource;
  }
}

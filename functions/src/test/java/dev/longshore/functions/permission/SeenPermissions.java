package dev.longshore.functions.permission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The permissions that each function was seen to need, and where, from {@code permissions.txt}.
 * What sees them compares that file with what it saw; what grants them compares it with the
 * policies.
 */
public final class SeenPermissions {
  private static final String FILE = "permissions.txt";

  private SeenPermissions() {}

  /** Where functions were seen. */
  public enum Place {
    /** The functions over fakes, in every build. */
    FAKES,
    /** Deployed on the emulator that checks roles. */
    ROLES
  }

  /** All, as lines of function and permission. */
  public static Set<String> all() {
    return lines(_ -> true);
  }

  /** Those that are seen here, each time. */
  public static Set<String> in(Place place) {
    return lines(places -> places.contains(place.name()));
  }

  /** A line. */
  public static String line(String function, Permission needed) {
    return function + " " + needed;
  }

  private static Set<String> lines(Predicate<Collection<String>> places) {
    Set<String> lines = new TreeSet<>();
    try (InputStream file =
            Objects.requireNonNull(SeenPermissions.class.getResourceAsStream(FILE));
        BufferedReader text = new BufferedReader(new InputStreamReader(file, UTF_8))) {
      for (String line : text.lines().filter(it -> !it.startsWith("#")).toList()) {
        String[] columns = line.split(" +\\| ", -1);
        if (places.test(List.of(columns[1].split(" ", -1)))) {
          lines.add(columns[0]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}

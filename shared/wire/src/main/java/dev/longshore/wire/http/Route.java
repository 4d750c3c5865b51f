package dev.longshore.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a request goes by method and path alone. */
sealed interface Route {

  /**
   * To an operation.
   *
   * @param path members from the path
   */
  record To(String operation, Map<String, String> path) implements Route {}

  /** There is such a path, for other methods. */
  record WrongMethod(Set<String> allowed) implements Route {}

  /** There is no such path. */
  record Unknown() implements Route {}

  /** Finds the way. */
  static Route of(String method, String rawPath) {
    String path = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
    if (path.startsWith(Routes.TAGS)) {
      String operation = Routes.ON_TAGS.get(method);
      return operation == null
          ? new WrongMethod(Routes.ON_TAGS.keySet())
          : new To(operation, Map.of("resourceArn", decoded(path.substring(Routes.TAGS.length()))));
    }
    Optional<String> posted = Routes.postedTo(path);
    if (posted.isEmpty()) {
      return new Unknown();
    }
    return method.equals("POST") ? new To(posted.get(), Map.of()) : new WrongMethod(Set.of("POST"));
  }

  /**
   * Undoes percent-encoding. Some clients encode the slash and the colons of an ARN and some do
   * not, and a proxy may have decoded either ({@code batch-semantics} 1.2): all come out the same.
   */
  private static String decoded(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    byte[] given = raw.getBytes(UTF_8);
    for (int i = 0; i < given.length; i++) {
      int high = i + 2 < given.length ? Character.digit(given[i + 1], 16) : -1;
      int low = i + 2 < given.length ? Character.digit(given[i + 2], 16) : -1;
      if (given[i] == '%' && high >= 0 && low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(given[i]);
      }
    }
    return bytes.toString(UTF_8);
  }
}

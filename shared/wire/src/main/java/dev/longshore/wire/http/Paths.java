package dev.longshore.wire.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the operations are, for gateways that have a route for each. */
public final class Paths {
  private static final String EXPLAIN = "GET /longshore/v1/jobs/{id}/explain";

  private Paths() {}

  /**
   * Method and path of each operation by its name: a part in braces stands for one segment of the
   * path, with a plus for all that follow.
   */
  public static Map<String, String> routes() {
    Map<String, String> routes = new TreeMap<>();
    Routes.BY_PATH.forEach((path, operation) -> routes.put(operation, "POST " + path));
    Routes.ON_TAGS.forEach((method, operation) ->
        routes.put(operation, method + " " + Routes.TAGS + "{resourceArn+}"));
    routes.put("Explain", EXPLAIN);
    return routes;
  }

  /** The operation of one of these routes; empty when there is no such route. */
  public static Optional<String> operation(String route) {
    return routes().entrySet().stream()
        .filter(it -> it.getValue().equals(route))
        .map(Map.Entry::getKey)
        .findAny();
  }

  /** True when the operation of this name changes nothing. */
  public static boolean onlyReads(String operation) {
    return operation.startsWith("Describe")
        || operation.startsWith("List")
        || operation.startsWith("Get")
        || operation.equals("Explain");
  }
}

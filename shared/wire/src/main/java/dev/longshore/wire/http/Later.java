package dev.longshore.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.validation.ClientFault;
import dev.longshore.wire.http.Operations.Served;
import java.util.Map;

/**
 * Operations that nobody serves yet. Listings answer that there is nothing, so that inventory tools
 * do not fail ({@code batch-semantics} 2.14); all others say so.
 */
final class Later {
  private static final Map<String, String> NOTHING =
      Map.of(
          "ListServiceJobs", "jobSummaryList",
          "DescribeServiceEnvironments", "serviceEnvironments",
          "ListQuotaShares", "quotaShares",
          "ListConsumableResources", "consumableResources");

  private Later() {}

  /** What serves an operation that nobody registered for. */
  static Served serving(String operation) {
    String list = NOTHING.get(operation);
    if (list == null) {
      return (_, _) -> {
        throw new ClientFault(operation + " is not supported yet.");
      };
    }
    return (_, _) -> ("{\"" + list + "\":[]}").getBytes(UTF_8);
  }
}

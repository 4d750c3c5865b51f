package dev.longshore.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.validation.ClientFault;
import dev.longshore.wire.http.Operations.Served;
import java.util.Map;
import software.amazon.awssdk.services.batch.model.CancelJobResponse;

/**
 * Operations that nobody serves yet. Listings answer that there is nothing, so that inventory tools
 * do not fail ({@code batch-semantics} 2.14); all others say so.
 */
final class Later {
  private static final Map<String, String> NOTHING =
      Map.of(
          "ListServiceJobs", "jobSummaryList",
          "DescribeServiceEnvironments", "serviceEnvironments",
          "ListQuotaShares", "quotaShares");

  private Later() {}

  /** What serves an operation that nobody registered for. */
  static Served serving(String operation) {
    String list = NOTHING.get(operation);
    return (arguments, _) -> {
      // A model without members: nothing but the form of the body is checked.
      arguments.fill(CancelJobResponse.builder());
      if (list == null) {
        throw new ClientFault(operation + " is not supported yet.");
      }
      return ("{\"" + list + "\":[]}").getBytes(UTF_8);
    };
  }
}

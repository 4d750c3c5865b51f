package dev.longshore.wire.http;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every operation of the service model, also those that the SDK's model does not have yet ({@code
 * batch-semantics} 1.1): {@code POST /v1/<name in lower case>}, but for the three on tags.
 */
final class Routes {
  static final String PREFIX = "/v1/";
  static final String TAGS = PREFIX + "tags/";

  /** Of the operations on tags, by HTTP method. */
  static final Map<String, String> ON_TAGS =
      Map.of("GET", "ListTagsForResource", "POST", "TagResource", "DELETE", "UntagResource");

  private static final Set<String> POSTED =
      Set.of(
          "SubmitJob",
          "DescribeJobs",
          "ListJobs",
          "CancelJob",
          "TerminateJob",
          "CancelJobs",
          "TerminateJobs",
          "RegisterJobDefinition",
          "DescribeJobDefinitions",
          "DeregisterJobDefinition",
          "CreateJobQueue",
          "DescribeJobQueues",
          "UpdateJobQueue",
          "DeleteJobQueue",
          "GetJobQueueSnapshot",
          "CreateComputeEnvironment",
          "DescribeComputeEnvironments",
          "UpdateComputeEnvironment",
          "DeleteComputeEnvironment",
          "CreateSchedulingPolicy",
          "DescribeSchedulingPolicies",
          "ListSchedulingPolicies",
          "UpdateSchedulingPolicy",
          "DeleteSchedulingPolicy",
          "CreateConsumableResource",
          "DescribeConsumableResource",
          "ListConsumableResources",
          "UpdateConsumableResource",
          "DeleteConsumableResource",
          "ListJobsByConsumableResource",
          "CreateServiceEnvironment",
          "DescribeServiceEnvironments",
          "UpdateServiceEnvironment",
          "DeleteServiceEnvironment",
          "SubmitServiceJob",
          "DescribeServiceJob",
          "ListServiceJobs",
          "UpdateServiceJob",
          "TerminateServiceJob",
          "TerminateServiceJobs",
          "CreateQuotaShare",
          "DescribeQuotaShare",
          "ListQuotaShares",
          "UpdateQuotaShare",
          "DeleteQuotaShare");

  static final Map<String, String> BY_PATH =
      POSTED.stream()
          .collect(toUnmodifiableMap(name -> PREFIX + name.toLowerCase(Locale.ROOT), name -> name));

  private Routes() {}

  /** The operation that is posted to this path, if there is one. */
  static Optional<String> postedTo(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }

  static boolean isKnown(String operation) {
    return POSTED.contains(operation) || ON_TAGS.containsValue(operation);
  }
}

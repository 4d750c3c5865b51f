package dev.longshore.wire.catalog;

/** Requests that are right, and short ways to change them. */
final class Samples {
  /** The members that an environment on EC2 needs. */
  static final String RESOURCES =
      """
      "type":"EC2","minvCpus":0,"maxvCpus":16,"instanceTypes":["c5.large"],\
      "subnets":["subnet-1"],"securityGroupIds":["sg-1"],"instanceRole":"ecsInstanceRole"\
      """;

  private Samples() {}

  /** A managed environment with these computeResources, members without braces. */
  static String managed(String name, String resources) {
    return """
    {"computeEnvironmentName":"%s","type":"MANAGED","computeResources":{%s}}\
    """
        .formatted(name, resources);
  }

  /** Creates environments that are VALID. */
  static void environments(Service service, String... names) {
    for (String name : names) {
      service.ok("CreateComputeEnvironment", managed(name, RESOURCES));
    }
    service.settle();
  }

  /** A queue on these environments, in this order. */
  static String queue(String name, String... environments) {
    return """
    {"jobQueueName":"%s","priority":1,"computeEnvironmentOrder":%s}\
    """
        .formatted(name, order(environments));
  }

  /** A computeEnvironmentOrder. */
  static String order(String... environments) {
    StringBuilder order = new StringBuilder("[");
    for (int i = 0; i < environments.length; i++) {
      order
          .append(i == 0 ? "" : ",")
          .append("{\"order\":%d,\"computeEnvironment\":\"%s\"}".formatted(i + 1, environments[i]));
    }
    return order.append(']').toString();
  }

  /** A definition with these containerProperties, members without braces. */
  static String definition(String name, String container) {
    return """
    {"jobDefinitionName":"%s","type":"container","containerProperties":{%s}}\
    """
        .formatted(name, container);
  }

  /** A policy with these fair-share settings. */
  static String policy(String name, String fairshare) {
    return "{\"name\":\"%s\",\"fairsharePolicy\":{%s}}".formatted(name, fairshare);
  }
}

package dev.longshore.infra;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.constructs.Node;

/**
 * What a person decides with {@code cdk deploy -c name=value}. Lists are separated by commas.
 *
 * @param jobRoles ARNs of the roles that jobs may have (task and execution roles); none unless
 *     named
 * @param jobRoleRules file with the rules who may use which of them; everybody all unless named
 * @param instanceRoles ARNs of the roles that instances of managed environments may have; none
 *     unless named
 * @param vpc ID of the VPC in which instances may be launched; any unless named
 * @param subnets IDs of the subnets in which instances may be launched; any unless named
 * @param permissionsBoundary ARN of a policy that bounds every role of the stack
 * @param alarmTopic ARN of an SNS topic that alarms go to
 * @param retentionDays how long ended jobs are kept
 * @param logDays how long logs of functions are kept
 * @param auditDays how long the audit log is kept
 * @param keepTable true when the table outlives the stack
 * @param foreignJobLogs true where the log group of jobs is there already, as after use of AWS
 *     Batch
 * @param snapStart false in a Region without Lambda SnapStart
 * @param emulator true on an emulator, which has no TLS and checks calls of ECS by their cluster
 */
record StackSettings(
    List<String> jobRoles,
    Optional<String> jobRoleRules,
    List<String> instanceRoles,
    Optional<String> vpc,
    List<String> subnets,
    Optional<String> permissionsBoundary,
    Optional<String> alarmTopic,
    int retentionDays,
    int logDays,
    int auditDays,
    boolean keepTable,
    boolean foreignJobLogs,
    boolean snapStart,
    boolean emulator) {

  /** The settings in this context. */
  static StackSettings of(Node node) {
    return new StackSettings(
        list(node, "jobRoles"),
        text(node, "jobRoleRules"),
        list(node, "instanceRoles"),
        text(node, "vpc"),
        list(node, "subnets"),
        text(node, "permissionsBoundary"),
        text(node, "alarmTopic"),
        number(node, "retentionDays", 7),
        number(node, "logDays", 30),
        number(node, "auditDays", 365),
        flag(node, "keepTable"),
        flag(node, "foreignJobLogs"),
        text(node, "snapStart").map(Boolean::parseBoolean).orElse(true),
        flag(node, "emulator"));
  }

  private static Optional<String> text(Node node, String name) {
    return Optional.ofNullable(node.tryGetContext(name))
        .map(Object::toString)
        .filter(value -> !value.isBlank());
  }

  private static List<String> list(Node node, String name) {
    return text(node, name).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static boolean flag(Node node, String name) {
    return text(node, name).map(Boolean::parseBoolean).orElse(false);
  }

  private static int number(Node node, String name, int otherwise) {
    return text(node, name).map(Integer::parseInt).orElse(otherwise);
  }
}

package dev.longshore.infra;

import dev.longshore.aws.settings.FunctionSettings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.RecursiveLoop;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * One function per part, all of the same code, each with a role and a log group of its own. What
 * calls a function calls its alias: only published versions start from a snapshot.
 */
final class Functions {
  private static final String ALIAS = "live";

  private final Map<Part, Alias> functions = new EnumMap<>(Part.class);

  Functions(Construct scope, StackSettings settings, Storage storage, Queues queues, Path folder) {
    Code code = Code.fromAsset(folder.toString());
    Map<String, String> environment = environment(storage, queues, settings);
    Grants grants = new Grants(settings, storage, queues);
    for (Part part : Part.values()) {
      LogGroup log =
          LogGroup.Builder.create(scope, part.id() + "Log")
              .retention(Retention.of(settings.logDays()))
              .removalPolicy(RemovalPolicy.DESTROY)
              .build();
      Role role =
          Role.Builder.create(scope, part.id() + "Role")
              .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
              .description("Longshore: " + part.task())
              .build();
      grants.give(part, role, log);
      Function.Builder function =
          Function.Builder.create(scope, part.id())
              .description("Longshore: " + part.task())
              .runtime(Runtime.JAVA_25)
              .architecture(Architecture.X86_64)
              .handler(part.handler())
              .code(code)
              .memorySize(part.memoryMib())
              .timeout(Duration.seconds(part.timeoutSeconds()))
              .environment(environment)
              .role(role.withoutPolicyUpdates())
              .logGroup(log)
              // Work that is done in portions, and rounds that ask for the next, are no accident.
              .recursiveLoop(RecursiveLoop.ALLOW);
      functions.put(part, live(scope, part, function, settings.snapStart()));
    }
  }

  private static Alias live(
      Construct scope, Part part, Function.Builder builder, boolean snapStart) {
    // Nobody waits for what the audit log is told by.
    if (snapStart && part != Part.AUDIT) {
      builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
    }
    Function function = builder.build();
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "Its alias has a published version.");
    return Alias.Builder.create(scope, part.id() + "Live")
        .aliasName(ALIAS)
        .version(function.getCurrentVersion())
        .build();
  }

  /** What calls of this function go to. */
  Alias get(Part part) {
    return Objects.requireNonNull(functions.get(part));
  }

  private static Map<String, String> environment(
      Storage storage, Queues queues, StackSettings settings) {
    return Map.ofEntries(
        Map.entry("JAVA_TOOL_OPTIONS", FunctionSettings.JVM_OPTIONS),
        Map.entry(FunctionSettings.ACCOUNT, Aws.ACCOUNT_ID),
        Map.entry(FunctionSettings.STACK, Aws.STACK_NAME),
        Map.entry(FunctionSettings.TABLE, storage.table().getTableName()),
        Map.entry(FunctionSettings.SCHEDULER_QUEUE, queues.schedulerNudges().getQueueUrl()),
        Map.entry(FunctionSettings.CAPACITY_QUEUE, queues.capacityNudges().getQueueUrl()),
        Map.entry(FunctionSettings.WORK_QUEUE, queues.work().getQueueUrl()),
        Map.entry(FunctionSettings.REPAIR_QUEUE, queues.repairs().getQueueUrl()),
        Map.entry(FunctionSettings.TICK_QUEUE, queues.ticks().getQueueUrl()),
        Map.entry(FunctionSettings.EVENT_BUS, "default"),
        Map.entry(FunctionSettings.JOB_ROLES, RoleRules.text(settings)),
        Map.entry(FunctionSettings.RETENTION_DAYS, Integer.toString(settings.retentionDays())));
  }
}

package dev.longshore.functions.permission;

import dev.longshore.aws.settings.FunctionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskOverride;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;

/**
 * Which permissions AWS asks for when a request comes, by its Service Authorization Reference.
 * Their resources are in the words of the stack; what is none of the stack's own keeps its name,
 * and so is granted by no policy.
 */
public final class Needs {
  /** What a fleet's launch touches. */
  private static final List<String> LAUNCHED =
      List.of(
          "image",
          "instance",
          "launch-template",
          "network-interface",
          "security-group",
          "subnet",
          "volume");

  private final FunctionSettings settings;

  /**
   * In a stack.
   *
   * @param settings of its functions
   */
  public Needs(FunctionSettings settings) {
    this.settings = settings;
  }

  /** Those of a request. */
  public Set<Permission> of(SdkRequest request) {
    Set<Permission> needs = new TreeSet<>();
    String operation = operation(request);
    String[] packages = request.getClass().getPackageName().split("\\.", -1);
    String service = packages[packages.length - 2];
    switch (service) {
      case "dynamodb" -> table(operation, request, needs);
      // A batch of messages is no action of its own.
      case "sqs" ->
          needs.add(
              new Permission(
                  "sqs:" + operation.replace("Batch", ""), queue(text(request, "QueueUrl"))));
      case "eventbridge" -> bus(operation, (PutEventsRequest) request, needs);
      case "ecs" -> tasks(operation, request, needs);
      case "ec2" -> instances(operation, request, needs);
      default -> needs.add(new Permission(service + ":" + operation, "*"));
    }
    return needs;
  }

  private static String operation(SdkRequest request) {
    String name = request.getClass().getSimpleName();
    return name.substring(0, name.length() - "Request".length());
  }

  private static @Nullable String text(SdkRequest request, String member) {
    return request.getValueForField(member, String.class).orElse(null);
  }

  private void table(String operation, SdkRequest request, Set<Permission> needs) {
    switch (request) {
      case BatchGetItemRequest batch ->
          batch
              .requestItems()
              .keySet()
              .forEach(name -> needs.add(new Permission("dynamodb:BatchGetItem", table(name))));
      // Not an action of its own: each part is asked for.
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().forEach(item -> needs.addAll(part(item)));
      default -> {
        String index = text(request, "IndexName");
        String table = table(text(request, "TableName"));
        needs.add(
            new Permission("dynamodb:" + operation, index == null ? table : table + "/index"));
      }
    }
  }

  private List<Permission> part(TransactWriteItem item) {
    List<Permission> parts = new ArrayList<>();
    if (item.put() != null) {
      parts.add(new Permission("dynamodb:PutItem", table(item.put().tableName())));
    }
    if (item.update() != null) {
      parts.add(new Permission("dynamodb:UpdateItem", table(item.update().tableName())));
    }
    if (item.delete() != null) {
      parts.add(new Permission("dynamodb:DeleteItem", table(item.delete().tableName())));
    }
    if (item.conditionCheck() != null) {
      parts.add(
          new Permission("dynamodb:ConditionCheckItem", table(item.conditionCheck().tableName())));
    }
    return parts;
  }

  private String table(@Nullable String name) {
    return settings.table().equals(name) ? "table" : "table " + name;
  }

  private String queue(@Nullable String url) {
    return Map.of(
            settings.schedulerQueue(), "scheduler nudges",
            settings.capacityQueue(), "capacity nudges",
            settings.workQueue(), "work",
            settings.repairQueue(), "repairs",
            settings.tickQueue(), "ticks")
        .getOrDefault(String.valueOf(url), "queue " + url);
  }

  private void bus(String operation, PutEventsRequest request, Set<Permission> needs) {
    request
        .entries()
        .forEach(entry ->
            needs.add(
                new Permission(
                    "events:" + operation,
                    settings.eventBus().equals(entry.eventBusName())
                        ? "bus"
                        : "bus " + entry.eventBusName())));
  }

  private static void tasks(String operation, SdkRequest request, Set<Permission> needs) {
    String cluster = text(request, "cluster");
    String resource =
        switch (operation) {
          case "StopTask", "DescribeTasks" -> "task" + foreign(cluster);
          case "DeleteCluster", "DeregisterContainerInstance", "ListContainerInstances" ->
              "cluster" + foreign(cluster);
          case "DescribeContainerInstances" -> "container-instance" + foreign(cluster);
          // Of any container instance; a condition names the cluster.
          case "ListTasks" -> "*" + foreign(cluster);
          case "RunTask" -> "task-definition" + foreign(cluster);
          default -> "*";
        };
    needs.add(new Permission("ecs:" + operation, resource));
    switch (request) {
      case RunTaskRequest run -> {
        if (!run.tags().isEmpty()) {
          needs.add(new Permission("ecs:TagResource", "task"));
        }
        TaskOverride overrides = run.overrides();
        if (overrides != null) {
          pass(needs, "job role", overrides.taskRoleArn(), overrides.executionRoleArn());
        }
      }
      case RegisterTaskDefinitionRequest definition -> {
        pass(needs, "job role", definition.taskRoleArn(), definition.executionRoleArn());
        if (!definition.tags().isEmpty()) {
          needs.add(new Permission("ecs:TagResource", "task-definition"));
        }
      }
      default -> {}
    }
  }

  private static String foreign(@Nullable String cluster) {
    return cluster != null && cluster.contains("_Batch_") ? "" : " of " + cluster;
  }

  private static void pass(Set<Permission> needs, String role, @Nullable String... arns) {
    if (Stream.of(arns).anyMatch(arn -> arn != null)) {
      needs.add(new Permission("iam:PassRole", role));
    }
  }

  private static void instances(String operation, SdkRequest request, Set<Permission> needs) {
    String resource =
        switch (operation) {
          case "TerminateInstances" -> "instance";
          case "CreateLaunchTemplate", "CreateLaunchTemplateVersion", "DeleteLaunchTemplate" ->
              "launch-template";
          default -> "*";
        };
    needs.add(new Permission("ec2:" + operation, resource));
    switch (request) {
      case CreateFleetRequest fleet -> fleet(fleet, needs);
      case CreateLaunchTemplateRequest template -> {
        if (!template.tagSpecifications().isEmpty()) {
          needs.add(new Permission("ec2:CreateTags", "launch-template"));
        }
        launched(template.launchTemplateData(), needs);
      }
      case CreateLaunchTemplateVersionRequest version ->
          launched(version.launchTemplateData(), needs);
      default -> {}
    }
  }

  /** EC2 launches in the name of who asks for a fleet. */
  private static void fleet(CreateFleetRequest fleet, Set<Permission> needs) {
    LAUNCHED.forEach(each -> needs.add(new Permission("ec2:RunInstances", each)));
    fleet
        .tagSpecifications()
        .forEach(tags -> needs.add(new Permission("ec2:CreateTags", tags.resourceTypeAsString())));
    fleet.launchTemplateConfigs().stream()
        .flatMap(config -> config.overrides().stream())
        .filter(pool -> String.valueOf(pool.imageId()).startsWith("resolve:ssm:/aws/service/ecs/"))
        .forEach(_ -> needs.add(new Permission("ssm:GetParameters", "image parameter")));
  }

  /** What a launch from a template needs besides, of who launches. */
  private static void launched(RequestLaunchTemplateData data, Set<Permission> needs) {
    data.tagSpecifications()
        .forEach(tags ->
            needs.add(
                new Permission(
                    "ec2:CreateTags", tags.resourceTypeAsString().toLowerCase(Locale.ROOT))));
    if (data.iamInstanceProfile() != null) {
      needs.add(new Permission("iam:PassRole", "instance role"));
    }
    if (data.keyName() != null) {
      needs.add(new Permission("ec2:RunInstances", "key-pair"));
    }
    if (data.placement() != null && data.placement().groupName() != null) {
      needs.add(new Permission("ec2:RunInstances", "placement-group"));
    }
  }
}

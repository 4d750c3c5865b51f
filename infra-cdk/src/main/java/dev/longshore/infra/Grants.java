package dev.longshore.infra;

import dev.longshore.aws.dynamodb.TableLayout;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sqs.Queue;

/** What each function may do, and nothing else; why is in {@code docs/security.md}. */
final class Grants {
  private static final List<String> READ =
      List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");
  private static final List<String> WRITE = List.of("dynamodb:PutItem", "dynamodb:UpdateItem");

  private final StackSettings settings;
  private final Storage storage;
  private final Queues queues;

  Grants(StackSettings settings, Storage storage, Queues queues) {
    this.settings = settings;
    this.storage = storage;
    this.queues = queues;
  }

  void give(Part part, Role role, LogGroup log) {
    allow(
        role, List.of("logs:CreateLogStream", "logs:PutLogEvents"), List.of(log.getLogGroupArn()));
    items(part, role);
    switch (part) {
      case API -> {
        // A child that is stopped while its array waits: the page, while the parent is as it was.
        allow(role, List.of("dynamodb:ConditionCheckItem"), List.of(table()));
        send(role, queues.schedulerNudges());
      }
      case PROGRESS -> {
        stream(role, queues.progressFailures());
        send(role, queues.schedulerNudges(), queues.capacityNudges(), queues.work());
        send(role, queues.repairs());
        clusters(role);
      }
      case PUBLISH -> {
        stream(role, queues.publishFailures());
        send(role, queues.repairs());
        publish(role);
      }
      case SCHEDULER -> {
        receive(role, queues.schedulerNudges());
        send(role, queues.schedulerNudges(), queues.capacityNudges(), queues.work());
        starts(role);
      }
      case CAPACITY -> {
        receive(role, queues.capacityNudges());
        send(role, queues.schedulerNudges(), queues.capacityNudges());
        clusters(role);
        new InstanceGrants(settings, role).launch();
      }
      case OBSERVE -> {
        receive(role, queues.taskEvents());
        send(role, queues.schedulerNudges(), queues.capacityNudges(), queues.work());
      }
      case WORK -> {
        receive(role, queues.work());
        receive(role, queues.repairs());
        send(role, queues.schedulerNudges(), queues.capacityNudges(), queues.work());
        send(role, queues.repairs());
        publish(role);
        starts(role);
        looksAndStops(role);
        clusters(role);
      }
      case SWEEP -> {
        receive(role, queues.ticks());
        send(role, queues.schedulerNudges(), queues.capacityNudges(), queues.work());
        send(role, queues.ticks());
        looksAndStops(role);
        new InstanceGrants(settings, role).look();
      }
      case AUDIT -> {
        publish(role);
        send(role, queues.auditFailures());
      }
    }
    String reason = reason(part);
    if (!reason.isEmpty()) {
      Explained.wildcards(role, reason);
    }
  }

  /**
   * What is deleted belongs to the catalog and to hosts: jobs are forgotten by the table itself.
   */
  private void items(Part part, Role role) {
    switch (part) {
      case API, PROGRESS, CAPACITY, WORK -> {
        allow(role, READ, List.of(table()));
        allow(role, WRITE, List.of(table()));
        allow(role, List.of("dynamodb:DeleteItem"), List.of(table()));
      }
      case SCHEDULER, OBSERVE, SWEEP -> {
        allow(role, READ, List.of(table()));
        allow(role, WRITE, List.of(table()));
      }
      case PUBLISH -> allow(role, READ, List.of(table()));
      case AUDIT -> {}
    }
    // Lanes of queues.
    switch (part) {
      case API, PROGRESS, SCHEDULER, CAPACITY, WORK, SWEEP ->
          allow(role, List.of("dynamodb:Query"), List.of(table() + "/index/" + TableLayout.INDEX));
      case PUBLISH, OBSERVE, AUDIT -> {}
    }
  }

  /** Why there are wildcards among the resources; empty where there are none. */
  private static String reason(Part part) {
    String stream = "ListStreams has no resources.";
    String tasks =
        "Task definitions have names made from their content; tasks, instances and clusters are"
            + " those of compute environments, which have the mark _Batch_ in their names.";
    String hosts =
        " Calls that describe have no resources; what is launched has no name before; instances are"
            + " ended by the stack's tag only.";
    return switch (part) {
      case API, OBSERVE, AUDIT -> "";
      case PROGRESS -> stream + " " + tasks;
      case PUBLISH -> stream;
      case SCHEDULER, WORK -> tasks;
      case CAPACITY, SWEEP -> tasks + hosts;
    };
  }

  private String table() {
    return storage.table().getTableArn();
  }

  private static void send(Role role, Queue... queues) {
    allow(
        role,
        List.of("sqs:SendMessage"),
        List.of(queues).stream().map(Queue::getQueueArn).toList());
  }

  private static void publish(Role role) {
    allow(role, List.of("events:PutEvents"), List.of(arn("events", "event-bus/default")));
  }

  /** What Lambda's poller does in the function's name. */
  private static void receive(Role role, Queue queue) {
    allow(
        role,
        List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
        List.of(queue.getQueueArn()));
  }

  private void stream(Role role, Queue failures) {
    allow(
        role,
        List.of("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
        List.of(Objects.requireNonNull(storage.table().getTableStreamArn())));
    // Has no resources: it lists the streams of an account.
    allow(role, List.of("dynamodb:ListStreams"), List.of("*"));
    send(role, failures);
  }

  /** Starts on the clusters of compute environments, whose names have this mark. */
  private void starts(Role role) {
    allow(role, List.of("ecs:RegisterTaskDefinition", "ecs:DescribeTaskDefinition"), List.of("*"));
    allow(
        role,
        List.of("ecs:RunTask"),
        List.of(arn("ecs", "task-definition/longshore-*")),
        onClusters());
    allow(
        role,
        List.of("ecs:TagResource"),
        List.of(arn("ecs", "task/*_Batch_*")),
        Map.of("StringEquals", Map.of("ecs:CreateAction", "RunTask")));
    pass(role, settings.jobRoles(), "ecs-tasks.amazonaws.com");
    if (settings.emulator()) {
      allow(role, List.of("ecs:RunTask"), List.of(arn("ecs", "cluster/*_Batch_*")));
    }
  }

  /** What runs there, and its end. */
  private void looksAndStops(Role role) {
    allow(
        role, List.of("ecs:StopTask", "ecs:DescribeTasks"), List.of(arn("ecs", "task/*_Batch_*")));
    allow(role, List.of("ecs:ListTasks"), List.of("*"), onClusters());
    allow(role, List.of("ecs:ListContainerInstances"), List.of(arn("ecs", "cluster/*_Batch_*")));
    allow(
        role,
        List.of("ecs:DescribeContainerInstances"),
        List.of(arn("ecs", "container-instance/*_Batch_*")));
    if (settings.emulator()) {
      allow(
          role,
          List.of(
              "ecs:StopTask",
              "ecs:DescribeTasks",
              "ecs:ListTasks",
              "ecs:DescribeContainerInstances"),
          List.of(arn("ecs", "cluster/*_Batch_*")));
    }
  }

  /** The clusters themselves, one for each compute environment. */
  private void clusters(Role role) {
    allow(
        role,
        List.of(
            "ecs:DeleteCluster", "ecs:ListContainerInstances", "ecs:DeregisterContainerInstance"),
        List.of(arn("ecs", "cluster/*_Batch_*")));
    // Has no resources.
    allow(role, List.of("ecs:CreateCluster"), List.of("*"));
    linked(role, "ecs.amazonaws.com");
    // The template that instances of the environment start from goes with its cluster.
    allow(role, List.of("ec2:DescribeLaunchTemplateVersions"), List.of("*"));
    allow(
        role,
        List.of("ec2:DeleteLaunchTemplate"),
        List.of(arn("ec2", "launch-template/*")),
        InstanceGrants.OURS);
  }

  private Map<String, Map<String, String>> onClusters() {
    return Map.of("ArnLike", Map.of("ecs:cluster", arn("ecs", "cluster/*_Batch_*")));
  }

  /** Only roles that the person who deployed has named; none at all otherwise. */
  static void pass(Role role, List<String> roles, String service) {
    if (!roles.isEmpty()) {
      allow(
          role,
          List.of("iam:PassRole"),
          roles,
          Map.of("StringEquals", Map.of("iam:PassedToService", service)));
    }
  }

  /** AWS makes the role of a service itself, with its first use in an account. */
  static void linked(Role role, String service) {
    allow(
        role,
        List.of("iam:CreateServiceLinkedRole"),
        List.of(
            Fn.join(
                "",
                List.of(
                    "arn:",
                    Aws.PARTITION,
                    ":iam::",
                    Aws.ACCOUNT_ID,
                    ":role/aws-service-role/",
                    service,
                    "/*"))),
        Map.of("StringEquals", Map.of("iam:AWSServiceName", service)));
  }

  static String arn(String service, String resource) {
    return Fn.join(
        ":", List.of("arn", Aws.PARTITION, service, Aws.REGION, Aws.ACCOUNT_ID, resource));
  }

  static void allow(Role role, List<String> actions, List<String> resources) {
    allow(role, actions, resources, Map.of());
  }

  static void allow(
      Role role,
      List<String> actions,
      List<String> resources,
      Map<String, Map<String, String>> conditions) {
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(actions)
            .resources(resources)
            .conditions(conditions)
            .build());
  }
}

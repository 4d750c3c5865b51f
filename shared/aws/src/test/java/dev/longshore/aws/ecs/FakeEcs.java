package dev.longshore.aws.ecs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterContainsContainerInstancesException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** ECS as it is documented, in memory: tokens, constraints, failures, families and clusters. */
public final class FakeEcs implements EcsClient {
  private static final String ARN = "arn:aws:ecs:eu-west-1:111122223333:";

  public final List<RunTaskRequest> runs = new ArrayList<>();
  final List<RegisterTaskDefinitionRequest> registrations = new ArrayList<>();
  final Map<String, Integer> pages = new HashMap<>();

  /** Clusters and their container instances: ARN by EC2 instance ID. */
  public final Map<String, Map<String, String>> clusters = new TreeMap<>();

  /** What the next RunTask says instead of its answer, and after it did its work. */
  public final List<Supplier<RuntimeException>> before = new ArrayList<>();

  public final List<RuntimeException> after = new ArrayList<>();

  /** Why an instance refuses; none when absent. */
  final Map<String, Failure> refusals = new HashMap<>();

  /** Instances whose agent is not connected. */
  public final List<String> silent = new ArrayList<>();

  private final Map<String, RunTaskRequest> tokens = new HashMap<>();
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Map<String, TaskDefinition> definitions = new LinkedHashMap<>();

  /** A container instance joins a cluster. */
  public FakeEcs join(String cluster, String instance) {
    clusters
        .computeIfAbsent(cluster, _ -> new TreeMap<>())
        .put(instance, ARN + "container-instance/" + cluster + "/ci" + instance.substring(2));
    return this;
  }

  static EcsException error(String code, String message) {
    return (EcsException)
        EcsException.builder()
            .message(message)
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }

  private static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
  }

  @Override
  public RunTaskResponse runTask(RunTaskRequest request) {
    runs.add(request);
    if (!before.isEmpty()) {
      throw before.removeFirst().get();
    }
    RunTaskResponse response = run(request);
    if (!after.isEmpty()) {
      throw after.removeFirst();
    }
    return response;
  }

  private RunTaskResponse run(RunTaskRequest request) {
    Map<String, String> instances = clusters.get(request.cluster());
    if (instances == null) {
      throw ClusterNotFoundException.builder()
          .awsErrorDetails(details("ClusterNotFoundException", "Cluster not found."))
          .build();
    }
    String token = request.cluster() + " " + request.clientToken();
    RunTaskRequest earlier = tokens.get(token);
    if (earlier != null && !earlier.equals(request)) {
      throw ConflictException.builder()
          .awsErrorDetails(details("ConflictException", "The token was used."))
          .build();
    }
    if (earlier != null) {
      return RunTaskResponse.builder().tasks(tasks.get(token)).build();
    }
    TaskDefinition definition = definitions.get(request.taskDefinition());
    if (definition == null || definition.status() != TaskDefinitionStatus.ACTIVE) {
      throw ClientException.builder()
          .awsErrorDetails(details("ClientException", "TaskDefinition is inactive"))
          .build();
    }
    String instance =
        request.placementConstraints().getFirst().expression().replace("ec2InstanceId == ", "");
    if (instances.isEmpty()) {
      throw InvalidParameterException.builder()
          .awsErrorDetails(
              details(
                  "InvalidParameterException",
                  "No Container Instances were found in your cluster."))
          .build();
    }
    Failure failure =
        instances.containsKey(instance)
            ? refusals.get(instance)
            : Failure.builder().reason("MemberOf constraint unsatisfied.").build();
    if (failure != null) {
      return RunTaskResponse.builder().failures(failure).build();
    }
    Task task =
        Task.builder()
            .taskArn(ARN + "task/" + request.cluster() + "/" + "t%031d".formatted(tasks.size()))
            .containerInstanceArn(instances.get(instance))
            .startedBy(request.startedBy())
            .lastStatus("RUNNING")
            .desiredStatus("RUNNING")
            .attachments(
                Attachment.builder()
                    .details(
                        List.of(
                            KeyValuePair.builder()
                                .name("privateIPv4Address")
                                .value("10.0.0.7")
                                .build()))
                    .build())
            .build();
    tokens.put(token, request);
    tasks.put(token, task);
    return RunTaskResponse.builder().tasks(task).build();
  }

  @Override
  public StopTaskResponse stopTask(StopTaskRequest request) {
    for (Map.Entry<String, Task> entry : tasks.entrySet()) {
      if (entry.getValue().taskArn().endsWith("/" + request.task())) {
        entry.setValue(
            entry.getValue().toBuilder()
                .lastStatus("STOPPED")
                .desiredStatus("STOPPED")
                .stoppedReason(request.reason())
                .build());
        return StopTaskResponse.builder().task(entry.getValue()).build();
      }
    }
    throw InvalidParameterException.builder()
        .awsErrorDetails(details("InvalidParameterException", "The referenced task was not found."))
        .build();
  }

  @Override
  public ListTasksResponse listTasks(ListTasksRequest request) {
    pages.merge("listTasks", 1, Integer::sum);
    String desired =
        (request.desiredStatus() == null ? DesiredStatus.RUNNING : request.desiredStatus())
            .toString();
    List<String> arns = new ArrayList<>();
    for (Task task : tasks.values()) {
      if (task.taskArn().contains(request.cluster())
          && task.desiredStatus().equals(desired)
          && isNullOr(request.startedBy(), task.startedBy())
          && isNullOr(request.containerInstance(), task.containerInstanceArn())) {
        arns.add(task.taskArn());
      }
    }
    // One to a page, so that whoever reads the first page only is found out.
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(arns.size(), from + 1);
    return ListTasksResponse.builder()
        .taskArns(arns.subList(from, to))
        .nextToken(to < arns.size() ? Integer.toString(to) : null)
        .build();
  }

  private static boolean isNullOr(@Nullable String filter, String value) {
    return filter == null || filter.equals(value);
  }

  @Override
  public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
    return DescribeTasksResponse.builder()
        .tasks(
            tasks.values().stream()
                .filter(task ->
                    request.tasks().contains(task.taskArn())
                        || request.tasks().contains(TaskListing.lastPart(task.taskArn())))
                .toList())
        .build();
  }

  @Override
  public ListContainerInstancesResponse listContainerInstances(
      ListContainerInstancesRequest request) {
    pages.merge("listContainerInstances", 1, Integer::sum);
    Map<String, String> instances = clusters.getOrDefault(request.cluster(), Map.of());
    String filter = request.filter();
    return ListContainerInstancesResponse.builder()
        .containerInstanceArns(
            instances.entrySet().stream()
                .filter(each ->
                    filter == null
                        || filter.endsWith("== " + each.getKey())
                        || (filter.equals("agentConnected == false")
                            && silent.contains(each.getKey())))
                .map(Map.Entry::getValue)
                .toList())
        .build();
  }

  @Override
  public DescribeContainerInstancesResponse describeContainerInstances(
      DescribeContainerInstancesRequest request) {
    List<ContainerInstance> found = new ArrayList<>();
    clusters
        .getOrDefault(request.cluster(), Map.of())
        .forEach((instance, arn) -> {
          if (request.containerInstances().contains(arn)) {
            found.add(
                ContainerInstance.builder()
                    .ec2InstanceId(instance)
                    .agentConnected(!silent.contains(instance))
                    .build());
          }
        });
    return DescribeContainerInstancesResponse.builder().containerInstances(found).build();
  }

  @Override
  public RegisterTaskDefinitionResponse registerTaskDefinition(
      RegisterTaskDefinitionRequest request) {
    registrations.add(request);
    String family = request.family() + ":";
    int revision =
        1 + (int) definitions.keySet().stream().filter(name -> name.startsWith(family)).count();
    TaskDefinition definition =
        TaskDefinition.builder()
            .family(request.family())
            .revision(revision)
            .containerDefinitions(request.containerDefinitions())
            .status(TaskDefinitionStatus.ACTIVE)
            .build();
    definitions.put(family + revision, definition);
    return RegisterTaskDefinitionResponse.builder().taskDefinition(definition).build();
  }

  @Override
  public DescribeTaskDefinitionResponse describeTaskDefinition(
      DescribeTaskDefinitionRequest request) {
    TaskDefinition newest = null;
    for (TaskDefinition each : definitions.values()) {
      if (each.family().equals(request.taskDefinition())
          && each.status() == TaskDefinitionStatus.ACTIVE) {
        newest = each;
      }
    }
    if (newest == null) {
      throw ClientException.builder()
          .awsErrorDetails(details("ClientException", "Unable to describe task definition."))
          .build();
    }
    return DescribeTaskDefinitionResponse.builder().taskDefinition(newest).build();
  }

  /** Somebody deregisters all task definitions. */
  void deregisterAll() {
    definitions.replaceAll(
        (_, each) -> each.toBuilder().status(TaskDefinitionStatus.INACTIVE).build());
  }

  @Override
  public CreateClusterResponse createCluster(CreateClusterRequest request) {
    clusters.computeIfAbsent(request.clusterName(), _ -> new TreeMap<>());
    return CreateClusterResponse.builder().build();
  }

  @Override
  public DeregisterContainerInstanceResponse deregisterContainerInstance(
      DeregisterContainerInstanceRequest request) {
    clusters
        .getOrDefault(request.cluster(), new TreeMap<>())
        .values()
        .remove(request.containerInstance());
    return DeregisterContainerInstanceResponse.builder().build();
  }

  @Override
  public DeleteClusterResponse deleteCluster(DeleteClusterRequest request) {
    Map<String, String> instances = clusters.get(request.cluster());
    if (instances == null) {
      throw ClusterNotFoundException.builder().build();
    }
    if (!instances.isEmpty()) {
      throw ClusterContainsContainerInstancesException.builder().build();
    }
    clusters.remove(request.cluster());
    return DeleteClusterResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "ecs";
  }

  @Override
  public void close() {}
}

package dev.longshore.functions.lambda;

import dev.longshore.aws.ec2.FakeEc2;
import dev.longshore.aws.ecs.FakeEcs;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * The agents on the instances of one environment: they register, run tasks and end them, and all of
 * it is told by events of EventBridge.
 */
final class EcsAgents {
  private static final String ARN = "arn:aws:ecs:eu-west-1:111122223333:";

  private final FakeEcs ecs;
  private final FakeEc2 ec2;
  private final String cluster;
  private final InstantSource clock;

  /** How a task ends; null while it runs. */
  private Function<AttemptKey, @Nullable Integer> ends = _ -> 0;

  /** What was told already: an instance or a task, and what of it. */
  private final Set<String> told = new HashSet<>();

  private boolean silent;

  EcsAgents(FakeEcs ecs, FakeEc2 ec2, String environment, InstantSource clock) {
    this.ecs = ecs;
    this.ec2 = ec2;
    this.cluster = ComputeEnvironment.clusterOf(environment);
    this.clock = clock;
  }

  /** From now on tasks end with these exit codes; those with none run on. */
  void ending(Function<AttemptKey, @Nullable Integer> codes) {
    this.ends = codes;
  }

  /** Nothing is told until {@link #speak}. */
  void silence() {
    silent = true;
  }

  void speak() {
    silent = false;
  }

  /** What there is to tell now. */
  List<String> reports() {
    if (silent) {
      return List.of();
    }
    List<String> reports = new ArrayList<>();
    for (Instance instance : instances()) {
      String id = instance.instanceId();
      if (ec2.terminated.contains(id)) {
        tell(reports, id + " gone", instance(id, false, "INACTIVE"));
        tell(reports, id + " terminated", terminated(id));
      } else if (told.add(id + " joined")) {
        ecs.join(cluster, id);
        reports.add(instance(id, true, "ACTIVE"));
      }
    }
    for (Task task : tasks()) {
      AttemptKey attempt = AttemptKey.parse(task.startedBy()).orElseThrow();
      Integer code = ends.apply(attempt);
      if (told.add(task.taskArn() + " running")) {
        reports.add(task(task, "\"lastStatus\":\"RUNNING\""));
      } else if (task.lastStatus().equals("STOPPED")) {
        tell(reports, task.taskArn() + " stopped", stopped(task, "UserInitiated", 137));
      } else if (code != null) {
        ecs.stopTask(stop -> stop.cluster(cluster).task(lastPart(task.taskArn())));
        tell(reports, task.taskArn() + " stopped", stopped(task, "EssentialContainerExited", code));
      }
    }
    return reports;
  }

  /** No task that is there comes to run: its end is all that is told of it. */
  List<String> failedStarts() {
    List<String> reports = new ArrayList<>();
    for (Task task : tasks()) {
      told.add(task.taskArn() + " running");
      ecs.stopTask(stop -> stop.cluster(cluster).task(lastPart(task.taskArn())));
      String end =
          """
          "lastStatus":"STOPPED","stopCode":"TaskFailedToStart","stoppedAt":"%s","containers":[{}]\
          """
              .formatted(now());
      tell(reports, task.taskArn() + " stopped", task(task, end));
    }
    return reports;
  }

  /** The agents of all instances lose contact and find it again. */
  List<String> reconnects() {
    return running().stream()
        .flatMap(id -> Stream.of(instance(id, false, "ACTIVE"), instance(id, true, "ACTIVE")))
        .toList();
  }

  /** Spot capacity is taken back: all instances end in two minutes; what EC2 says of it. */
  List<String> warnings() {
    return running().stream()
        .map(id ->
            """
            {"detail-type":"EC2 Spot Instance Interruption Warning","source":"aws.ec2",
             "time":"%s","detail":{"instance-id":"%s","instance-action":"terminate"}}\
            """
                .formatted(now(), id))
        .toList();
  }

  /** Somebody ends all instances; what EC2 says of it. */
  List<String> ended() {
    List<String> ids = running();
    ids.forEach(id -> ec2.terminateInstances(terminate -> terminate.instanceIds(id)));
    return ids.stream().map(EcsAgents::terminated).toList();
  }

  /** IDs of the instances that were not terminated. */
  List<String> running() {
    return instances().stream()
        .map(Instance::instanceId)
        .filter(id -> !ec2.terminated.contains(id))
        .toList();
  }

  /** All tasks that there ever were. */
  List<Task> tasks() {
    List<String> arns = new ArrayList<>();
    for (DesiredStatus status : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
      ecs.listTasksPaginator(list -> list.cluster(cluster).desiredStatus(status))
          .taskArns()
          .forEach(arns::add);
    }
    return ecs.describeTasks(describe -> describe.cluster(cluster).tasks(arns)).tasks();
  }

  private List<Instance> instances() {
    List<Instance> instances = new ArrayList<>();
    ec2.describeInstancesPaginator(_ -> {})
        .reservations()
        .forEach(it -> instances.addAll(it.instances()));
    return instances;
  }

  private void tell(List<String> reports, String what, String report) {
    if (told.add(what)) {
      reports.add(report);
    }
  }

  private String stopped(Task task, String code, int exitCode) {
    String reason = task.stoppedReason();
    return task(
        task,
        """
        "lastStatus":"STOPPED","stopCode":"%s","stoppedAt":"%s","containers":[{"exitCode":%d}]%s\
        """
            .formatted(
                code,
                now(),
                exitCode,
                reason == null ? "" : ",\"stoppedReason\":\"" + reason + "\""));
  }

  private String task(Task task, String more) {
    return """
    {"detail-type":"ECS Task State Change","detail":{"clusterArn":"%s","taskArn":"%s",
     "containerInstanceArn":"%s","startedBy":"%s","startedAt":"%s",%s}}\
    """
        .formatted(
            ARN + "cluster/" + cluster,
            task.taskArn(),
            task.containerInstanceArn(),
            task.startedBy(),
            now(),
            more);
  }

  private String instance(String id, boolean connected, String status) {
    return """
    {"detail-type":"ECS Container Instance State Change","time":"%s","detail":{"clusterArn":"%s",
     "agentConnected":%s,"status":"%s","ec2InstanceId":"%s","containerInstanceArn":"%s",
     "attributes":[{"name":"ecs.instance-type","value":"m5.large"}],
     "registeredResources":[{"name":"CPU","integerValue":2048},
      {"name":"MEMORY","integerValue":7680}]}}\
    """
        .formatted(
            now(),
            ARN + "cluster/" + cluster,
            connected,
            status,
            id,
            ARN + "container-instance/" + cluster + "/ci" + id.substring(2));
  }

  private static String terminated(String id) {
    return """
    {"detail-type":"EC2 Instance State-change Notification","source":"aws.ec2",
     "detail":{"instance-id":"%s","state":"terminated"}}\
    """
        .formatted(id);
  }

  private Instant now() {
    return clock.instant();
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}

package dev.longshore.aws.ecs;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.TaskRunner.KnownTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** What ECS knows of tasks. Its listings lag by seconds; who asks takes that into account. */
final class TaskListing {
  private static final int DESCRIBED_AT_ONCE = 100;

  private final EcsClient ecs;

  /** Never changes for an instance, so it need not be asked twice. */
  private final Map<HostId, String> containerInstances = new ConcurrentHashMap<>();

  TaskListing(EcsClient ecs) {
    this.ecs = ecs;
  }

  /** Tasks of an attempt, stopped ones included while ECS remembers them. */
  List<KnownTask> of(AttemptKey attempt, HostId host) {
    String cluster = ComputeEnvironment.clusterOf(host.environment());
    List<String> arns = new ArrayList<>();
    for (DesiredStatus desired : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
      arns.addAll(list(cluster, list -> list.startedBy(attempt.text()).desiredStatus(desired)));
    }
    return describe(cluster, arns).stream()
        .map(task -> new KnownTask(attempt, host, lastPart(task.taskArn()), isRunning(task)))
        .toList();
  }

  /** Tasks on a host that carry one of our keys and have not stopped. */
  List<KnownTask> on(HostId host) {
    String cluster = ComputeEnvironment.clusterOf(host.environment());
    String containerInstance = containerInstance(cluster, host);
    if (containerInstance == null) {
      return List.of();
    }
    List<KnownTask> known = new ArrayList<>();
    for (Task task :
        describe(cluster, list(cluster, list -> list.containerInstance(containerInstance)))) {
      AttemptKey.parse(task.startedBy() == null ? "" : task.startedBy())
          .filter(_ -> isRunning(task))
          .ifPresent(key -> known.add(new KnownTask(key, host, lastPart(task.taskArn()), true)));
    }
    return known;
  }

  /** Hosts whose agent is not connected. */
  Set<HostId> unreachable(String environment) {
    String cluster = ComputeEnvironment.clusterOf(environment);
    Set<HostId> hosts = new TreeSet<>();
    try {
      List<String> arns =
          ecs
              .listContainerInstancesPaginator(
                  list -> list.cluster(cluster).filter("agentConnected == false"))
              .containerInstanceArns()
              .stream()
              .toList();
      for (int from = 0; from < arns.size(); from += DESCRIBED_AT_ONCE) {
        List<String> some = arns.subList(from, Math.min(from + DESCRIBED_AT_ONCE, arns.size()));
        ecs
            .describeContainerInstances(each -> each.cluster(cluster).containerInstances(some))
            .containerInstances()
            .stream()
            .filter(found -> !Boolean.TRUE.equals(found.agentConnected()))
            .forEach(found -> hosts.add(new HostId(environment, found.ec2InstanceId())));
      }
    } catch (ClusterNotFoundException gone) {
      return Set.of();
    }
    return hosts;
  }

  /** The address of the network interface of a task that runs. */
  Optional<String> address(String cluster, String task) {
    return describe(cluster, List.of(task)).stream()
        .filter(TaskListing::isRunning)
        .flatMap(found -> found.attachments().stream())
        .map(Attachment::details)
        .flatMap(List::stream)
        .filter(detail -> detail.name().equals("privateIPv4Address"))
        .map(KeyValuePair::value)
        .findFirst();
  }

  private @Nullable String containerInstance(String cluster, HostId host) {
    String known = containerInstances.get(host);
    if (known != null) {
      return known;
    }
    try {
      List<String> found =
          ecs.listContainerInstances(
                  list -> list.cluster(cluster).filter("ec2InstanceId == " + host.instance()))
              .containerInstanceArns();
      if (found.isEmpty()) {
        return null;
      }
      containerInstances.put(host, found.getFirst());
      return found.getFirst();
    } catch (ClusterNotFoundException gone) {
      return null;
    }
  }

  private List<String> list(String cluster, Consumer<ListTasksRequest.Builder> filter) {
    List<String> arns = new ArrayList<>();
    String next = null;
    try {
      do {
        String from = next;
        ListTasksResponse page =
            ecs.listTasks(list -> {
              filter.accept(list);
              list.cluster(cluster).nextToken(from);
            });
        arns.addAll(page.taskArns());
        next = page.nextToken();
      } while (next != null);
    } catch (ClusterNotFoundException gone) {
      return List.of();
    }
    return arns;
  }

  private List<Task> describe(String cluster, List<String> tasks) {
    List<Task> described = new ArrayList<>();
    for (int from = 0; from < tasks.size(); from += DESCRIBED_AT_ONCE) {
      List<String> some = tasks.subList(from, Math.min(from + DESCRIBED_AT_ONCE, tasks.size()));
      described.addAll(ecs.describeTasks(each -> each.cluster(cluster).tasks(some)).tasks());
    }
    return described;
  }

  private static boolean isRunning(Task task) {
    return !task.lastStatus().equals("STOPPED");
  }

  static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}

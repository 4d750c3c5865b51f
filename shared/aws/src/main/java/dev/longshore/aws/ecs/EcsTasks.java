package dev.longshore.aws.ecs;

import dev.longshore.aws.pacing.Pace;
import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.port.TaskRunner;
import dev.longshore.core.validation.ClientFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/**
 * Tasks on ECS container instances ({@code data-model} 4). A start is one RunTask that is pinned to
 * the host and has the attempt's key as its client token, so that ECS makes one task of all
 * repetitions.
 */
public final class EcsTasks implements TaskRunner {
  private static final Logger LOG = System.getLogger(EcsTasks.class.getName());

  /** ECS allows 40 starts and stops a second in an account ({@code batch-semantics} 20.1). */
  private static final Duration MOST_WAIT = Duration.ofSeconds(5);

  private final EcsClient ecs;
  private final TaskRequests requests;
  private final TaskDefinitions definitions;
  private final TaskListing listing;
  private final Pace pace;

  /**
   * Tasks of one account and region.
   *
   * @param ecs answers within bounded time
   * @param catalog knows the network of environments, for multi-node jobs
   * @param memory which task definitions were registered
   * @param region where logs go
   * @param pace of starts and stops, below 40 a second
   * @param registrations pace of new task definitions, at most one a second
   */
  public EcsTasks(
      EcsClient ecs,
      CatalogStore catalog,
      DefinitionMemory memory,
      String region,
      Pace pace,
      Pace registrations) {
    this.ecs = ecs;
    this.requests = new TaskRequests(new TaskBody(region), catalog);
    this.definitions = new TaskDefinitions(ecs, memory, registrations);
    this.listing = new TaskListing(ecs);
    this.pace = pace;
  }

  @Override
  public StartAnswer start(Start start) {
    try {
      String mainAddress = null;
      if (start.main() != null) {
        mainAddress = addressOf(start.main()).orElse(null);
        if (mainAddress == null) {
          return new StartAnswer.Unknown("the main node does not run");
        }
      }
      return start(requests.of(start, mainAddress), start);
    } catch (ClientFault fault) {
      return new StartAnswer.Unstartable(String.valueOf(fault.getMessage()));
    } catch (SdkException e) {
      StartAnswer answer = EcsErrors.start(e);
      if (answer instanceof StartAnswer.Unknown) {
        // Jobs are told of all other answers.
        LOG.log(Level.WARNING, "job " + start.job().key() + " may not have been started", e);
      }
      return answer;
    }
  }

  private StartAnswer start(TaskRequests.TaskRequest request, Start start) {
    Optional<TaskDefinitions.Registered> registered =
        definitions.of(start.definition().id(), request.definition());
    if (registered.isEmpty()) {
      return new StartAnswer.Unknown("ECS takes one new task definition a second");
    }
    try {
      return run(request, registered.get());
    } catch (SdkException e) {
      if (EcsErrors.meaning(e) != EcsErrors.Meaning.DEFINITION_GONE) {
        throw e;
      }
      // The call was refused, so no task has its token.
      return definitions
          .instead(registered.get(), request.definition())
          .map(another -> run(request, another))
          .orElseGet(() -> new StartAnswer.Unknown("ECS takes one new task definition a second"));
    }
  }

  private StartAnswer run(TaskRequests.TaskRequest request, TaskDefinitions.Registered registered) {
    if (!pace.take(MOST_WAIT)) {
      return new StartAnswer.Unknown("ECS takes 40 starts and stops a second");
    }
    RunTaskResponse answer =
        ecs.runTask(request.run().toBuilder().taskDefinition(registered.name()).build());
    if (!answer.tasks().isEmpty()) {
      return new StartAnswer.Accepted();
    }
    return new StartAnswer.Refused(
        answer.failures().stream()
            .map(EcsTasks::words)
            .distinct()
            .collect(Collectors.joining(" ")));
  }

  private static String words(Failure failure) {
    String why =
        switch (String.valueOf(failure.reason())) {
          case "AGENT" -> "AGENT: the ECS agent of the instance is not connected.";
          case "ATTRIBUTE" -> "ATTRIBUTE: the instance lacks something that the job needs.";
          case "INACTIVE" -> "INACTIVE: the instance has left the cluster.";
          case "MISSING" -> "MISSING: there is no such instance in the cluster.";
          default -> failure.reason() + (failure.detail() == null ? "" : ":");
        };
    return failure.detail() == null ? why : why + " " + failure.detail();
  }

  /** Where the main node of a multi-node job is reached. */
  private Optional<String> addressOf(Job main) {
    String cluster =
        ComputeEnvironment.clusterOf(main.dispatch().orElseThrow().host().environment());
    return main.task().flatMap(task -> listing.address(cluster, task));
  }

  @Override
  public void stop(AttemptKey attempt, HostId host, @Nullable String task, String reason) {
    List<String> tasks =
        task != null
            ? List.of(task)
            : tasks(attempt, host).stream()
                .filter(KnownTask::running)
                .map(KnownTask::task)
                .toList();
    String cluster = ComputeEnvironment.clusterOf(host.environment());
    for (String each : tasks) {
      if (!pace.take(MOST_WAIT)) {
        throw new StoreException(
            "ECS takes 40 starts and stops a second", new IllegalStateException("paced"));
      }
      asking(() -> {
        try {
          return ecs.stopTask(stop -> stop.cluster(cluster).task(each).reason(shortened(reason)));
        } catch (ClusterNotFoundException | InvalidParameterException gone) {
          // "The referenced task was not found": it stopped more than an hour ago, or never was.
          return gone;
        }
      });
    }
  }

  @Override
  public List<KnownTask> tasks(AttemptKey attempt, HostId host) {
    return asking(() -> listing.of(attempt, host));
  }

  @Override
  public List<KnownTask> running(HostId host) {
    return asking(() -> listing.on(host));
  }

  @Override
  public Set<HostId> unreachable(String environment) {
    return asking(() -> listing.unreachable(environment));
  }

  private static <T> T asking(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new StoreException("ECS did not answer: " + e.getMessage(), e);
    }
  }

  /** ECS keeps 1,024 characters. */
  private static String shortened(String reason) {
    int most = 1024;
    return reason.length() <= most ? reason : reason.substring(0, most);
  }
}

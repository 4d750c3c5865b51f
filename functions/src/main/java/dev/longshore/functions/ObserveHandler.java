package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.longshore.aws.ec2.InstanceEvents;
import dev.longshore.aws.ecs.TaskEvents;
import dev.longshore.core.model.HostId;
import dev.longshore.core.usecase.Observation;
import dev.longshore.core.usecase.Observe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes in a batch of EventBridge events of ECS and EC2. The batch is one call, so that the reports
 * of a quick job become one write; when it fails, each message is tried alone.
 */
public final class ObserveHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Observe observe;
  private final TaskEvents tasks;
  private final InstanceEvents instances;

  public ObserveHandler(Observe observe, TaskEvents tasks, InstanceEvents instances) {
    this.observe = observe;
    this.tasks = tasks;
    this.instances = instances;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    try {
      observe(event.getRecords());
      return new SQSBatchResponse(List.of());
    } catch (RuntimeException someFailed) {
      return Messages.each(event, message -> observe(List.of(message)));
    }
  }

  private void observe(List<SQSMessage> messages) {
    List<Observation> observations = new ArrayList<>();
    for (SQSMessage message : messages) {
      tasks
          .read(message.getBody())
          .or(() -> instances.read(message.getBody()))
          .ifPresent(observations::add);
    }
    forgetBriefLosses(observations);
    observe.on(observations);
  }

  /**
   * Agents reconnect several times an hour. A host that is back within the batch was never away,
   * and an idle stack has nothing to look at later.
   */
  private static void forgetBriefLosses(List<Observation> observations) {
    Set<HostId> back = new HashSet<>();
    for (Observation observation : observations) {
      if (observation instanceof Observation.HostActive active) {
        back.add(active.host());
      }
    }
    observations.removeIf(
        it -> it instanceof Observation.HostUnreachable(HostId host) && back.contains(host));
  }
}

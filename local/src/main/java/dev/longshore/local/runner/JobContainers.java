package dev.longshore.local.runner;

import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.port.TaskRunner.Start;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.local.logs.LogName;
import dev.longshore.wire.jobs.EffectiveContainer;
import dev.longshore.wire.jobs.EffectiveTask;
import dev.longshore.wire.jobs.JobEnvironment;
import dev.longshore.wire.jobs.LogStreams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what to run from the stored documents of a job and its definition. */
public final class JobContainers implements Containers {
  @Override
  public Plan plan(Start start, String task, @Nullable String mainAddress) {
    Job job = start.job();
    Dispatch dispatch = job.dispatch().orElseThrow();
    EffectiveTask effective;
    try {
      effective = EffectiveTask.of(start.definition(), start.document(), job.key());
    } catch (ClientFault e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    Map<String, String> ofService =
        JobEnvironment.of(job.key(), job.spec(), dispatch.attempt(), dispatch.host().environment());
    if (mainAddress != null) {
      ofService.put(JobEnvironment.MAIN_ADDRESS, mainAddress);
    }
    List<Part> parts = new ArrayList<>();
    for (EffectiveTask.Part part : effective.parts()) {
      parts.add(part(start, part, task, ofService));
    }
    return new Plan(parts);
  }

  private static Part part(
      Start start, EffectiveTask.Part part, String task, Map<String, String> ofService) {
    EffectiveContainer container = part.container();
    Map<String, String> environment = new LinkedHashMap<>(container.environment());
    environment.putAll(ofService);
    LogName log =
        new LogName(
            LogStreams.group(container), LogStreams.name(start.definition().id(), part, task));
    List<Wait> after =
        part.dependsOn().stream()
            .map(each -> new Wait(each.containerName(), Condition.valueOf(each.condition())))
            .toList();
    return new Part(
        part.name(),
        part.essential(),
        after,
        new Container(
            container.properties().image(),
            container.properties().command(),
            environment,
            container.shape(),
            DockerOptions.of(container.properties(), task)),
        log);
  }
}

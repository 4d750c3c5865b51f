package dev.longshore.local.runner;

import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.port.TaskRunner.Start;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.local.logs.LogName;
import dev.longshore.wire.jobs.EffectiveContainer;
import dev.longshore.wire.jobs.JobEnvironment;
import dev.longshore.wire.jobs.LogStreams;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says what to run from the stored documents of a job and its definition. */
public final class JobContainers implements Containers {
  @Override
  public Plan plan(Start start, String task) {
    Job job = start.job();
    Dispatch dispatch = job.dispatch().orElseThrow();
    EffectiveContainer container;
    try {
      container = EffectiveContainer.of(start.definition(), start.document());
    } catch (ClientFault e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    Map<String, String> environment = new LinkedHashMap<>(container.environment());
    environment.putAll(
        JobEnvironment.of(
            job.key(), job.spec(), dispatch.attempt(), dispatch.host().environment()));
    LogName log =
        new LogName(
            LogStreams.group(container), LogStreams.name(start.definition().id(), container, task));
    return new Plan(
        new Container(
            container.properties().image(),
            container.properties().command(),
            environment,
            job.spec().shape(),
            DockerOptions.of(container.properties())),
        log);
  }
}

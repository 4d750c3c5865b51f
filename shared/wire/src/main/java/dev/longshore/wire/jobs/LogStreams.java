package dev.longshore.wire.jobs;

import dev.longshore.core.model.DefinitionId;
import java.util.Map;
import software.amazon.awssdk.services.batch.model.LogConfiguration;

/** Where a job's output goes ({@code batch-semantics} 12.6). */
public final class LogStreams {
  /** The group of all jobs that name no other. */
  public static final String GROUP = "/aws/batch/job";

  /** Name of the one container of a job with {@code containerProperties}. */
  public static final String CONTAINER = "default";

  private static final int PREFIX_MAX = 200;

  private LogStreams() {}

  /**
   * Stream of one container of one attempt: {@code <prefix>/<container>/<task>}.
   *
   * @param part the container
   * @param task ECS task ID
   */
  public static String name(DefinitionId definition, EffectiveTask.Part part, String task) {
    EffectiveContainer container = part.container();
    String name = definition.name();
    String prefix =
        options(container)
            .getOrDefault(
                "awslogs-stream-prefix", name.substring(0, Math.min(PREFIX_MAX, name.length())));
    return prefix + "/" + part.name() + "/" + task;
  }

  /** The log group. */
  public static String group(EffectiveContainer container) {
    return options(container).getOrDefault("awslogs-group", GROUP);
  }

  private static Map<String, String> options(EffectiveContainer container) {
    LogConfiguration configuration = container.properties().logConfiguration();
    return configuration == null ? Map.of() : configuration.options();
  }
}

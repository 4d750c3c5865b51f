package dev.longshore.local.runner;

import dev.longshore.core.model.Shape;
import java.util.List;
import java.util.Map;

/**
 * What a task runs.
 *
 * @param image container image; processes ignore it
 * @param command program and arguments; empty for the image's own
 * @param environment the whole environment of the job
 * @param shape vCPUs, MiB and GPUs
 * @param options flags of {@code docker run} for all the rest; processes ignore them
 */
public record Container(
    String image,
    List<String> command,
    Map<String, String> environment,
    Shape shape,
    List<String> options) {
  public Container {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    options = List.copyOf(options);
  }
}

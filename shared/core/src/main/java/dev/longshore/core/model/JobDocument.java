package dev.longshore.core.model;

import java.util.Map;

/**
 * What was submitted and the engine does not decide on. The core carries it and never looks into
 * it.
 *
 * @param json the submission's own members (overrides, parameters, dependsOn …) as the wire module
 *     wrote them
 * @param tags the job's tags
 */
public record JobDocument(String json, Map<String, String> tags) {
  public JobDocument {
    tags = Map.copyOf(tags);
  }
}

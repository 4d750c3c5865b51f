package dev.longshore.wire.jobs;

import dev.longshore.core.model.JobDocument;
import dev.longshore.wire.codec.WireJson;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** The tags that a job's task gets when {@code propagateTags} says so. */
public final class PropagatedTags {
  private PropagatedTags() {}

  /** In the order of their keys; those of the job win over those of its definition. */
  public static Map<String, String> of(
      dev.longshore.core.model.JobDefinition definition, JobDocument submission) {
    Map<String, String> tags = new TreeMap<>();
    if (isAsked(
        WireJson.read(definition.document(), JobDefinition.builder()),
        WireJson.read(submission.json(), SubmitJobRequest.builder()))) {
      tags.putAll(definition.tags());
      tags.putAll(submission.tags());
    }
    return tags;
  }

  /** What the submission says counts, then what the definition says. */
  static boolean isAsked(JobDefinition definition, SubmitJobRequest submission) {
    Boolean own = submission.propagateTags();
    return Boolean.TRUE.equals(own != null ? own : definition.propagateTags());
  }
}

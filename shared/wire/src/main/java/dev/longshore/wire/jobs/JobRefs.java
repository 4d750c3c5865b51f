package dev.longshore.wire.jobs;

import dev.longshore.core.model.JobKey;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import java.util.Optional;

/** Members that name a job: its ID, or its ARN ({@code batch-semantics} 1.4). */
final class JobRefs {
  private JobRefs() {}

  /** The job, child or node that is meant; empty when the text cannot name one. */
  static Optional<JobKey> parse(String idOrArn) {
    return Arns.nameOf(Kind.JOB, idOrArn).flatMap(JobKey::parse);
  }
}

package dev.longshore.local.feed;

import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events a listener wants.
 *
 * @param queue name of the queue, or null for all
 * @param job ID of the job, or null for all; that of an array stands for its children too
 */
record EventFilter(@Nullable String queue, @Nullable String job) {

  /** From the query: {@code jobQueue} and {@code jobId}, names or ARNs. */
  static EventFilter of(Map<String, List<String>> query) {
    return new EventFilter(
        named(query, "jobQueue", Kind.JOB_QUEUE), named(query, "jobId", Kind.JOB));
  }

  private static @Nullable String named(Map<String, List<String>> query, String key, Kind kind) {
    return Optional.ofNullable(query.get(key))
        .map(List::getFirst)
        .filter(value -> !value.isEmpty())
        .map(value -> Arns.nameOf(kind, value).orElse(value))
        .orElse(null);
  }

  boolean test(BatchEvent event) {
    JobKey key = event.job().key();
    return (queue == null || event.job().spec().queue().equals(queue))
        && (job == null || key.toString().equals(job) || key.job().toString().equals(job));
  }
}

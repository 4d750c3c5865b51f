package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Specs of array parents, which never change, so that a child is one read. */
final class SpecCache {
  private static final int CAPACITY = 1_000;

  private final Map<JobId, JobSpec> specs =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, JobSpec> eldest) {
          return size() > CAPACITY;
        }
      };

  synchronized @Nullable JobSpec get(JobId parent) {
    return specs.get(parent);
  }

  synchronized void put(JobId parent, JobSpec spec) {
    specs.put(parent, spec);
  }
}

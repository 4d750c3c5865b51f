package dev.longshore.wire.jobs;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.usecase.JobView;
import dev.longshore.wire.Arns;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ArrayPropertiesSummary;
import software.amazon.awssdk.services.batch.model.ContainerSummary;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.batch.model.NodePropertiesSummary;

/** Jobs as ListJobs shows them ({@code batch-semantics} 2.3). */
final class JobSummaries {
  private final Arns arns;

  JobSummaries(Arns arns) {
    this.arns = arns;
  }

  JobSummary of(JobView view) {
    Job job = view.job();
    return JobSummary.builder()
        .jobArn(arns.job(job.key()))
        .jobId(job.key().toString())
        .jobName(job.spec().name())
        .createdAt(job.spec().createdAt())
        .status(job.status().name())
        .statusReason(view.statusReason())
        .startedAt(JobDetails.startedAt(job))
        .stoppedAt(JobDetails.stoppedAt(job))
        .container(container(job))
        .arrayProperties(array(job))
        .nodeProperties(nodes(job))
        .jobDefinition(arns.definition(job.spec().definition()))
        .build();
  }

  private static @Nullable ContainerSummary container(Job job) {
    Attempt last = job.lastAttempt().orElse(null);
    if (!(job.state() instanceof JobState.Ended) || last == null) {
      return null;
    }
    return ContainerSummary.builder().exitCode(last.exitCode()).reason(last.reason()).build();
  }

  private static @Nullable NodePropertiesSummary nodes(Job job) {
    NodeGroups nodes = job.spec().nodes();
    if (nodes == null) {
      return null;
    }
    NodePropertiesSummary.Builder summary = NodePropertiesSummary.builder().numNodes(nodes.count());
    return job.key().isWhole()
        ? summary.build()
        : summary
            .nodeIndex(job.key().index())
            .isMainNode(job.key().index() == nodes.main())
            .build();
  }

  private static @Nullable ArrayPropertiesSummary array(Job job) {
    if (job.key().member() == Member.CHILD) {
      return ArrayPropertiesSummary.builder().index(job.key().index()).build();
    }
    return job.isArrayParent()
        ? ArrayPropertiesSummary.builder().size(job.spec().arraySize()).build()
        : null;
  }
}

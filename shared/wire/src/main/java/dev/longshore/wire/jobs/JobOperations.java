package dev.longshore.wire.jobs;

import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.usecase.DescribeJobs;
import dev.longshore.core.usecase.ListJobs;
import dev.longshore.core.usecase.StopJob;
import dev.longshore.core.usecase.SubmitJob;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operations;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.CancelJobRequest;
import software.amazon.awssdk.services.batch.model.CancelJobResponse;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobsResponse;
import software.amazon.awssdk.services.batch.model.ListJobsByConsumableResourceRequest;
import software.amazon.awssdk.services.batch.model.ListJobsRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.TerminateJobRequest;
import software.amazon.awssdk.services.batch.model.TerminateJobResponse;

/** SubmitJob, DescribeJobs, ListJobs, and what stops jobs, one or many. */
public final class JobOperations {
  private static final int DESCRIBED_MAX = 100;
  private static final int REASON_MAX = 1024;

  private final SubmitJob submit;
  private final StopJob stop;
  private final DescribeJobs describe;
  private final ListJobs list;
  private final CatalogStore catalog;
  private final JobRoles roles;

  /**
   * Served by these use cases.
   *
   * @param roles those that jobs may have
   */
  public JobOperations(
      SubmitJob submit,
      StopJob stop,
      DescribeJobs describe,
      ListJobs list,
      CatalogStore catalog,
      JobRoles roles) {
    this.submit = submit;
    this.stop = stop;
    this.describe = describe;
    this.list = list;
    this.catalog = catalog;
    this.roles = roles;
  }

  /** All eight. */
  public Operations operations() {
    return Operations.none()
        .with("SubmitJob", SubmitJobRequest::builder, new SubmitOperation(submit, catalog, roles))
        .with("DescribeJobs", DescribeJobsRequest::builder, this::describe)
        .with("ListJobs", ListJobsRequest::builder, new ListOperation(list, catalog))
        .with(
            "ListJobsByConsumableResource",
            ListJobsByConsumableResourceRequest::builder,
            new ListByConsumable(list, catalog))
        .with("CancelJob", CancelJobRequest::builder, this::cancel)
        .with("TerminateJob", TerminateJobRequest::builder, this::terminate)
        .withJson("CancelJobs", body -> BulkStops.answer(body, stop::cancel))
        .withJson("TerminateJobs", body -> BulkStops.answer(body, stop::terminate));
  }

  /** Jobs that do not exist are left out; the order is that of the request. */
  private DescribeJobsResponse describe(DescribeJobsRequest request, Caller caller) {
    Require.framed(request.hasJobs(), "jobs is required.");
    // The service's own words, spaces included.
    Require.framed(
        request.jobs().size() <= DESCRIBED_MAX, "Maximum number of jobs supported is  100 .");
    List<JobKey> keys =
        request.jobs().stream().map(JobRefs::parse).flatMap(Optional::stream).toList();
    JobDetails details = new JobDetails(caller.arns());
    return DescribeJobsResponse.builder()
        .jobs(describe.describe(keys).stream().map(details::of).toList())
        .build();
  }

  private CancelJobResponse cancel(CancelJobRequest request, Caller caller) {
    String job = required("jobId", request.jobId());
    String reason = reason(request.reason());
    JobRefs.parse(job).ifPresent(key -> stop.cancel(key, reason));
    return CancelJobResponse.builder().build();
  }

  private TerminateJobResponse terminate(TerminateJobRequest request, Caller caller) {
    String job = required("jobId", request.jobId());
    String reason = reason(request.reason());
    JobRefs.parse(job).ifPresent(key -> stop.terminate(key, reason));
    return TerminateJobResponse.builder().build();
  }

  static String reason(@Nullable String given) {
    String reason = required("reason", given);
    Require.that(
        reason.length() <= REASON_MAX,
        "reason must have at most %d characters.".formatted(REASON_MAX));
    return reason;
  }

  private static String required(String member, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new ClientFault("'" + member + "' is a required field (cannot be an empty string)");
    }
    return value;
  }
}

package dev.longshore.wire.jobs;

import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.usecase.JobView;
import dev.longshore.core.usecase.ListJobs;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.catalog.PageToken;
import dev.longshore.wire.codec.WireJson;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ListJobsRequest;
import software.amazon.awssdk.services.batch.model.ListJobsResponse;

/** ListJobs ({@code batch-semantics} 1.5, 2.3). */
final class ListOperation implements Operation<ListJobsRequest, ListJobsResponse> {
  private static final int LIMIT = 1000;
  private static final int LIMIT_WITH_FILTER = 100;

  private final ListJobs list;
  private final CatalogStore catalog;

  ListOperation(ListJobs list, CatalogStore catalog) {
    this.list = list;
    this.catalog = catalog;
  }

  @Override
  public ListJobsResponse call(ListJobsRequest request, Caller caller) {
    String queue = orNull(request.jobQueue());
    String array = orNull(request.arrayJobId());
    String multiNode = orNull(request.multiNodeJobId());
    int selectors = (queue == null ? 0 : 1) + (array == null ? 0 : 1) + (multiNode == null ? 0 : 1);
    Require.that(
        selectors == 1,
        "Exactly one of jobQueue, arrayJobId and multiNodeJobId must be specified.");
    if (queue != null) {
      return ofQueue(queueName(queue), request, caller);
    }
    return array != null
        ? ofMembers(array, list::ofArray, request, caller)
        : ofMembers(Require.text("multiNodeJobId", multiNode), list::ofNodes, request, caller);
  }

  private ListJobsResponse ofQueue(String queue, ListJobsRequest request, Caller caller) {
    Require.that(request.filters().size() <= 1, "Only one filter can be used at a time.");
    boolean filtered = !request.filters().isEmpty();
    JobFilter filter = filtered ? JobFilter.of(request.filters().getFirst()) : JobFilter.NONE;
    JobStatus status = filter.withStatus() ? status(request) : null;
    if (status == null && !filtered) {
      status = JobStatus.RUNNING;
    }
    String query = query(request);
    String token = request.nextToken();
    ListJobs.Page<Position> page =
        list.ofQueue(
            new ListJobs.OfQueue(
                queue,
                status,
                filter.matches(),
                filter.createdAfter(),
                filter.createdBefore(),
                token == null ? null : Places.position(PageToken.position(query, token)),
                limit(request, filtered ? LIMIT_WITH_FILTER : LIMIT)));
    Position next = page.next();
    return answer(
        page.jobs(), next == null ? null : PageToken.of(query, Places.text(next)), caller);
  }

  /** Children of an array, or nodes of a multi-node job. */
  private interface Members {
    ListJobs.Page<Integer> page(JobId parent, JobStatus status, int from, int limit);
  }

  /** Filters do not apply to children and nodes. */
  private static ListJobsResponse ofMembers(
      String parent, Members members, ListJobsRequest request, Caller caller) {
    JobKey key =
        JobRefs.parse(parent)
            .filter(JobKey::isWhole)
            .orElseThrow(() -> new ClientFault("Job " + parent + " not found."));
    JobStatus status = status(request);
    String query = query(request);
    String token = request.nextToken();
    ListJobs.Page<Integer> page =
        members.page(
            key.job(),
            status == null ? JobStatus.RUNNING : status,
            token == null ? 0 : Places.index(PageToken.position(query, token)),
            limit(request, LIMIT));
    Integer next = page.next();
    return answer(
        page.jobs(), next == null ? null : PageToken.of(query, Places.text(next)), caller);
  }

  private String queueName(String asGiven) {
    return Arns.nameOf(Kind.JOB_QUEUE, asGiven)
        .flatMap(catalog::queue)
        .filter(queue -> queue.status() != ResourceStatus.DELETED)
        .map(JobQueue::name)
        .orElseThrow(() -> new ClientFault("JobQueue " + asGiven + " not found."));
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable JobStatus status(ListJobsRequest request) {
    String status = request.jobStatusAsString();
    return status == null ? null : JobStatus.valueOf(status);
  }

  private static int limit(ListJobsRequest request, int max) {
    Integer asked = request.maxResults();
    Require.that(asked == null || asked >= 1, "maxResults must be at least 1.");
    return asked == null ? max : Math.min(asked, max);
  }

  /** What a token is bound to: all of the request but the paging. */
  private static String query(ListJobsRequest request) {
    return "ListJobs "
        + WireJson.write(request.toBuilder().nextToken(null).maxResults(null).build());
  }

  private static ListJobsResponse answer(
      List<JobView> jobs, @Nullable String token, Caller caller) {
    JobSummaries summaries = new JobSummaries(caller.arns());
    return ListJobsResponse.builder()
        .jobSummaryList(jobs.stream().map(summaries::of).toList())
        .nextToken(token)
        .build();
  }
}

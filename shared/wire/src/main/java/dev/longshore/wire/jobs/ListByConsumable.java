package dev.longshore.wire.jobs;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.Need;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.usecase.JobView;
import dev.longshore.core.usecase.ListJobs;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Quotas;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.catalog.Needs;
import dev.longshore.wire.catalog.PageToken;
import dev.longshore.wire.codec.WireJson;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.KeyValuesPair;
import software.amazon.awssdk.services.batch.model.ListJobsByConsumableResourceRequest;
import software.amazon.awssdk.services.batch.model.ListJobsByConsumableResourceResponse;
import software.amazon.awssdk.services.batch.model.ListJobsByConsumableResourceSummary;

/**
 * ListJobsByConsumableResource: single jobs and array parents that need a resource, queue by queue,
 * newest first ({@code batch-semantics} 2.13). The index of each queue knows what its jobs need.
 */
final class ListByConsumable
    implements Operation<
        ListJobsByConsumableResourceRequest, ListJobsByConsumableResourceResponse> {
  private final ListJobs list;
  private final CatalogStore catalog;

  ListByConsumable(ListJobs list, CatalogStore catalog) {
    this.list = list;
    this.catalog = catalog;
  }

  /** Which of the jobs that need it are wanted. */
  private record Filter(Set<JobStatus> statuses, Predicate<LineEntry> names) {}

  @Override
  public ListJobsByConsumableResourceResponse call(
      ListJobsByConsumableResourceRequest request, Caller caller) {
    String given = Require.text("consumableResource", request.consumableResource());
    String resource =
        Arns.nameOf(Kind.CONSUMABLE_RESOURCE, given)
            .filter(name -> catalog.consumable(name).isPresent())
            .orElseThrow(() -> new ClientFault(given + " does not exist"));
    Filter filter = filter(request.filters());
    Integer asked = request.maxResults();
    Require.that(asked == null || asked >= 1, "maxResults must be at least 1.");
    int limit = asked == null ? Quotas.PAGE : Math.min(asked, Quotas.PAGE);
    String query =
        "ListJobsByConsumableResource "
            + WireJson.write(request.toBuilder().nextToken(null).maxResults(null).build());
    String place =
        request.nextToken() == null ? null : PageToken.position(query, request.nextToken());
    List<ListJobsByConsumableResourceSummary> found = new ArrayList<>();
    for (JobQueue queue : catalog.queues()) {
      if (place != null && queue.name().compareTo(queueOf(place)) < 0) {
        continue;
      }
      Position from =
          place != null && queue.name().equals(queueOf(place)) ? positionOf(place) : null;
      ListJobs.Page<Position> page = page(queue, resource, filter, from, limit - found.size());
      for (JobView view : page.jobs()) {
        if (filter.statuses().contains(view.job().status())) {
          found.add(summary(view, resource, caller.arns()));
        }
      }
      Position next = page.next();
      if (next != null) {
        return answer(found, PageToken.of(query, queue.name() + " " + Places.text(next)));
      }
      if (found.size() == limit) {
        return answer(found, PageToken.of(query, queue.name() + "! "));
      }
    }
    return answer(found, null);
  }

  private ListJobs.Page<Position> page(
      JobQueue queue, String resource, Filter filter, @Nullable Position from, int limit) {
    Predicate<LineEntry> needsIt =
        entry -> entry.needs().stream().anyMatch(need -> need.resource().equals(resource));
    return list.ofQueue(
        new ListJobs.OfQueue(
            queue.name(),
            null,
            needsIt.and(filter.names()),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            from,
            limit));
  }

  private static String queueOf(String place) {
    return place.substring(0, place.indexOf(' '));
  }

  /** A queue with {@code !} is over: no queue has such a name, and the next ones sort behind it. */
  private static @Nullable Position positionOf(String place) {
    String text = place.substring(place.indexOf(' ') + 1);
    return text.isEmpty() ? null : Places.position(text);
  }

  private static ListJobsByConsumableResourceResponse answer(
      List<ListJobsByConsumableResourceSummary> jobs, @Nullable String token) {
    return ListJobsByConsumableResourceResponse.builder().jobs(jobs).nextToken(token).build();
  }

  private static ListJobsByConsumableResourceSummary summary(
      JobView view, String resource, Arns arns) {
    Job job = view.job();
    long quantity =
        job.spec().needs().stream()
            .filter(need -> need.resource().equals(resource))
            .mapToLong(Need::quantity)
            .sum();
    return ListJobsByConsumableResourceSummary.builder()
        .jobArn(arns.job(job.key()))
        .jobQueueArn(arns.queue(job.spec().queue()))
        .jobName(job.spec().name())
        .jobDefinitionArn(arns.definition(job.spec().definition()))
        .shareIdentifier(job.spec().share())
        .jobStatus(job.status().name())
        .quantity(quantity)
        .statusReason(view.statusReason())
        .startedAt(JobDetails.startedAt(job))
        .createdAt(job.spec().createdAt())
        .consumableResourceProperties(Needs.properties(job.spec().needs(), arns))
        .build();
  }

  private static Filter filter(List<KeyValuesPair> filters) {
    Set<JobStatus> statuses = EnumSet.allOf(JobStatus.class);
    Predicate<LineEntry> names = _ -> true;
    for (KeyValuesPair filter : filters) {
      String name = Require.text("filters.name", filter.name());
      switch (name) {
        case "JOB_STATUS" -> statuses.retainAll(statuses(filter.values()));
        case "JOB_NAME" -> names = names.and(JobFilter.of(filter).matches());
        default ->
            throw new ClientFault("filters.name must be JOB_STATUS or JOB_NAME, not " + name + ".");
      }
    }
    return new Filter(statuses, names);
  }

  private static Set<JobStatus> statuses(List<String> values) {
    Set<JobStatus> statuses = EnumSet.noneOf(JobStatus.class);
    for (String value : values) {
      try {
        statuses.add(JobStatus.valueOf(value.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new ClientFault("filters.values must be job states, not " + value + ".");
      }
    }
    return statuses;
  }
}

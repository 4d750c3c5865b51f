package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Front;
import dev.longshore.core.model.Front.Blockage;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.BatchEvent.QueueBlocked;
import dev.longshore.core.port.BatchEvent.StateChanged;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.port.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the world what was stored ({@code batch-semantics} 18, {@code data-model} 7). Events come
 * from stored changes alone, after the fact: no transition waits for them and none is lost with
 * them. For one thread: the order of the calls is the order of the events.
 */
public final class PublishEvents {
  private static final int REMEMBERED = 1_000;

  private final JobStore jobs;
  private final EventBus bus;

  /** Specs of array parents, which never change, by the parents lately seen. */
  private final Map<JobId, JobSpec> specs =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, JobSpec> eldest) {
          return size() > REMEMBERED;
        }
      };

  // Where a record that failed half-way goes on. A hint: lost with this process, all of the
  // record's events come again.
  private @Nullable String resumed;
  private int done;

  public PublishEvents(JobStore jobs, EventBus bus) {
    this.jobs = jobs;
    this.bus = bus;
  }

  /** What was asked for with the children of this array; empty when it is gone. */
  public Optional<JobSpec> spec(JobId parent) {
    JobSpec known = specs.get(parent);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<JobSpec> stored = jobs.find(JobKey.whole(parent)).map(Job::spec);
    stored.ifPresent(spec -> specs.put(parent, spec));
    return stored;
  }

  /**
   * Publishes the events that this change must have, in order. One change can mean thousands; when
   * it fails and is given again, those that the bus has are left out as far as is remembered.
   *
   * @param record names the change, the same when it is given again
   * @param at when it was stored, epoch ms
   * @throws dev.longshore.core.port.StoreException when not all could be published
   */
  public void publish(String record, Written written, long at) {
    List<BatchEvent> events = events(written, at);
    int from = record.equals(resumed) ? Math.min(done, events.size()) : 0;
    resumed = record;
    while (from < events.size()) {
      done = from;
      int to = Math.min(from + EventBus.MOST, events.size());
      bus.publish(List.copyOf(events.subList(from, to)));
      from = to;
    }
    resumed = null;
  }

  private List<BatchEvent> events(Written written, long at) {
    return switch (written) {
      case Written.JobWritten(Job before, Job after) -> ofJob(before, after, at);
      case Written.PageWritten(ArrayPage before, ArrayPage after) -> ofPage(before, after, at);
      case Written.HoldsWritten(Holds before, Holds after) ->
          blocked(before, after).map(List::<BatchEvent>of).orElse(List.of());
    };
  }

  private List<BatchEvent> ofJob(@Nullable Job before, Job after, long at) {
    List<BatchEvent> events = new ArrayList<>();
    for (StateChanged change : StateChanges.ofJob(before, after, at)) {
      events.add(after.isArrayParent() ? withSummary(change) : change);
    }
    if (StateChanges.spawns(before, after) || StateChanges.endsUnspawned(before, after)) {
      JobId id = after.key().job();
      specs.put(id, after.spec());
      // A new array has no pages yet: none was written before its children were spawned.
      Map<Integer, ArrayPage> stored = before == null ? Map.of() : jobs.pages(id);
      for (int page = 0; page < ArrayPage.pagesOf(after.spec().arraySize()); page++) {
        events.addAll(StateChanges.ofSpawned(after, page, stored.get(page), at));
      }
    }
    return events;
  }

  private StateChanged withSummary(StateChanged change) {
    Job parent = change.job();
    List<ArrayPage> pages = ArrayFamily.allPages(parent, jobs.pages(parent.key().job()));
    return new StateChanged(
        change.from(), parent, ArrayFamily.summary(pages), change.sequence(), change.at());
  }

  private List<BatchEvent> ofPage(@Nullable ArrayPage before, ArrayPage after, long at) {
    return spec(after.job())
        .map(spec -> Job.fresh(JobKey.whole(after.job()), spec, new JobState.Open()))
        .map(parent -> List.<BatchEvent>copyOf(StateChanges.ofPage(before, after, parent, at)))
        .orElse(List.of());
  }

  /** Told when the round that wrote this found that the head of the queue blocks it. */
  private Optional<BatchEvent> blocked(Holds before, Holds after) {
    Front head = after.front();
    Blockage found = head == null ? null : head.blockage();
    if (head == null || found == null || isTold(before.front(), head.job(), found)) {
      return Optional.empty();
    }
    return find(head.job())
        .filter(job -> job.state() instanceof JobState.Runnable)
        .map(job ->
            new QueueBlocked(job, found.reason(), found.since(), Sequence.of(job), found.toldAt()));
  }

  private static boolean isTold(@Nullable Front before, JobKey job, Blockage found) {
    return before != null && before.job().equals(job) && found.equals(before.blockage());
  }

  private Optional<Job> find(JobKey key) {
    Optional<Job> stored = jobs.find(key);
    if (stored.isPresent() || key.isWhole()) {
      return stored;
    }
    int number = key.index() / ArrayPage.SIZE;
    return jobs.find(JobKey.whole(key.job()))
        .filter(parent -> parent.state() instanceof JobState.Open)
        .map(parent ->
            ArrayChildren.of(
                parent,
                ArrayFamily.pageOf(parent, number, jobs.page(key.job(), number).orElse(null)),
                key.index()));
  }
}

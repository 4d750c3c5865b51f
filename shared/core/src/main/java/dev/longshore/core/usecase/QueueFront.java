package dev.longshore.core.usecase;

import dev.longshore.core.model.Front;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobState;
import dev.longshore.core.plan.LineUp;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The jobs that start next in a queue ({@code batch-semantics} 2.11, 13.4). Read only: nothing is
 * stored for it but since when the first one stands first.
 */
public final class QueueFront {
  private static final int LIMIT = 100;

  private final JobStore jobs;
  private final CatalogStore catalog;
  private final Snapshots snapshots;
  private final InstantSource clock;

  public QueueFront(JobStore jobs, HostStore hosts, CatalogStore catalog, InstantSource clock) {
    this.jobs = jobs;
    this.catalog = catalog;
    this.snapshots = new Snapshots(jobs, hosts, catalog);
    this.clock = clock;
  }

  /**
   * A job in its place.
   *
   * @param job a job or a child of an array
   * @param since epoch ms: it came to this place then or later. All places change when the first
   *     job leaves; that others left from before it is not noted
   */
  public record Place(JobKey job, long since) {}

  /**
   * What there is to see.
   *
   * @param places at most 100, in the order in which they would start
   * @param at epoch ms at which it was so
   */
  public record Seen(List<Place> places, long at) {
    public Seen {
      places = List.copyOf(places);
    }
  }

  /** The front of this queue. */
  public Seen of(JobQueue queue) {
    long now = clock.millis();
    Domains.Domain domain =
        new Domains.Domain(queue.name(), List.of(queue), new LinkedHashSet<>(queue.environments()));
    Snapshots.View view = snapshots.read(domain, false, Set.of(), Set.of(), now);
    List<Candidate> line = line(view, queue.name());
    Map<JobKey, Job> wholes =
        jobs.findAll(line.stream().map(Candidate::key).filter(JobKey::isWhole).toList());
    Front front = catalog.holds(queue.name()).front();
    long moved = front == null ? 0 : front.since();
    List<Place> places = new ArrayList<>();
    for (Candidate candidate : line) {
      Job job =
          switch (candidate) {
            case Candidate.Single single -> wholes.get(single.key());
            case Candidate.Gang gang -> wholes.get(gang.key());
            case Candidate.Child child -> Candidate.unplaced(child);
          };
      // The index lags: what it shows may have started.
      if (job != null && job.state() instanceof JobState.Runnable && places.size() < LIMIT) {
        places.add(new Place(job.key(), Math.max(job.spec().createdAt(), moved)));
      }
    }
    return new Seen(places, now);
  }

  private static List<Candidate> line(Snapshots.View view, String queue) {
    Map<Integer, Integer> named = new HashMap<>();
    List<Candidate> line = new ArrayList<>();
    for (LineUp.Run run : LineUp.of(view.snapshot(), queue, LIMIT + LIMIT)) {
      List<Candidate> candidates = view.lines().get(run.demand()).candidates();
      int to = named.merge(run.demand(), run.count(), Integer::sum);
      int from = to - run.count();
      for (int next = from; next < Math.min(to, candidates.size()); next++) {
        line.add(candidates.get(next));
      }
    }
    return line;
  }
}

package dev.longshore.core.usecase;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.JobStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads jobs with all that belongs to them ({@code batch-semantics} 2.2 and 4). */
public final class DescribeJobs {
  /** Up to this many live children a call looks up to bring the summaries of arrays up to date. */
  private static final int LIVE_CHILDREN = 200;

  private final JobStore jobs;
  private final CatalogStore catalog;
  private final InstantSource clock;

  public DescribeJobs(JobStore jobs, CatalogStore catalog, InstantSource clock) {
    this.jobs = jobs;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** The jobs that exist, once each, in the order in which they were asked for. */
  public List<JobDescription> describe(Collection<JobKey> keys) {
    return new Reading().of(new LinkedHashSet<>(keys));
  }

  /** One call: everything is read once. */
  private final class Reading {
    private final StatusReasons reasons = new StatusReasons(catalog, clock.millis());
    private final Map<DefinitionId, Optional<JobDefinition>> definitions = new HashMap<>();
    private final Map<JobId, Map<Integer, ArrayPage>> pages = new HashMap<>();
    private int liveChildren = LIVE_CHILDREN;

    List<JobDescription> of(Set<JobKey> keys) {
      Set<JobKey> all = new LinkedHashSet<>(keys);
      // A child is there as long as its parent is, whatever is left of its own item.
      keys.forEach(key -> all.add(JobKey.whole(key.job())));
      Map<JobKey, Job> found = jobs.findAll(all);
      List<Job> asked = new ArrayList<>();
      for (JobKey key : keys) {
        Optional.ofNullable(found.get(JobKey.whole(key.job())))
            .flatMap(whole -> key.isWhole() ? Optional.of(whole) : member(key, whole, found))
            .ifPresent(asked::add);
      }
      Map<JobId, JobDocument> documents =
          jobs.documents(new LinkedHashSet<>(asked.stream().map(job -> job.key().job()).toList()));
      return asked.stream().map(job -> describe(job, documents)).toList();
    }

    private Optional<Job> member(JobKey key, Job whole, Map<JobKey, Job> found) {
      NodeGroups nodes = whole.spec().nodes();
      Job stored = found.get(key);
      if (key.member() == Member.NODE) {
        return nodes == null || key.index() >= nodes.count()
            ? Optional.empty()
            : Optional.of(Nodes.of(whole, key.index(), stored));
      }
      if (key.index() >= whole.spec().arraySize()) {
        return Optional.empty();
      }
      if (stored != null) {
        return Optional.of(stored);
      }
      int number = key.index() / ArrayPage.SIZE;
      ArrayPage page = ArrayFamily.pageOf(whole, number, pages(key.job()).get(number));
      // Handed over since it was looked for: now it is there, or nearly.
      Optional<Job> since = page.state(key.index()).hasItem() ? jobs.find(key) : Optional.empty();
      return Optional.of(since.orElseGet(() -> ArrayChildren.of(whole, page, key.index())));
    }

    private JobDescription describe(Job job, Map<JobId, JobDocument> documents) {
      return new JobDescription(
          reasons.view(job),
          documents.getOrDefault(job.key().job(), new JobDocument("{}", Map.of())),
          definitions.computeIfAbsent(job.spec().definition(), catalog::definition).orElse(null),
          job.isArrayParent() ? summary(job) : Map.of());
    }

    /**
     * Pages follow their live children with a delay. The children themselves are looked at while
     * they are few; the counts add up to the size either way.
     */
    private Map<JobStatus, Integer> summary(Job parent) {
      List<ArrayPage> all = ArrayFamily.allPages(parent, pages(parent.key().job()));
      List<JobKey> live = new ArrayList<>();
      for (ArrayPage page : all) {
        collectLive(page, live);
      }
      if (live.isEmpty() || live.size() > liveChildren) {
        return ArrayFamily.summary(all);
      }
      liveChildren -= live.size();
      Collection<Job> children = jobs.findAll(live).values();
      return ArrayFamily.summary(
          all.stream().map(page -> ArrayFamily.fold(page, on(page, children))).toList());
    }

    private void collectLive(ArrayPage page, List<JobKey> live) {
      for (int place = 0; place < page.states().size(); place++) {
        ChildState state = page.states().at(place);
        if (state.hasItem() && !state.isClosed()) {
          live.add(JobKey.child(page.job(), page.first() + place));
        }
      }
    }

    private static List<Job> on(ArrayPage page, Collection<Job> children) {
      return children.stream()
          .filter(child -> child.key().index() / ArrayPage.SIZE == page.number())
          .toList();
    }

    private Map<Integer, ArrayPage> pages(JobId parent) {
      return pages.computeIfAbsent(parent, jobs::pages);
    }
  }
}

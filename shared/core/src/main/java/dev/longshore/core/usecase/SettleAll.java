package dev.longshore.core.usecase;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.JobStore;
import dev.longshore.core.usecase.catalog.Lanes;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes over everything that is not over, as if each item had just changed ({@code data-model} 11):
 * the start of a local service after it was killed. So neither the position in the stream nor the
 * queues in memory matter.
 */
public final class SettleAll {
  private static final int AT_ONCE = 500;

  private final JobStore jobs;
  private final CatalogStore catalog;
  private final Progress progress;
  private final Sweep sweep;

  public SettleAll(JobStore jobs, CatalogStore catalog, Progress progress, Sweep sweep) {
    this.jobs = jobs;
    this.catalog = catalog;
    this.progress = progress;
    this.sweep = sweep;
  }

  /** Settles everything; only while no other part of the service is at work. */
  public void run() {
    for (ComputeEnvironment environment : catalog.environments()) {
      progress.advance(List.of(new Change.EnvironmentChanged(environment.name())));
    }
    for (JobQueue queue : catalog.queues()) {
      progress.advance(List.of(new Change.QueueChanged(queue.name())));
      List<Lane> open = List.of(Lane.PENDING, Lane.RUNNABLE, Lane.OPEN, Lane.ACTIVE);
      Lanes.of(catalog, queue.name(), open).forEach(this::lane);
    }
    // Room of attempts that were over already is found by what each host says is taken.
    sweep.runAll();
  }

  private void lane(LaneKey lane) {
    LineEntry.Position after = null;
    while (true) {
      List<LineEntry> entries = jobs.line(lane, after, false, AT_ONCE);
      if (entries.isEmpty()) {
        return;
      }
      List<Change> changes = new ArrayList<>();
      for (LineEntry entry : entries) {
        changes.add(new Change.JobChanged(JobKey.whole(entry.job())));
        if (lane.lane() == Lane.OPEN) {
          array(entry, changes);
        }
        NodeGroups nodes = entry.nodes();
        for (int node = 0; nodes != null && node < nodes.count(); node++) {
          changes.add(new Change.JobChanged(JobKey.node(entry.job(), node)));
        }
      }
      progress.advance(changes);
      after = entries.getLast().position();
    }
  }

  private void array(LineEntry entry, List<Change> changes) {
    JobId parent = entry.job();
    int first = 0;
    while (true) {
      List<Job> children = jobs.children(parent, first, AT_ONCE);
      if (children.isEmpty()) {
        break;
      }
      progress.advance(
          children.stream().map(child -> (Change) new Change.JobChanged(child.key())).toList());
      first = children.getLast().key().index() + 1;
    }
    for (int page = 0; page < ArrayPage.pagesOf(entry.arraySize()); page++) {
      changes.add(new Change.PageChanged(parent, page));
    }
  }
}

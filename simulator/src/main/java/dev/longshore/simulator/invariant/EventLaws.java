package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.JobStatus;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.BatchEvent.QueueBlocked;
import dev.longshore.core.port.BatchEvent.StateChanged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Each change of state has exactly the events that it must have (decision 0010): told of one job in
 * the order of their sequence, the same when repeated, each going on where the one before ended,
 * and none but RUNNING between what was stored.
 */
final class EventLaws {
  private final Shadow shadow;
  private final Map<JobKey, TreeMap<Long, Told>> told = new HashMap<>();

  /** What each job and child with an item was stored to be, one after the other. */
  private final Map<JobKey, List<JobStatus>> stored = new HashMap<>();

  /** Arrays whose children came into being: not those that failed while they waited. */
  private final Set<JobKey> spawned = new HashSet<>();

  private record Told(JobStatus from, JobStatus to) {}

  EventLaws(Shadow shadow) {
    this.shadow = shadow;
  }

  void stored(Job after) {
    List<JobStatus> all = stored.computeIfAbsent(after.key(), _ -> new ArrayList<>());
    if (after.state() instanceof JobState.Open) {
      spawned.add(after.key());
    }
    if (all.isEmpty() || all.getLast() != after.status()) {
      all.add(after.status());
    }
  }

  void published(BatchEvent event) {
    switch (event) {
      case StateChanged changed -> changed(changed);
      case QueueBlocked blocked ->
          unless(
              blocked.job().state() instanceof JobState.Runnable,
              Law.EVENTS_TELL_ALL,
              "a queue is blocked by what does not wait: " + blocked);
    }
  }

  private void changed(StateChanged changed) {
    TreeMap<Long, Told> known = told.computeIfAbsent(changed.job().key(), _ -> new TreeMap<>());
    Told is = new Told(changed.from(), changed.to());
    Told was = known.get(changed.sequence());
    if (was != null) {
      unless(was.equals(is), Law.EVENTS_TELL_ALL, "told as " + was + ", repeated as " + changed);
      return;
    }
    unless(
        known.isEmpty() || known.lastKey() < changed.sequence(),
        Law.EVENTS_TELL_ALL,
        "told after a later one: " + changed);
    known.put(changed.sequence(), is);
  }

  /** When all is quiet and published. */
  void atTheEnd(Job job) {
    List<Told> chain = chain(job.key());
    List<JobStatus> must = new ArrayList<>(stored.getOrDefault(job.key(), List.of()));
    int next = 0;
    for (Told each : chain) {
      if (next < must.size() && each.to() == must.get(next)) {
        next++;
      } else {
        // A write may take a job over RUNNING; what a child's page said comes before its item.
        boolean ofPage = next == 0 && !job.key().isWhole();
        unless(
            each.to() == JobStatus.RUNNING || ofPage,
            Law.EVENTS_TELL_ALL,
            job + " was never " + each.to() + ", but this was told: " + chain);
      }
    }
    unless(
        next == must.size(),
        Law.EVENTS_TELL_ALL,
        "%s was %s; told was only %s".formatted(job, must, chain));
    if (job.isArrayParent()) {
      childrenAtTheEnd(job);
    }
  }

  /** Children that a page alone knows; those with an item are jobs of their own. */
  private void childrenAtTheEnd(Job parent) {
    for (ArrayPage page : shadow.pages(parent)) {
      for (int place = 0; place < page.states().size(); place++) {
        JobKey key = JobKey.child(parent.key().job(), page.first() + place);
        if (shadow.job(key).isPresent()) {
          continue;
        }
        List<Told> chain = chain(key);
        JobStatus is = page.states().at(place).status();
        unless(
            chain.isEmpty() ? !spawned.contains(parent.key()) : chain.getLast().to() == is,
            Law.EVENTS_TELL_ALL,
            "child %s is %s, told was %s".formatted(key, is, chain));
      }
    }
  }

  /** What was told of it, in order; each goes on where the one before ended. */
  private List<Told> chain(JobKey key) {
    List<Told> chain = List.copyOf(told.getOrDefault(key, new TreeMap<>()).values());
    for (int i = 0; i < chain.size(); i++) {
      Told each = chain.get(i);
      boolean goesOn =
          i == 0
              ? each.from() == JobStatus.SUBMITTED || !key.isWhole()
              : each.from() == chain.get(i - 1).to();
      unless(
          goesOn && each.from() != each.to(),
          Law.EVENTS_TELL_ALL,
          "of " + key + " was told: " + chain);
    }
    return chain;
  }
}

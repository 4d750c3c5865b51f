package dev.longshore.simulator.invariant;

import dev.longshore.core.family.ArrayFamily;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is stored, as far as it was seen being stored. */
final class Shadow {
  private final TreeMap<JobKey, Job> jobs = new TreeMap<>();
  private final Map<JobId, TreeMap<Integer, ArrayPage>> pages = new HashMap<>();
  private final TreeMap<HostId, Host> hosts = new TreeMap<>();

  void put(Job job) {
    jobs.put(job.key(), job);
  }

  void put(ArrayPage page) {
    pages.computeIfAbsent(page.job(), _ -> new TreeMap<>()).put(page.number(), page);
  }

  void put(Host host) {
    hosts.put(host.id(), host);
  }

  void remove(HostId host) {
    hosts.remove(host);
  }

  Optional<Job> job(JobKey key) {
    return Optional.ofNullable(jobs.get(key));
  }

  Collection<Job> jobs() {
    return jobs.values();
  }

  Optional<Host> host(HostId id) {
    return Optional.ofNullable(hosts.get(id));
  }

  Collection<Host> hosts() {
    return hosts.values();
  }

  Map<Integer, ArrayPage> storedPages(JobId parent) {
    return pages.getOrDefault(parent, new TreeMap<>());
  }

  /** All pages of an array, those never written included. */
  List<ArrayPage> pages(Job parent) {
    return ArrayFamily.allPages(parent, storedPages(parent.key().job()));
  }

  ChildState childState(Job parent, int index) {
    return pages(parent).get(index / ArrayPage.SIZE).state(index);
  }

  boolean succeeded(JobId id) {
    return job(JobKey.whole(id))
        .filter(job -> job.state() instanceof JobState.Ended ended && ended.succeeded())
        .isPresent();
  }

  boolean failed(JobId id) {
    return job(JobKey.whole(id))
        .filter(job -> job.state() instanceof JobState.Ended ended && !ended.succeeded())
        .isPresent();
  }
}

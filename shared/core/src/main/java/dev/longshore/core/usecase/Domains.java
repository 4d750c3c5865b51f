package dev.longshore.core.usecase;

import dev.longshore.core.model.JobQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Scheduling domains: queues and environments that are connected through each other. A domain is
 * named after the first of its queues, an environment without a queue is a domain of its own.
 */
public final class Domains {
  private final List<Domain> all;

  private Domains(List<Domain> all) {
    this.all = all;
  }

  /**
   * A connected part.
   *
   * @param name name for nudges
   * @param queues its queues
   * @param environments names of its environments
   */
  public record Domain(String name, List<JobQueue> queues, Set<String> environments) {}

  /** Sorts queues and environments into domains. */
  public static Domains of(Collection<JobQueue> queues, Collection<String> environments) {
    List<Domain> domains = new ArrayList<>();
    Map<String, List<JobQueue>> users = new HashMap<>();
    for (JobQueue queue : queues) {
      for (String environment : queue.environments()) {
        users.computeIfAbsent(environment, _ -> new ArrayList<>()).add(queue);
      }
    }
    Set<String> seen = new HashSet<>();
    for (JobQueue queue : queues) {
      if (seen.add(queue.name())) {
        domains.add(reach(queue, users, seen));
      }
    }
    for (String environment : environments) {
      if (!users.containsKey(environment)) {
        domains.add(new Domain("environment/" + environment, List.of(), Set.of(environment)));
      }
    }
    return new Domains(List.copyOf(domains));
  }

  private static Domain reach(JobQueue start, Map<String, List<JobQueue>> users, Set<String> seen) {
    List<JobQueue> queues = new ArrayList<>(List.of(start));
    Set<String> environments = new TreeSet<>();
    for (int next = 0; next < queues.size(); next++) {
      for (String environment : queues.get(next).environments()) {
        if (environments.add(environment)) {
          users.getOrDefault(environment, List.of()).stream()
              .filter(queue -> seen.add(queue.name()))
              .forEach(queues::add);
        }
      }
    }
    String name = queues.stream().map(JobQueue::name).min(String::compareTo).orElseThrow();
    return new Domain(name, List.copyOf(queues), environments);
  }

  /** All of them. */
  public List<Domain> all() {
    return all;
  }

  /** The domain that a nudge of this name means now; names may be older than the connections. */
  public Optional<Domain> named(String name) {
    return all.stream()
        .filter(domain ->
            domain.name().equals(name)
                || domain.queues().stream().anyMatch(queue -> queue.name().equals(name)))
        .findFirst();
  }

  /** The name of the domain of a queue. */
  public Optional<String> ofQueue(String queue) {
    return named(queue).map(Domain::name);
  }

  /** The name of the domain of an environment. */
  public Optional<String> ofEnvironment(String environment) {
    return all.stream()
        .filter(domain -> domain.environments().contains(environment))
        .map(Domain::name)
        .findFirst();
  }
}

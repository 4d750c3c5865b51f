package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.ConsumableResource.Kind;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Need;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is taken of consumable resources. */
final class ConsumableLaws {
  private final Shadow shadow;
  private final TaskLaws tasks;
  private final TreeMap<String, ConsumableResource> resources = new TreeMap<>();
  private final TreeMap<String, Long> first = new TreeMap<>();

  ConsumableLaws(Shadow shadow, TaskLaws tasks) {
    this.shadow = shadow;
    this.tasks = tasks;
  }

  void stored(@Nullable ConsumableResource before, ConsumableResource after) {
    first.putIfAbsent(after.name(), after.total());
    unless(
        after.inUse() <= after.total(),
        Law.CONSUMABLES_RESPECTED,
        "more is taken than there is: " + after);
    Set<Claim> ended = new HashSet<>(before == null ? Set.of() : before.claims());
    ended.removeAll(after.claims());
    for (Claim claim : ended) {
      unless(
          shadow
              .job(claim.attempt().key())
              .flatMap(Job::liveAttempt)
              .filter(claim.attempt()::equals)
              .isEmpty(),
          Law.CONSUMABLES_RESPECTED,
          claim + " is given back while its attempt is live");
      unless(
          tasks.isOver(claim.attempt()),
          Law.CONSUMABLES_RESPECTED,
          claim + " is given back while its task runs");
    }
    resources.put(after.name(), after);
  }

  /** A job is STARTING only with all that it needs. */
  void starts(Job job, Dispatch dispatch) {
    if (isNode(job)) {
      return;
    }
    for (Need need : job.spec().needs()) {
      ConsumableResource resource = resources.get(need.resource());
      unless(
          resource != null && resource.claims().contains(Claim.of(job.key(), need, dispatch)),
          Law.CONSUMABLES_RESPECTED,
          job + " starts without its " + need);
    }
  }

  /** True when nothing is taken: what a lost attempt took is given back by a sweep. */
  boolean atRest() {
    return resources.values().stream().allMatch(resource -> resource.claims().isEmpty());
  }

  /** When all is quiet: nothing is taken, and what was used up is what attempts have used. */
  void atTheEnd() {
    for (ConsumableResource resource : resources.values()) {
      unless(resource.claims().isEmpty(), Law.CONSUMABLES_RESPECTED, "still taken: " + resource);
      long used = resource.kind() == Kind.REPLENISHABLE ? 0 : used(resource.name());
      long had = first.getOrDefault(resource.name(), 0L);
      unless(
          resource.total() == had - used,
          Law.CONSUMABLES_RESPECTED,
          "%d were there, %d were used up, left are %s".formatted(had, used, resource));
    }
  }

  private long used(String name) {
    return shadow.jobs().stream()
        .filter(job -> !job.isArrayParent() && !isNode(job))
        .mapToLong(job -> job.attempts().size() * quantity(job, name))
        .sum();
  }

  /** What nodes need is taken once, with their job. */
  private static boolean isNode(Job job) {
    return job.key().member() == JobKey.Member.NODE;
  }

  private static long quantity(Job job, String name) {
    return job.spec().needs().stream()
        .filter(need -> need.resource().equals(name))
        .mapToLong(Need::quantity)
        .sum();
  }
}

package dev.longshore.core.usecase;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.ConsumableResource.Kind;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Need;
import dev.longshore.core.port.ConsumableStore;
import dev.longshore.core.port.StoreException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes what jobs need of consumable resources before they are placed, and gives it back when their
 * attempts are over ({@code data-model}, "Consumable resources"). A claim is named by its attempt,
 * so that both may be done again by anybody.
 */
final class Claims {
  private static final int TRIES = 8;

  /** Claims that one write can use up. */
  private static final int AT_ONCE = 100;

  private final ConsumableStore store;

  Claims(ConsumableStore store) {
    this.store = store;
  }

  /**
   * Takes all that these jobs, about to be stored as STARTING, need: one write for each resource,
   * in the order of their names. A job gets everything or nothing.
   *
   * @param seen the resources as they were read before the jobs; a claim is refused when others
   *     have taken since, so that no stale round takes again for what has started meanwhile. What
   *     is taken here is entered, so that the same round may take more
   * @return those that got everything; jobs that need nothing are among them
   */
  Set<JobKey> take(Collection<Job> placed, Map<String, ConsumableResource> seen) {
    Set<JobKey> provided = placed.stream().map(Job::key).collect(Collectors.toSet());
    Map<String, Map<Job, Claim>> wanted = new TreeMap<>();
    for (Job job : placed) {
      claims(job, job.dispatch().orElseThrow())
          .forEach((name, claim) ->
              wanted.computeIfAbsent(name, _ -> new TreeMap<>(Claims::byKey)).put(job, claim));
    }
    Map<String, Set<Claim>> taken = new TreeMap<>();
    wanted.forEach((name, claims) -> {
      claims.keySet().removeIf(job -> !provided.contains(job.key()));
      ConsumableResource before = seen.get(name);
      Set<Claim> granted = grant(before, claims.values());
      taken.put(name, granted);
      if (before != null && !granted.isEmpty()) {
        seen.put(name, with(before, granted));
      }
      claims.forEach((job, claim) -> {
        if (!granted.contains(claim)) {
          provided.remove(job.key());
        }
      });
    });
    // Only what was taken here: an equal claim may be another round's.
    taken.forEach((name, claims) -> {
      Set<Claim> inVain = new HashSet<>(claims);
      inVain.removeIf(claim -> provided.contains(claim.attempt().key()));
      if (!inVain.isEmpty()) {
        store.giveBack(name, inVain);
      }
    });
    return provided;
  }

  private static int byKey(Job one, Job other) {
    return one.key().compareTo(other.key());
  }

  /** Those of the claims that could be taken; none when others were faster. */
  private Set<Claim> grant(@Nullable ConsumableResource resource, Collection<Claim> wanted) {
    if (resource == null) {
      return Set.of();
    }
    // One of the same attempt is another round's, or was until that was cut off.
    Set<AttemptKey> there =
        resource.claims().stream().map(Claim::attempt).collect(Collectors.toSet());
    Set<Claim> granted = new HashSet<>();
    long free = resource.available();
    for (Claim claim : wanted) {
      if (claim.quantity() <= free
          && there.size() + granted.size() < ConsumableResource.CLAIMS_MAX
          && !there.contains(claim.attempt())) {
        granted.add(claim);
        free -= claim.quantity();
      }
    }
    boolean taken = !granted.isEmpty() && store.claim(resource.name(), resource.version(), granted);
    return taken ? granted : Set.of();
  }

  private static ConsumableResource with(ConsumableResource before, Set<Claim> granted) {
    Set<Claim> claims = new HashSet<>(before.claims());
    claims.addAll(granted);
    return before.withClaims(claims, before.total(), before.version() + 1);
  }

  /** Gives back what these jobs, STARTING in vain, have taken: it was no attempt. */
  void giveBack(Collection<Job> undone) {
    Map<String, Set<Claim>> byResource = new TreeMap<>();
    for (Job job : undone) {
      add(byResource, job, job.dispatch().orElseThrow());
    }
    byResource.forEach((name, claims) -> {
      Set<Claim> there = there(name, claims);
      if (!there.isEmpty()) {
        store.giveBack(name, there);
      }
    });
  }

  /**
   * Gives back, or counts as used up, what all attempts of these jobs that are over have taken.
   *
   * @return true when something is free again
   */
  boolean over(Collection<Job> jobs) {
    Map<String, Set<Claim>> byResource = new TreeMap<>();
    for (Job job : jobs) {
      job.attempts().forEach(attempt -> add(byResource, job, attempt.dispatch()));
    }
    boolean freed = false;
    for (Map.Entry<String, Set<Claim>> entry : byResource.entrySet()) {
      freed |= over(entry.getKey(), entry.getValue());
    }
    return freed;
  }

  private static void add(Map<String, Set<Claim>> byResource, Job job, Dispatch dispatch) {
    claims(job, dispatch)
        .forEach(
            (name, claim) -> byResource.computeIfAbsent(name, _ -> new HashSet<>()).add(claim));
  }

  /** What a multi-node job takes is taken once, for all its nodes. */
  private static Map<String, Claim> claims(Job job, Dispatch dispatch) {
    Map<String, Claim> claims = new TreeMap<>();
    if (job.key().member() == JobKey.Member.NODE) {
      return claims;
    }
    for (Need need : job.spec().needs()) {
      claims.put(need.resource(), Claim.of(job.key(), need, dispatch));
    }
    return claims;
  }

  /** A read costs less than a write that changes nothing. */
  private Set<Claim> there(String name, Set<Claim> claims) {
    Set<Claim> there = new HashSet<>(claims);
    there.retainAll(store.consumable(name).map(ConsumableResource::claims).orElse(Set.of()));
    return there;
  }

  /** Ends these claims, which belong to attempts that are over. */
  boolean over(String name, Set<Claim> claims) {
    for (int tries = 0; tries < TRIES; tries++) {
      ConsumableResource resource = store.consumable(name).orElse(null);
      if (resource == null) {
        return false;
      }
      List<Claim> there =
          claims.stream()
              .filter(resource.claims()::contains)
              .sorted(Comparator.comparing(claim -> claim.attempt().text()))
              .toList();
      if (there.isEmpty()) {
        return false;
      }
      if (resource.kind() == Kind.REPLENISHABLE) {
        store.giveBack(name, Set.copyOf(there));
        return true;
      }
      List<Claim> some = there.subList(0, Math.min(AT_ONCE, there.size()));
      long used = some.stream().mapToLong(Claim::quantity).sum();
      long left = Math.max(0, resource.total() - used);
      boolean counted = store.useUp(name, resource.version(), Set.copyOf(some), left);
      if (counted && some.size() == there.size()) {
        return false;
      }
      tries = counted ? 0 : tries;
    }
    throw new StoreException(
        "resource " + name + " was changed by others all the time", new IllegalStateException());
  }
}

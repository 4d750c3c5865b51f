package dev.longshore.core.usecase;

import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.JobStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds claims on consumable resources that no live attempt holds. */
final class ClaimSweep {
  private static final long MINUTE = 60_000;

  /** A claim without a job is given back after this time, as room on hosts is. */
  private static final long ORPHAN_MILLIS = 2 * MINUTE;

  private static final long YOUNG_MILLIS = 12 * MINUTE;

  private final JobStore jobs;
  private final CatalogStore catalog;
  private final Claims claims;

  ClaimSweep(JobStore jobs, CatalogStore catalog) {
    this.jobs = jobs;
    this.catalog = catalog;
    this.claims = new Claims(catalog);
  }

  /**
   * Looks at the claims at the age at which a dispatch that was cut off is found.
   *
   * @param thorough look at older ones too
   * @param all look at every one, whatever its age; only when nothing else is at work
   */
  void run(long now, boolean thorough, boolean all) {
    for (ConsumableResource resource : catalog.consumables()) {
      Set<Claim> suspicious =
          resource.claims().stream()
              .filter(claim -> all || isDue(claim.ageMillis(now), thorough))
              .collect(Collectors.toSet());
      if (!suspicious.isEmpty()) {
        settle(resource, suspicious);
      }
    }
  }

  private static boolean isDue(long age, boolean thorough) {
    return age >= ORPHAN_MILLIS && (thorough || age < YOUNG_MILLIS);
  }

  private void settle(ConsumableResource resource, Set<Claim> suspicious) {
    Map<JobKey, Job> found =
        jobs.findAll(
            suspicious.stream().map(claim -> claim.attempt().key()).collect(Collectors.toSet()));
    Set<Claim> over = new HashSet<>();
    Set<Claim> unused = new HashSet<>();
    for (Claim claim : suspicious) {
      Job job = found.get(claim.attempt().key());
      if (job == null) {
        unused.add(claim);
      } else if (wasAttempt(job, claim)) {
        over.add(claim);
      } else if (job.liveAttempt().filter(claim.attempt()::equals).isEmpty()) {
        unused.add(claim);
      }
    }
    if (!over.isEmpty()) {
      claims.over(resource.name(), over);
    }
    if (!unused.isEmpty()) {
      catalog.giveBack(resource.name(), unused);
    }
  }

  private static boolean wasAttempt(Job job, Claim claim) {
    return job.attempts().stream()
        .anyMatch(attempt -> attempt.dispatch().keyOf(job.key()).equals(claim.attempt()));
  }
}

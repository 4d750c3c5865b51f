package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What really runs, held against what is stored. */
final class TaskLaws {
  /** A handler that is cut off after 30 s may still act on what it read before. */
  static final long IN_FLIGHT_MILLIS = 35_000;

  private static final long TIMEOUT_SLACK_MILLIS = 20_000;

  private final Shadow shadow;
  private final Map<AttemptKey, Real> all = new HashMap<>();
  private final Map<JobKey, AttemptKey> running = new HashMap<>();
  private final Map<HostId, Shape> used = new HashMap<>();
  private final Map<HostId, Shape> capacities = new HashMap<>();
  private final Set<HostId> alive = new HashSet<>();
  private final Map<JobKey, Long> told = new HashMap<>();
  private final Set<HostId> outOfContact = new HashSet<>();

  /** A task that really began. */
  private static final class Real {
    private final Shape shape;
    private final HostId host;
    private long startedAt;
    private long stopAskedAt;
    private boolean over;
    private @Nullable Integer exitCode;

    private Real(Shape shape, HostId host) {
      this.shape = shape;
      this.host = host;
    }
  }

  TaskLaws(Shadow shadow) {
    this.shadow = shadow;
  }

  void launched(HostId host, Shape capacity) {
    capacities.put(host, capacity);
    alive.add(host);
  }

  void gone(HostId host) {
    alive.remove(host);
  }

  /** A job was stored: since when it bears a stop request. */
  void stored(Job job, long now) {
    if (job.stop() == null) {
      told.remove(job.key());
    } else {
      told.putIfAbsent(job.key(), now);
    }
  }

  /** When this job was stored with the stop request that it bears, by the real clock. */
  Optional<Long> toldToStop(JobKey key) {
    return Optional.ofNullable(told.get(key));
  }

  void contactLost(HostId host) {
    outOfContact.add(host);
  }

  boolean wasOutOfContact(HostId host) {
    return outOfContact.contains(host);
  }

  int vcpus(String environment) {
    return alive.stream()
        .filter(host -> host.environment().equals(environment))
        .mapToInt(host -> capacities.getOrDefault(host, Shape.NONE).vcpus())
        .sum();
  }

  int vcpus(HostId host) {
    return capacities.getOrDefault(host, Shape.NONE).vcpus();
  }

  Set<HostId> alive() {
    return Set.copyOf(alive);
  }

  void begins(AttemptKey attempt, HostId host, Shape shape, long now) {
    JobKey key = attempt.key();
    AttemptKey other = running.get(key);
    unless(
        other == null,
        Law.ONE_LIVE_ATTEMPT,
        "the task of " + attempt + " begins while that of " + other + " runs");
    Job job =
        shadow
            .job(key)
            .orElseThrow(() -> new Violation(Law.RESERVED_BEFORE_USED, "no job for " + attempt));
    unless(
        job.liveAttempt().filter(attempt::equals).isPresent(),
        Law.ONE_LIVE_ATTEMPT,
        "the task of " + attempt + " begins, but stored is " + job);
    StopRequest stop = job.stop();
    // A child is told later than its parent, whose request it then carries.
    long toldAt = told.getOrDefault(key, now);
    unless(
        stop == null || now - toldAt < IN_FLIGHT_MILLIS,
        Law.TOLD_TO_STOP_STAYS_STOPPED,
        "the task of " + attempt + " begins, though long told to stop: " + stop);
    unless(
        reserved(host, attempt),
        Law.RESERVED_BEFORE_USED,
        "the task of " + attempt + " begins on " + host + " without a reservation");
    Shape taken = used.getOrDefault(host, Shape.NONE).plus(shape);
    unless(
        taken.fitsInto(capacities.getOrDefault(host, Shape.NONE)),
        Law.NO_HOST_OVERSUBSCRIBED,
        "tasks on " + host + " take " + taken);
    used.put(host, taken);
    running.put(key, attempt);
    all.put(attempt, new Real(shape, host));
  }

  boolean reserved(HostId host, AttemptKey attempt) {
    return shadow
        .host(host)
        .map(Host::reservations)
        .filter(taken -> taken.stream().anyMatch(room -> room.attempt().equals(attempt)))
        .isPresent();
  }

  void runs(AttemptKey attempt, long now) {
    Real real = all.get(attempt);
    if (real != null) {
      real.startedAt = now;
    }
  }

  void stopAsked(AttemptKey attempt, long now) {
    Real real = all.get(attempt);
    if (real != null) {
      real.stopAskedAt = now;
    }
  }

  /** A task is over; {@code calmSince} is when the last fault could have had an effect. */
  void ends(AttemptKey attempt, HostId host, @Nullable Integer exitCode, long now, long calmSince) {
    Real real = all.get(attempt);
    if (real == null) {
      return;
    }
    real.over = true;
    real.exitCode = exitCode;
    running.remove(attempt.key(), attempt);
    used.merge(host, real.shape, Shape::minus);
    boolean node = attempt.key().member() == JobKey.Member.NODE;
    int timeout =
        node ? 0 : shadow.job(attempt.key()).map(job -> job.spec().timeoutSeconds()).orElse(0);
    long due = real.startedAt + timeout * 1000L;
    boolean calm = real.startedAt > calmSince;
    if (timeout > 0 && real.startedAt > 0 && calm && now > due + TIMEOUT_SLACK_MILLIS) {
      unless(
          real.stopAskedAt > 0 && real.stopAskedAt <= due + TIMEOUT_SLACK_MILLIS,
          Law.TIMEOUT_IN_TIME,
          "%s was due %d ms ago; its stop was asked %s"
              .formatted(
                  attempt,
                  now - due,
                  real.stopAskedAt == 0 ? "never" : (real.stopAskedAt - due) + " ms after"));
    }
  }

  /** Attempts whose tasks run on this host and are the live ones of their jobs. */
  List<AttemptKey> liveOn(HostId host) {
    return running.values().stream()
        .filter(attempt -> Objects.requireNonNull(all.get(attempt)).host.equals(host))
        .filter(attempt ->
            shadow.job(attempt.key()).flatMap(Job::liveAttempt).filter(attempt::equals).isPresent())
        .toList();
  }

  boolean runs(JobKey key) {
    return running.containsKey(key);
  }

  /** True when the task of this attempt was up at some time. */
  boolean hasRun(AttemptKey attempt) {
    Real real = all.get(attempt);
    return real != null && real.startedAt > 0;
  }

  boolean isOver(AttemptKey attempt) {
    Real real = all.get(attempt);
    return real == null || real.over;
  }

  boolean exitedWith(AttemptKey attempt, int exitCode) {
    Real real = all.get(attempt);
    return real != null && real.exitCode != null && real.exitCode == exitCode;
  }

  Set<JobKey> running() {
    return Set.copyOf(running.keySet());
  }
}

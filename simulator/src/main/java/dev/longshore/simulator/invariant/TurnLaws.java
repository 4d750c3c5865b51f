package dev.longshore.simulator.invariant;

import static dev.longshore.simulator.invariant.Violation.unless;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Reservation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it was. A round may lose a race for one host and win it for another, so a job may be
 * overtaken now and then; what must not be is that it goes on.
 */
final class TurnLaws {
  /** A round that began when the job could not be seen yet is over after this. */
  private static final long SEEN_MILLIS = 2 * 60_000L;

  /** In so many rounds others may go first by an accident of races and faults. */
  static final int MOST = 12;

  /** What is placed within this time is one round: one lost race, whatever it lets pass. */
  private static final long ROUND_MILLIS = 2_000;

  /** The shortest and the longest window of a share's average ({@code docs/decisions/0012}), ms. */
  private static final double SHORTEST = 600_000;

  private static final double LONGEST = 3_600_000;

  /** The largest quotient of two weights that an act of the workloads sets. */
  private static final double WEIGHTS = 4;

  /** What a share has had, by the shortest and the longest window that a policy may set. */
  private record Use(double quick, double slow, int held, long at) {
    static final Use NONE = new Use(0, 0, 0, 0);

    private double average(double recent, double window, long now) {
      return held + (recent - held) * Math.exp(-3 * (now - at) / window);
    }

    Use plus(int vcpus, long now) {
      double quickly = average(quick, SHORTEST, now);
      return new Use(quickly, average(slow, LONGEST, now), held + vcpus, now);
    }

    /** True when it is more than this multiple of the other's, whatever the policy's window is. */
    boolean isMoreThan(double times, Use other) {
      return quick + held > times * (other.quick + other.held)
          && slow + held > times * (other.slow + other.held);
    }
  }

  /** A job that waits: since when, in how many rounds others went first, and when last. */
  private record Wait(long since, int overtaken, long overtakenAt) {}

  private final Map<Integer, Use> uses = new HashMap<>();
  private final Map<JobKey, Wait> waits = new TreeMap<>();
  private final Shadow shadow;

  TurnLaws(Shadow shadow) {
    this.shadow = shadow;
  }

  /** Room is taken or given back; counts for the shares that pay for it. */
  void stored(@Nullable Host before, Host after, long now) {
    if (before != null) {
      before.reservations().stream()
          .filter(reservation -> !after.reservations().contains(reservation))
          .forEach(reservation -> count(reservation, -1, now));
    }
    after.reservations().stream()
        .filter(reservation -> before == null || !before.reservations().contains(reservation))
        .forEach(reservation -> count(reservation, 1, now));
  }

  void removed(Host host, long now) {
    host.reservations().forEach(reservation -> count(reservation, -1, now));
  }

  private void count(Reservation reservation, int sign, long now) {
    if (reservation.payer() != 0) {
      int vcpus = sign * reservation.shape().vcpus();
      uses.put(reservation.payer(), use(reservation.payer()).plus(vcpus, now));
    }
  }

  private Use use(int payer) {
    return uses.getOrDefault(payer, Use.NONE);
  }

  /** Called before the job's new state is entered in the shadow. */
  void stored(@Nullable Job before, Job after, long now) {
    if (after.state() instanceof JobState.Runnable) {
      waits.putIfAbsent(after.key(), new Wait(now, 0, 0));
    } else {
      waits.remove(after.key());
    }
    if (after.state() instanceof JobState.Starting
        && !(before != null && before.state() instanceof JobState.Starting)
        && after.key().member() != JobKey.Member.NODE) {
      waits.replaceAll((key, wait) -> {
        Job waiting = shadow.job(key).orElse(null);
        return waiting != null && seen(wait, now) && passes(after, waiting, now)
            ? passed(wait, after, waiting, now)
            : wait;
      });
    }
  }

  private static boolean seen(Wait wait, long now) {
    return now - wait.since() > SEEN_MILLIS && now - wait.overtakenAt() >= ROUND_MILLIS;
  }

  private boolean passes(Job starting, Job waiting, long now) {
    boolean comparable =
        waiting.key().isWhole()
            && waiting.stop() == null
            && waiting.state() instanceof JobState.Runnable runnable
            && runnable.notBefore() + SEEN_MILLIS < now
            && waiting.spec().nodes() == null
            && waiting.spec().needs().isEmpty()
            && waiting.spec().queue().equals(starting.spec().queue())
            && waiting.spec().shape().fitsInto(starting.spec().shape());
    return comparable && (isAfter(starting, waiting) || hasMore(starting, waiting, now));
  }

  private static Wait passed(Wait wait, Job starting, Job waiting, long now) {
    int times = wait.overtaken() + 1;
    boolean sameShare = Objects.equals(starting.spec().share(), waiting.spec().share());
    unless(
        times <= MOST,
        sameShare ? Law.TURNS_ARE_KEPT : Law.FAIR_SHARE_WITHIN_ITS_BOUND,
        "in " + times + " rounds others went before " + waiting + ", the last is " + starting);
    return new Wait(wait.since(), times, now);
  }

  /** Same line, submitted later, of no higher priority, and not tried again. */
  private static boolean isAfter(Job starting, Job waiting) {
    return Objects.equals(starting.spec().share(), waiting.spec().share())
        && starting.spec().createdAt() > waiting.spec().createdAt()
        && starting.spec().priority() <= waiting.spec().priority()
        && starting.attempts().isEmpty()
        && starting.nextDispatch() <= 1;
  }

  /** Of a share that has had much more than the other's, whatever their weights are. */
  private boolean hasMore(Job starting, Job waiting, long now) {
    if (Objects.equals(starting.spec().share(), waiting.spec().share())) {
      return false;
    }
    // The room of the job itself is counted already; the one that waits would take as much.
    int vcpus = starting.spec().shape().vcpus();
    Use without = use(payer(starting)).plus(-vcpus, now);
    return without.isMoreThan(WEIGHTS, use(payer(waiting)).plus(vcpus, now));
  }

  private static int payer(Job job) {
    return Reservation.payer(job.spec().queue(), job.spec().share());
  }
}

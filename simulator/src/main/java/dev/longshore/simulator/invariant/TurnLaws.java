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

  /** The same between shares, whose use a round knows less exactly when others were cut off. */
  static final int MOST_OF_SHARES = 30;

  /** What is placed within this time is one round: one lost race, whatever it lets pass. */
  private static final long ROUND_MILLIS = 2_000;

  /** The window of the average of a share ({@code docs/decisions/0012}), ms. */
  private static final double WINDOW = 600_000;

  /** The largest quotient of two weights that an act of the workloads sets. */
  private static final double WEIGHTS = 4;

  private record Use(double recent, int held, long at) {
    static final Use NONE = new Use(0, 0, 0);

    double averageAt(long now) {
      return held + (recent - held) * Math.exp(-3 * (now - at) / WINDOW);
    }

    Use plus(int vcpus, long now) {
      return new Use(averageAt(now), held + vcpus, now);
    }

    double totalAt(long now) {
      return averageAt(now) + held;
    }
  }

  private final Map<Integer, Use> uses = new HashMap<>();
  private final Map<JobKey, Long> waitsSince = new TreeMap<>();
  private final Map<JobKey, Integer> overtaken = new HashMap<>();
  private final Map<JobKey, Long> overtakenAt = new HashMap<>();
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
    boolean waits = after.state() instanceof JobState.Runnable;
    boolean waited = before != null && before.state() instanceof JobState.Runnable;
    if (waits && !waited) {
      waitsSince.put(after.key(), now);
    } else if (!waits) {
      waitsSince.remove(after.key());
      overtaken.remove(after.key());
    }
    if (after.state() instanceof JobState.Starting
        && !(before != null && before.state() instanceof JobState.Starting)
        && after.key().member() != JobKey.Member.NODE) {
      waitsSince.forEach((key, since) -> {
        if (now - since > SEEN_MILLIS) {
          shadow.job(key).ifPresent(waiting -> passes(after, waiting, now));
        }
      });
    }
  }

  private void passes(Job starting, Job waiting, long now) {
    boolean comparable =
        waiting.key().isWhole()
            && waiting.stop() == null
            && waiting.state() instanceof JobState.Runnable runnable
            && runnable.notBefore() + SEEN_MILLIS < now
            && waiting.spec().nodes() == null
            && waiting.spec().needs().isEmpty()
            && waiting.spec().queue().equals(starting.spec().queue())
            && waiting.spec().shape().fitsInto(starting.spec().shape());
    if (!comparable || !(isAfter(starting, waiting) || hasMore(starting, waiting, now))) {
      return;
    }
    if (now - overtakenAt.getOrDefault(waiting.key(), 0L) < ROUND_MILLIS) {
      return;
    }
    overtakenAt.put(waiting.key(), now);
    int times = overtaken.merge(waiting.key(), 1, Integer::sum);
    boolean sameShare = Objects.equals(starting.spec().share(), waiting.spec().share());
    unless(
        times <= (sameShare ? MOST : MOST_OF_SHARES),
        sameShare ? Law.TURNS_ARE_KEPT : Law.FAIR_SHARE_WITHIN_ITS_BOUND,
        "in " + times + " rounds others went before " + waiting + ", the last is " + starting);
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
    // The room of the job itself is counted already.
    int own = starting.spec().shape().vcpus();
    double uses = use(payer(starting)).totalAt(now) - own;
    return uses > WEIGHTS * (use(payer(waiting)).totalAt(now) + own);
  }

  private static int payer(Job job) {
    return Reservation.payer(job.spec().queue(), job.spec().share());
  }
}

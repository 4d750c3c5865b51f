package dev.longshore.core.share;

import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.model.ShareBook.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the book of a queue's shares goes on ({@code docs/decisions/0012}). Of each share it keeps
 * one number: the vCPUs that it held on average, where a moment counts the less the longer it is
 * ago, falling by e in a third of the window. That follows from the number before and from what was
 * held since; no job is looked at, and what was seen twice counts once.
 */
public final class Usage {
  /** A share is forgotten this long after it became inactive. */
  private static final long FORGET_MILLIS = Duration.ofHours(1).toMillis();

  /** How often being active is noted: before the shortest window is over. */
  private static final long NOTE_MILLIS = Duration.ofMinutes(5).toMillis();

  /**
   * A priority is forgotten this long after it was noted, if its lanes are empty. What makes it
   * safe is the difference to {@link #NOTE_MILLIS}: a job's priority was noted at most that long
   * before the job came into its lane, so the index has ten minutes to show it.
   */
  private static final long FORGET_PRIORITY_MILLIS = Duration.ofMinutes(15).toMillis();

  private static final long SHORTEST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 60_000;

  /** Shares whose entries fill a write unit. */
  private static final int SHARES_OF_A_UNIT = 16;

  private Usage() {}

  /** The average vCPUs of a share of this book at {@code now}, epoch ms. */
  public static double recent(ShareBook book, Share share, FairShare policy, long now) {
    if (share.held() == 0 && now - share.activeAt() > policy.windowMillis()) {
      return 0;
    }
    double passed = Math.max(0, now - book.at());
    double fallen = Math.exp(-passed / (policy.windowMillis() / 3.0));
    return share.held() + (share.recent() - share.held()) * fallen;
  }

  /** True while a share counts as active although nothing of it waits or runs. */
  public static boolean isActive(Share share, FairShare policy, long now) {
    return now - share.activeAt() <= policy.windowMillis();
  }

  /** True when it should be noted again that this share has jobs. */
  public static boolean isStale(Share share, long now) {
    return now - share.activeAt() > NOTE_MILLIS;
  }

  /** True when a job of this share and priority need not be noted: both were a moment ago. */
  public static boolean isNoted(ShareBook book, String name, int priority, long now) {
    return book.find(name)
        .filter(share -> !isStale(share, now))
        .map(share -> share.priorities().get(priority))
        .filter(noted -> now - noted <= NOTE_MILLIS)
        .isPresent();
  }

  /**
   * The book as a round at {@code now} leaves it; the same book when that is not worth a write.
   * Changes are written at most every second, more rarely with a longer window or more shares.
   *
   * @param held vCPUs that each share holds from now on; missing ones hold none
   * @param waiting shares with jobs that may be placed
   * @param listed shares with jobs in their lanes, arrays among them whose children all wait for
   *     others: such a share is inactive, but never forgotten, for nobody reads forgotten lanes
   * @param empty by share, priorities whose lanes were read and found empty. They are forgotten
   *     unless they were noted a while ago: the index lags
   */
  public static ShareBook advanced(
      ShareBook book,
      FairShare policy,
      Map<String, Integer> held,
      Set<String> waiting,
      Set<String> listed,
      Map<String, Set<Integer>> empty,
      long now) {
    if (now - book.at() < interval(book, policy)) {
      return book;
    }
    boolean changed = false;
    List<Share> shares = new ArrayList<>();
    for (Share share : book.shares()) {
      int holds = held.getOrDefault(share.name(), 0);
      boolean active = holds > 0 || share.held() > 0 || waiting.contains(share.name());
      boolean old = now - share.activeAt() > policy.windowMillis() + FORGET_MILLIS;
      if (old && !active && !listed.contains(share.name())) {
        changed = true;
        continue;
      }
      changed |= holds != share.held() || (active && isStale(share, now));
      Map<Integer, Long> priorities = new HashMap<>(share.priorities());
      Set<Integer> unused = empty.getOrDefault(share.name(), Set.of());
      changed |=
          priorities
              .entrySet()
              .removeIf(noted ->
                  unused.contains(noted.getKey())
                      && now - noted.getValue() > FORGET_PRIORITY_MILLIS);
      double recent = recent(book, share, policy, now);
      long activeAt = active ? now : share.activeAt();
      shares.add(new Share(share.name(), priorities, recent, holds, activeAt));
    }
    return changed ? new ShareBook(book.queue(), shares, now, book.version() + 1) : book;
  }

  private static long interval(ShareBook book, FairShare policy) {
    long fine = Math.clamp(policy.windowMillis() / 300, SHORTEST_MILLIS, LONGEST_MILLIS);
    return fine * (1 + book.shares().size() / SHARES_OF_A_UNIT);
  }

  /** The book with this share and priority in it, noted at {@code now}. */
  public static ShareBook with(ShareBook book, String name, int priority, long now) {
    Share before = book.find(name).orElse(new Share(name, Map.of(), 0, 0, now));
    Map<Integer, Long> priorities = new HashMap<>(before.priorities());
    priorities.merge(priority, now, Math::max);
    List<Share> shares = new ArrayList<>(book.shares());
    shares.remove(before);
    shares.add(
        new Share(
            name, priorities, before.recent(), before.held(), Math.max(now, before.activeAt())));
    return new ShareBook(book.queue(), shares, book.at(), book.version() + 1);
  }
}

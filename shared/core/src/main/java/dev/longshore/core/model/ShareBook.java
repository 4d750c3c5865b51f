package dev.longshore.core.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The shares of a fair-share queue: which there are, and what they have had. One item per queue. A
 * job's share and priority stand here before the job is stored, so that no lane is overlooked.
 *
 * @param queue name of the queue
 * @param shares by identifier, each once
 * @param at epoch ms of the last round that wrote it; 0 when none did
 * @param version grows by one with each stored change; 0 when nothing is stored yet
 */
public record ShareBook(String queue, List<Share> shares, long at, long version) {
  public ShareBook {
    shares = List.copyOf(shares);
  }

  /**
   * One share.
   *
   * @param name share identifier
   * @param priorities scheduling priorities that its jobs have or had a while ago, each with the
   *     epoch ms at which it was noted last: one of a job that came, or was about to, into its lane
   * @param recent vCPUs that it held on average in recent time, as of {@code at} of the book
   * @param held vCPUs that it held from {@code at} on
   * @param activeAt epoch ms at which it certainly had a job that was not over
   */
  public record Share(
      String name, Map<Integer, Long> priorities, double recent, int held, long activeAt) {
    public Share {
      // In one order: their lanes are read in it.
      priorities = Collections.unmodifiableSortedMap(new TreeMap<>(priorities));
    }
  }

  /** Nothing known. */
  public static ShareBook none(String queue) {
    return new ShareBook(queue, List.of(), 0, 0);
  }

  /** The share of this name. */
  public Optional<Share> find(String name) {
    return shares.stream().filter(share -> share.name().equals(name)).findFirst();
  }
}

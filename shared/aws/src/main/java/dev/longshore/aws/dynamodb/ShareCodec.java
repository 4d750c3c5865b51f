package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.ShareBook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shares of queues and the settings of policies as attributes. */
final class ShareCodec {
  private static final String SHARES = "s";
  private static final String PRIORITIES = "p";
  private static final String RECENT = "r";
  private static final String HELD = "h";

  /** Beside the priorities, in their order: seconds since 1970 at which each was noted. */
  private static final String NOTED = "m";

  private static final String DECAY = "decay";
  private static final String RESERVATION = "reserve";
  private static final String WEIGHTS = "weights";
  private static final String FACTOR = "w";

  /** Makes any book of a queue an empty one. */
  static final Update EMPTIED = Update.emptied(List.of(SHARES), Attr.CREATED_AT);

  private ShareCodec() {}

  static Item write(ShareBook book) {
    return ItemKey.shares(book.queue())
        .item()
        .put(Attr.VERSION, book.version())
        .put(Attr.CREATED_AT, book.at())
        .putMaps(SHARES, book.shares().stream().map(ShareCodec::share).toList());
  }

  static ShareBook read(String queue, Item item) {
    return new ShareBook(
        queue,
        item.maps(SHARES).stream().map(ShareCodec::readShare).toList(),
        item.number(Attr.CREATED_AT),
        item.number(Attr.VERSION));
  }

  private static Item share(ShareBook.Share share) {
    return new Item()
        .put(Attr.NAME, share.name())
        .putNumbers(PRIORITIES, List.copyOf(share.priorities().keySet()))
        .putNumbers(NOTED, share.priorities().values().stream().map(ShareCodec::seconds).toList())
        .put(RECENT, Double.toString(share.recent()))
        .put(HELD, share.held())
        .put(Attr.CREATED_AT, share.activeAt());
  }

  /** Rounded up: a priority may be kept a second longer, never shorter. */
  private static int seconds(long millis) {
    return Math.toIntExact(Math.ceilDiv(millis, 1_000L));
  }

  private static ShareBook.Share readShare(Item item) {
    List<Integer> noted = item.numbers(NOTED);
    List<Integer> keys = item.numbers(PRIORITIES);
    Map<Integer, Long> priorities = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      // Books were stored without it: then each was noted when the share was.
      long at = noted.isEmpty() ? item.number(Attr.CREATED_AT) : noted.get(i) * 1_000L;
      priorities.put(keys.get(i), at);
    }
    return new ShareBook.Share(
        item.text(Attr.NAME),
        priorities,
        Double.parseDouble(item.text(RECENT)),
        item.integer(HELD),
        item.number(Attr.CREATED_AT));
  }

  /** The settings of a policy, into its item. */
  static void write(Item policy, FairShare settings) {
    policy
        .putUnlessZero(DECAY, settings.decaySeconds())
        .putUnlessZero(RESERVATION, settings.reservation())
        .putMaps(WEIGHTS, settings.weights().stream().map(ShareCodec::weight).toList());
  }

  static FairShare readPolicy(Item policy) {
    return new FairShare(
        (int) policy.numberOrZero(DECAY),
        (int) policy.numberOrZero(RESERVATION),
        policy.maps(WEIGHTS).stream()
            .map(item ->
                new FairShare.Weight(item.text(Attr.NAME), Double.parseDouble(item.text(FACTOR))))
            .toList());
  }

  private static Item weight(FairShare.Weight weight) {
    return new Item()
        .put(Attr.NAME, weight.identifier())
        .put(FACTOR, Double.toString(weight.factor()));
  }
}

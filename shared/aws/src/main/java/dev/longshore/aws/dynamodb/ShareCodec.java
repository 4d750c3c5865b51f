package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.ShareBook;
import java.util.HashSet;

/** Shares of queues and the settings of policies as attributes. */
final class ShareCodec {
  private static final String SHARES = "s";
  private static final String PRIORITIES = "p";
  private static final String RECENT = "r";
  private static final String HELD = "h";

  private static final String DECAY = "decay";
  private static final String RESERVATION = "reserve";
  private static final String WEIGHTS = "weights";
  private static final String FACTOR = "w";

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
        .putNumbers(PRIORITIES, share.priorities().stream().sorted().toList())
        .put(RECENT, Double.toString(share.recent()))
        .put(HELD, share.held())
        .put(Attr.CREATED_AT, share.activeAt());
  }

  private static ShareBook.Share readShare(Item item) {
    return new ShareBook.Share(
        item.text(Attr.NAME),
        new HashSet<>(item.numbers(PRIORITIES)),
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

package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.JobId;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry.Position;
import dev.longshore.core.model.LineSearch;
import org.jspecify.annotations.Nullable;

/** How far rounds have looked in a line, as attributes. */
final class SearchCodec {
  private static final String LANE = "lane";
  private static final String SHARE = "share";
  private static final String PRIORITY = "prio";
  private static final String AFTER_TIME = "since";
  private static final String AFTER_JOB = "job";

  private SearchCodec() {}

  static Item write(LineSearch search) {
    Item item =
        ItemKey.search(search.queue(), search.reader()).item().put(Attr.CREATED_AT, search.at());
    LaneKey lane = search.lane();
    if (lane != null) {
      item.put(LANE, lane.lane().name()).put(SHARE, lane.share()).put(PRIORITY, lane.priority());
    }
    Position after = search.after();
    return after == null
        ? item
        : item.put(AFTER_TIME, after.createdAt()).put(AFTER_JOB, after.job().toString());
  }

  static LineSearch read(String queue, LineSearch.Reader reader, Item item) {
    return new LineSearch(
        queue, reader, lane(queue, item), after(item), item.number(Attr.CREATED_AT));
  }

  private static @Nullable LaneKey lane(String queue, Item item) {
    return item.has(LANE)
        ? LaneKey.of(
            queue, Lane.valueOf(item.text(LANE)), item.textOrNull(SHARE), item.integer(PRIORITY))
        : null;
  }

  private static @Nullable Position after(Item item) {
    return item.has(AFTER_JOB)
        ? new Position(item.number(AFTER_TIME), JobId.of(item.text(AFTER_JOB)))
        : null;
  }
}

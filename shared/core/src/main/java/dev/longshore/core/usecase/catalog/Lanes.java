package dev.longshore.core.usecase.catalog;

import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.port.CatalogStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds every part of a queue's lanes that a job may be in. */
public final class Lanes {
  private Lanes() {}

  /** The parts of these lanes, in their order; the shares are read once if they matter. */
  public static List<LaneKey> of(CatalogStore catalog, String queue, Collection<Lane> lanes) {
    boolean parted = lanes.stream().anyMatch(LaneKey::isParted);
    return of(parted ? catalog.shares(queue) : ShareBook.none(queue), lanes);
  }

  /** The parts of these lanes in a queue with these shares. */
  static List<LaneKey> of(ShareBook shares, Collection<Lane> lanes) {
    List<LaneKey> keys = new ArrayList<>();
    for (Lane lane : lanes) {
      keys.add(LaneKey.whole(shares.queue(), lane));
      if (LaneKey.isParted(lane)) {
        for (ShareBook.Share share : shares.shares()) {
          for (int priority : share.priorities().keySet()) {
            keys.add(LaneKey.of(shares.queue(), lane, share.name(), priority));
          }
        }
      }
    }
    return keys;
  }
}

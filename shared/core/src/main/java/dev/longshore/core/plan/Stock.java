package dev.longshore.core.plan;

import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.Need;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is left of consumable resources during one round of planning. */
final class Stock {
  private final Map<String, ConsumableResource> resources;
  private final Map<String, Long> taken = new HashMap<>();
  private final Map<String, Integer> takers = new HashMap<>();

  Stock(Map<String, ConsumableResource> resources) {
    this.resources = resources;
  }

  /** How many jobs with these needs can have all of them now, at most {@code limit}. */
  int room(List<Need> needs, int limit) {
    int room = limit;
    for (Need need : needs) {
      room = Math.min(room, room(need, room));
    }
    return room;
  }

  private int room(Need need, int limit) {
    ConsumableResource resource = resources.get(need.resource());
    if (resource == null) {
      return 0;
    }
    int places =
        Math.max(0, ConsumableResource.CLAIMS_MAX - resource.claims().size() - takers(need));
    return (int) Math.min(limit, Math.min(places, left(need) / need.quantity()));
  }

  private int takers(Need need) {
    return takers.getOrDefault(need.resource(), 0);
  }

  private long left(Need need) {
    ConsumableResource resource = resources.get(need.resource());
    long free = resource == null ? 0 : resource.available();
    return Math.max(0, free - taken.getOrDefault(need.resource(), 0L));
  }

  /** So many jobs with these needs start. */
  void take(List<Need> needs, int count) {
    for (Need need : needs) {
      taken.merge(need.resource(), need.quantity() * count, Long::sum);
      takers.merge(need.resource(), count, Integer::sum);
    }
  }

  /** What a job with these needs lacks, for people. */
  String lack(List<Need> needs) {
    for (Need need : needs) {
      if (room(need, 1) == 0) {
        return lack(need);
      }
    }
    return "";
  }

  private String lack(Need need) {
    String name = need.resource();
    ConsumableResource resource = resources.get(name);
    if (resource == null) {
      return "there is no consumable resource " + name;
    }
    if (need.quantity() > resource.total()) {
      return "%s: %d needed, %d in all".formatted(name, need.quantity(), resource.total());
    }
    if (left(need) >= need.quantity()) {
      return name + " is taken from by as many jobs as can be counted";
    }
    return "%s %d of %d free, %d needed"
        .formatted(name, left(need), resource.total(), need.quantity());
  }
}

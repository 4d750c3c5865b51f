package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.ComputeEnvironment.Managed;
import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Front;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.model.TimeLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queues, environments, definitions and policies as items; they are few, so names are whole. */
final class CatalogCodec {
  private static final String ENABLED = "enabled";
  private static final String STATUS = "state";
  private static final String REASON = "reason";
  private static final String PRIORITY = "prio";
  private static final String ENVIRONMENTS = "envs";
  private static final String ORDERS = "orders";
  private static final String POLICY = "policy";
  private static final String LIMITS = "limits";
  private static final String MANAGED = "managed";
  private static final String UNMANAGED_VCPUS = "vcpus";
  private static final String SPOT = "spot";
  private static final String MIN = "min";
  private static final String MAX = "max";
  private static final String DESIRED = "desired";
  private static final String DESIRED_SINCE = "desiredSince";
  private static final String TYPES = "types";
  private static final String STRATEGY = "strategy";
  private static final String REVISION = "rev";
  private static final String ACTIVE = "active";
  private static final String DEREGISTERED_AT = "gone";
  private static final String ENTRIES = "entries";
  private static final String FIRST = "first";
  private static final String FRONT = "front";
  private static final String SINCE = "since";
  private static final String AWAY = "away";
  private static final String BLOCKAGE = "blocked";
  private static final String TOLD = "told";
  private static final String NEEDS = "needs";
  private static final String NODES = "nodes";

  /** Makes any holds of a queue be none. */
  static final Update HOLDS_EMPTIED = Update.emptied(List.of(ENTRIES, FRONT), Attr.CREATED_AT);

  private CatalogCodec() {}

  static Item write(JobQueue queue) {
    return ItemKey.queue(queue.name())
        .item()
        .put(ENABLED, queue.enabled())
        .put(STATUS, queue.status().name())
        .put(REASON, queue.statusReason())
        .put(PRIORITY, queue.priority())
        .putTexts(ENVIRONMENTS, queue.environments())
        .putNumbers(ORDERS, queue.orders())
        .put(POLICY, queue.schedulingPolicy())
        .putMaps(LIMITS, queue.timeLimits().stream().map(CatalogCodec::limit).toList())
        .putTextMap(Attr.TAGS, queue.tags())
        .put(Attr.CREATED_AT, queue.createdAt())
        .put(Attr.VERSION, queue.version());
  }

  static JobQueue readQueue(Item item) {
    return new JobQueue(
        item.text(Attr.SORT),
        item.flag(ENABLED),
        ResourceStatus.valueOf(item.text(STATUS)),
        item.text(REASON),
        item.integer(PRIORITY),
        item.texts(ENVIRONMENTS),
        item.numbers(ORDERS),
        item.textOrNull(POLICY),
        item.maps(LIMITS).stream().map(CatalogCodec::readLimit).toList(),
        item.textMap(Attr.TAGS),
        item.number(Attr.CREATED_AT),
        item.number(Attr.VERSION));
  }

  private static Item limit(TimeLimit limit) {
    return new Item().put(REASON, limit.reason()).put(MAX, limit.maxSeconds());
  }

  private static TimeLimit readLimit(Item item) {
    return new TimeLimit(item.text(REASON), item.integer(MAX));
  }

  static Item write(ComputeEnvironment environment) {
    Item item =
        ItemKey.environment(environment.name())
            .item()
            .put(ENABLED, environment.enabled())
            .put(STATUS, environment.status().name())
            .put(REASON, environment.statusReason())
            .putUnlessZero(UNMANAGED_VCPUS, environment.unmanagedVcpus())
            .put(Attr.DOCUMENT, environment.document())
            .putTextMap(Attr.TAGS, environment.tags())
            .put(Attr.CREATED_AT, environment.createdAt())
            .put(Attr.VERSION, environment.version());
    Managed managed = environment.managed();
    return managed == null ? item : item.put(MANAGED, managed(managed));
  }

  private static Item managed(Managed managed) {
    return new Item()
        .put(SPOT, managed.market() == Market.SPOT)
        .put(MIN, managed.minVcpus())
        .put(MAX, managed.maxVcpus())
        .put(DESIRED, managed.desiredVcpus())
        .putUnlessZero(DESIRED_SINCE, managed.desiredSince())
        .putTexts(TYPES, managed.instanceTypes())
        .put(STRATEGY, managed.allocationStrategy());
  }

  static ComputeEnvironment readEnvironment(Item item) {
    return new ComputeEnvironment(
        item.text(Attr.SORT),
        item.flag(ENABLED),
        ResourceStatus.valueOf(item.text(STATUS)),
        item.text(REASON),
        readManaged(item),
        (int) item.numberOrZero(UNMANAGED_VCPUS),
        item.text(Attr.DOCUMENT),
        item.textMap(Attr.TAGS),
        item.number(Attr.CREATED_AT),
        item.number(Attr.VERSION));
  }

  private static @Nullable Managed readManaged(Item environment) {
    if (!environment.has(MANAGED)) {
      return null;
    }
    Item item = environment.map(MANAGED);
    return new Managed(
        item.flag(SPOT) ? Market.SPOT : Market.ON_DEMAND,
        item.integer(MIN),
        item.integer(MAX),
        item.integer(DESIRED),
        item.numberOrZero(DESIRED_SINCE),
        item.texts(TYPES),
        item.text(STRATEGY));
  }

  static Item write(JobDefinition definition) {
    return ItemKey.definition(definition.id())
        .item()
        .put(Attr.NAME, definition.id().name())
        .put(REVISION, definition.id().revision())
        .put(ACTIVE, definition.active())
        .put(Attr.DOCUMENT, definition.document())
        .putTextMap(Attr.TAGS, definition.tags())
        .put(Attr.CREATED_AT, definition.createdAt())
        .putUnlessZero(DEREGISTERED_AT, definition.deregisteredAt())
        .put(Attr.VERSION, definition.version());
  }

  static JobDefinition readDefinition(Item item) {
    return new JobDefinition(
        new DefinitionId(item.text(Attr.NAME), item.integer(REVISION)),
        item.flag(ACTIVE),
        item.text(Attr.DOCUMENT),
        item.textMap(Attr.TAGS),
        item.number(Attr.CREATED_AT),
        item.numberOrZero(DEREGISTERED_AT),
        item.number(Attr.VERSION));
  }

  static Item write(SchedulingPolicy policy) {
    Item item = ItemKey.policy(policy.name()).item();
    ShareCodec.write(item, policy.fairShare());
    return item.put(Attr.DOCUMENT, policy.document())
        .putTextMap(Attr.TAGS, policy.tags())
        .put(Attr.VERSION, policy.version());
  }

  static SchedulingPolicy readPolicy(Item item) {
    return new SchedulingPolicy(
        item.text(Attr.SORT),
        ShareCodec.readPolicy(item),
        item.text(Attr.DOCUMENT),
        item.textMap(Attr.TAGS),
        item.number(Attr.VERSION));
  }

  static Item write(Holds holds) {
    Item item =
        ItemKey.holds(holds.queue())
            .item()
            .put(Attr.VERSION, holds.version())
            .putMaps(ENTRIES, holds.entries().stream().map(CatalogCodec::entry).toList());
    Front front = holds.front();
    return front == null ? item : item.put(FRONT, front(front));
  }

  static Holds readHolds(String queue, Item item) {
    return new Holds(
        queue,
        item.maps(ENTRIES).stream().map(CatalogCodec::readEntry).toList(),
        item.has(FRONT) ? readFront(item.map(FRONT)) : null,
        item.number(Attr.VERSION));
  }

  private static Item front(Front front) {
    Item item =
        new Item()
            .put(FIRST, front.job().toString())
            .put(Attr.CREATED_AT, front.since())
            .put(REASON, front.reason())
            .putUnlessZero(SINCE, front.reasonSince())
            .putUnlessZero(AWAY, front.awaySince());
    Front.Blockage blockage = front.blockage();
    return blockage == null
        ? item
        : item.put(
            BLOCKAGE,
            new Item()
                .put(REASON, blockage.reason())
                .put(SINCE, blockage.since())
                .put(TOLD, blockage.toldAt()));
  }

  private static Front readFront(Item item) {
    return new Front(
        JobKey.parse(item.text(FIRST)).orElseThrow(),
        item.number(Attr.CREATED_AT),
        item.text(REASON),
        item.numberOrZero(SINCE),
        item.numberOrZero(AWAY),
        item.has(BLOCKAGE) ? readBlockage(item.map(BLOCKAGE)) : null);
  }

  private static Front.Blockage readBlockage(Item item) {
    return new Front.Blockage(item.text(REASON), item.number(SINCE), item.number(TOLD));
  }

  private static Item entry(Holds.Entry entry) {
    return new Item()
        .put(Attr.SHAPE, SpecCodec.shape(entry.shape()))
        .put(REASON, entry.reason())
        .put(FIRST, entry.first().toString())
        .put(NEEDS, SpecCodec.needs(entry.needs()))
        .putUnlessZero(NODES, entry.nodes())
        .put(Attr.CREATED_AT, entry.since());
  }

  private static Holds.Entry readEntry(Item item) {
    return new Holds.Entry(
        SpecCodec.shape(item.text(Attr.SHAPE)),
        item.text(REASON),
        JobKey.parse(item.text(FIRST)).orElseThrow(),
        item.number(Attr.CREATED_AT),
        SpecCodec.needs(item.textOrNull(NEEDS)),
        (int) item.numberOrZero(NODES));
  }
}

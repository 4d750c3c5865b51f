package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.Lane;
import dev.longshore.core.model.LaneKey;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What was asked for, as attributes of a whole job; usual values are left out. */
final class SpecCodec {
  private static final String DEFINITION = "d";
  private static final String SHARE = "g";
  private static final String PRIORITY = "p";
  private static final String ARRAY_SIZE = "a";
  private static final String ATTEMPTS = "y";
  private static final String RULES = "yr";
  private static final String ON_STATUS_REASON = "s";
  private static final String ON_REASON = "r";
  private static final String ON_EXIT_CODE = "c";
  private static final String RETRY = "y";
  private static final String TIMEOUT = "m";
  private static final String PAIRS = "np";
  private static final String SEQUENTIAL = "ns";
  private static final String NEEDS = "nc";
  static final String NODES = "ng";
  private static final int PLACE_DIGITS = 13;

  /** What an index entry carries beside its keys; none of it ever changes. */
  static final List<String> PROJECTED =
      List.of(Attr.NAME, DEFINITION, Attr.SHAPE, SHARE, PRIORITY, ARRAY_SIZE, NEEDS, NODES);

  private SpecCodec() {}

  static void write(Item item, JobId job, JobSpec spec) {
    item.put(Attr.PLACE, place(new LineEntry.Position(spec.createdAt(), job)))
        .put(Attr.NAME, spec.name())
        .put(DEFINITION, spec.definition().toString())
        .put(Attr.SHAPE, shape(spec.shape()))
        .put(SHARE, spec.share())
        .putUnlessZero(PRIORITY, spec.priority())
        .putUnlessZero(ARRAY_SIZE, spec.arraySize())
        .putUnlessZero(TIMEOUT, spec.timeoutSeconds())
        .putSet(PAIRS, spec.order().pairs().stream().map(IdBytes::of).toList())
        .putUnlessZero(SEQUENTIAL, spec.order().sequential() ? 1 : 0)
        .put(NEEDS, needs(spec.needs()))
        .put(NODES, spec.nodes() == null ? null : NodesText.write(spec.nodes()));
    if (!spec.retry().equals(RetryStrategy.ONCE)) {
      item.put(ATTEMPTS, spec.retry().attempts())
          .putMaps(RULES, spec.retry().rules().stream().map(SpecCodec::rule).toList());
    }
  }

  static JobSpec read(Item item) {
    String lane = item.text(Attr.LINE);
    return new JobSpec(
        item.text(Attr.NAME),
        lane.substring(0, lane.lastIndexOf('#')),
        definition(item.text(DEFINITION)),
        shape(item.text(Attr.SHAPE)),
        retry(item),
        (int) item.numberOrZero(TIMEOUT),
        (int) item.numberOrZero(ARRAY_SIZE),
        item.textOrNull(SHARE),
        (int) item.numberOrZero(PRIORITY),
        createdAt(item),
        order(item),
        needs(item),
        nodes(item));
  }

  /** Reads an entry of the index. */
  static LineEntry readEntry(Item item, Lane lane) {
    return new LineEntry(
        JobId.of(item.text(Attr.PLACE).substring(PLACE_DIGITS + 1)),
        lane,
        item.text(Attr.NAME),
        definition(item.text(DEFINITION)),
        shape(item.text(Attr.SHAPE)),
        item.textOrNull(SHARE),
        (int) item.numberOrZero(PRIORITY),
        (int) item.numberOrZero(ARRAY_SIZE),
        createdAt(item),
        needs(item),
        nodes(item));
  }

  private static @Nullable NodeGroups nodes(Item item) {
    String text = item.textOrNull(NODES);
    return text == null ? null : NodesText.read(text);
  }

  /** Partition of the index: no name of a queue or share has a {@code #} or a slash. */
  static String lane(LaneKey key) {
    String whole = key.queue() + "#" + key.lane().code();
    return key.share() == null ? whole : whole + "/" + key.share() + "/" + key.priority();
  }

  /** All keys of the index entry at this place, whether it is there or not. */
  static Map<String, AttributeValue> entryKeys(LaneKey lane, LineEntry.Position position) {
    Item keys = ItemKey.job(JobKey.whole(position.job())).item();
    return keys.put(Attr.LINE, lane(lane)).put(Attr.PLACE, place(position)).attributes();
  }

  private static String place(LineEntry.Position position) {
    return String.format(Locale.ROOT, "%013d#%s", position.createdAt(), position.job());
  }

  private static long createdAt(Item item) {
    return Long.parseLong(item.text(Attr.PLACE).substring(0, PLACE_DIGITS));
  }

  static String shape(Shape shape) {
    return shape.vcpus() + "/" + shape.memoryMib() + "/" + shape.gpus();
  }

  static Shape shape(String text) {
    List<String> parts = List.of(text.split("/", -1));
    return new Shape(
        Integer.parseInt(parts.get(0)),
        Integer.parseInt(parts.get(1)),
        Integer.parseInt(parts.get(2)));
  }

  private static ChildOrder order(Item item) {
    Set<JobId> pairs =
        item.set(PAIRS).stream().map(IdBytes::toId).collect(Collectors.toUnmodifiableSet());
    boolean sequential = item.has(SEQUENTIAL);
    return pairs.isEmpty() && !sequential ? ChildOrder.NONE : new ChildOrder(pairs, sequential);
  }

  /** Such as {@code licence=2 seat=1}: no name has a blank or an equals sign. */
  static @Nullable String needs(List<Need> needs) {
    return needs.isEmpty()
        ? null
        : needs.stream()
            .map(need -> need.resource() + "=" + need.quantity())
            .collect(Collectors.joining(" "));
  }

  private static List<Need> needs(Item item) {
    return needs(item.textOrNull(NEEDS));
  }

  static List<Need> needs(@Nullable String text) {
    return text == null ? List.of() : Stream.of(text.split(" ", -1)).map(SpecCodec::need).toList();
  }

  private static Need need(String text) {
    int equals = text.indexOf('=');
    return new Need(text.substring(0, equals), Long.parseLong(text.substring(equals + 1)));
  }

  private static DefinitionId definition(String text) {
    int colon = text.lastIndexOf(':');
    return new DefinitionId(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  private static Item rule(ExitRule rule) {
    return new Item()
        .put(ON_STATUS_REASON, rule.onStatusReason())
        .put(ON_REASON, rule.onReason())
        .put(ON_EXIT_CODE, rule.onExitCode())
        .put(RETRY, rule.retry());
  }

  private static RetryStrategy retry(Item item) {
    if (!item.has(ATTEMPTS)) {
      return RetryStrategy.ONCE;
    }
    List<ExitRule> rules =
        item.maps(RULES).stream()
            .map(rule ->
                new ExitRule(
                    rule.textOrNull(ON_STATUS_REASON),
                    rule.textOrNull(ON_REASON),
                    rule.textOrNull(ON_EXIT_CODE),
                    rule.flag(RETRY)))
            .toList();
    return new RetryStrategy(item.integer(ATTEMPTS), rules);
  }
}

package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Fleet.Misses;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.Host.State;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Reservation;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Hosts and fleets as items. A host's own data are so small that 25 reservations fit into 1 KB. */
final class HostCodec {
  static final String STATE = "s";
  static final String RESERVATIONS = "r";
  static final String RELEASED_AT = "f";
  private static final String TYPE = "n";
  private static final String CONTAINER_INSTANCE = "c";

  /** Every attribute that a save may set. */
  static final List<String> SAVED =
      List.of(Attr.VERSION, STATE, TYPE, Attr.SHAPE, CONTAINER_INSTANCE, Attr.CREATED_AT);

  private static final String STALE_UNTIL = "u";

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

  private static final String INTENTS = "i";
  private static final String SHORTAGES = "o";
  private static final String MISSES = "m";
  private static final String MISSED_AT = "l";
  private static final String TOKEN = "k";
  private static final String COUNT = "c";
  private static final String VCPUS = "z";
  private static final String REASON = "r";

  private HostCodec() {}

  /** All but reservations and the time of the last release. */
  static void write(Item item, Host host) {
    item.put(Attr.VERSION, host.version())
        .put(STATE, state(host.state()))
        .put(TYPE, host.instanceType())
        .put(Attr.SHAPE, SpecCodec.shape(host.capacity()))
        .put(Attr.CREATED_AT, host.launchedAt());
    String instance = host.containerInstance();
    if (instance != null && HEX.matcher(instance).matches()) {
      item.put(CONTAINER_INSTANCE, HexFormat.of().parseHex(instance));
    } else {
      item.put(CONTAINER_INSTANCE, instance);
    }
  }

  static Host read(String environment, Item item) {
    String instance = item.text(Attr.SORT).substring(ItemKey.HOST.length());
    return new Host(
        new HostId(environment, instance),
        state(item.text(STATE)),
        item.text(TYPE),
        SpecCodec.shape(item.text(Attr.SHAPE)),
        readContainerInstance(item),
        item.number(Attr.CREATED_AT),
        item.numberOrZero(RELEASED_AT),
        item.set(RESERVATIONS).stream()
            .map(ReservationCodec::read)
            .collect(Collectors.toUnmodifiableSet()),
        item.number(Attr.VERSION));
  }

  private static @Nullable String readContainerInstance(Item item) {
    return item.isBinary(CONTAINER_INSTANCE)
        ? HexFormat.of().formatHex(item.bytes(CONTAINER_INSTANCE))
        : item.textOrNull(CONTAINER_INSTANCE);
  }

  static String state(State state) {
    return switch (state) {
      case BOOTING -> "B";
      case ACTIVE -> "A";
      case DRAINING -> "D";
      case LOST -> "L";
      case GONE -> "G";
    };
  }

  private static State state(String code) {
    return switch (code) {
      case "B" -> State.BOOTING;
      case "A" -> State.ACTIVE;
      case "D" -> State.DRAINING;
      case "L" -> State.LOST;
      case "G" -> State.GONE;
      default -> throw new IllegalStateException("unknown state of a host: " + code);
    };
  }

  /** What is left of a host that was removed, until the table lets it expire. */
  static Item grave(HostId id, long staleUntil, long expiry) {
    return ItemKey.grave(id)
        .item()
        .put(STALE_UNTIL, staleUntil)
        .put(Attr.EXPIRY, TimeUnit.MILLISECONDS.toSeconds(expiry));
  }

  static long readGrave(Item item) {
    return item.number(STALE_UNTIL);
  }

  static Item write(Fleet fleet) {
    return ItemKey.fleet(fleet.environment())
        .item()
        .put(Attr.VERSION, fleet.version())
        .putMaps(INTENTS, fleet.intents().stream().map(HostCodec::intent).toList())
        .putMaps(SHORTAGES, fleet.shortages().stream().map(HostCodec::shortage).toList())
        .put(MISSES, fleet.misses().count())
        .put(MISSED_AT, fleet.misses().at());
  }

  static Fleet readFleet(String environment, Item item) {
    return new Fleet(
        environment,
        item.maps(INTENTS).stream().map(HostCodec::readIntent).toList(),
        item.maps(SHORTAGES).stream().map(HostCodec::readShortage).toList(),
        new Misses((int) item.numberOrZero(MISSES), item.numberOrZero(MISSED_AT)),
        item.number(Attr.VERSION));
  }

  private static Item intent(Fleet.Intent intent) {
    return new Item()
        .put(TOKEN, intent.token())
        .put(TYPE, intent.instanceType())
        .put(COUNT, intent.count())
        .put(VCPUS, intent.vcpus())
        .put(Attr.CREATED_AT, intent.at());
  }

  private static Fleet.Intent readIntent(Item item) {
    return new Fleet.Intent(
        item.text(TOKEN),
        item.text(TYPE),
        item.integer(COUNT),
        item.integer(VCPUS),
        item.number(Attr.CREATED_AT));
  }

  private static Item shortage(Fleet.Shortage shortage) {
    return new Item()
        .put(TYPE, shortage.instanceType())
        .put(REASON, shortage.reason())
        .put(Attr.CREATED_AT, shortage.until());
  }

  private static Fleet.Shortage readShortage(Item item) {
    return new Fleet.Shortage(item.text(TYPE), item.text(REASON), item.number(Attr.CREATED_AT));
  }

  /** The elements of the set of reservations. */
  static List<byte[]> elements(Set<Reservation> reservations) {
    return reservations.stream().map(ReservationCodec::write).toList();
  }
}

package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ArrayPage.PageStates;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.StopRequest;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of an array: four bits a child, and the reasons of single stops once each with 13 bytes
 * for every child that was stopped for it.
 */
final class PageCodec {
  private static final String SIZE = "n";
  private static final String STATES = "b";
  private static final String REASONS = "r";
  private static final String STOPS = "c";
  private static final String REST = "o";
  private static final String KIND = "k";
  private static final String REASON = "r";
  private static final String AT = "a";
  private static final int STOP_LENGTH = 2 + 1 + 2 + 8;
  private static final int MAX_REASON_BYTES = 250_000;
  private static final int CUT_REASON = 80;

  private PageCodec() {}

  static Item write(ArrayPage page) {
    byte[] ordinals = page.states().toOrdinals();
    Item item =
        ItemKey.page(page.job(), page.number())
            .item()
            .put(Attr.VERSION, page.version())
            .put(SIZE, ordinals.length)
            .put(STATES, pack(ordinals));
    writeStops(item, page.stops());
    StopRequest rest = page.stopOfRest();
    if (rest != null) {
      Item stop = new Item().put(KIND, CourseCodec.stopKind(rest.kind()));
      item.put(REST, stop.put(REASON, rest.reason()).put(AT, rest.at()));
    }
    return item;
  }

  static ArrayPage read(JobId job, int number, Item item) {
    return new ArrayPage(
        job,
        number,
        PageStates.ofOrdinals(unpack(item)),
        readStops(item),
        readRest(item),
        item.number(Attr.VERSION));
  }

  static int number(Item item) {
    return Integer.parseInt(item.text(Attr.SORT).substring(ItemKey.PAGE.length()));
  }

  /** How many children's states this write changes; of a first write, how many have begun. */
  static int changes(ArrayPage after, Item before) {
    byte[] now = after.states().toOrdinals();
    int changes = 0;
    if (before.has(STATES)) {
      byte[] was = unpack(before);
      for (int place = 0; place < now.length; place++) {
        changes += now[place] == was[place] ? 0 : 1;
      }
      return changes;
    }
    for (int place = 0; place < now.length; place++) {
      ChildState state = after.states().at(place);
      changes += state == ChildState.PENDING || state == ChildState.RUNNABLE ? 0 : 1;
    }
    return changes;
  }

  private static byte[] pack(byte[] ordinals) {
    byte[] packed = new byte[(ordinals.length + 1) / 2];
    for (int place = 0; place < ordinals.length; place++) {
      int bits = place % 2 == 0 ? ordinals[place] << 4 : ordinals[place];
      packed[place / 2] |= (byte) bits;
    }
    return packed;
  }

  private static byte[] unpack(Item item) {
    byte[] packed = item.bytes(STATES);
    byte[] ordinals = new byte[item.integer(SIZE)];
    for (int place = 0; place < ordinals.length; place++) {
      int two = Byte.toUnsignedInt(packed[place / 2]);
      ordinals[place] = (byte) (place % 2 == 0 ? two >>> 4 : two & 0xF);
    }
    return ordinals;
  }

  private static void writeStops(Item item, Map<Integer, StopRequest> stops) {
    if (stops.isEmpty()) {
      return;
    }
    Map<String, Integer> numbers = new LinkedHashMap<>();
    ByteBuffer packed = ByteBuffer.allocate(stops.size() * STOP_LENGTH);
    new TreeMap<>(stops)
        .forEach((index, stop) -> {
          int number = numbers.computeIfAbsent(stop.reason(), _ -> numbers.size());
          packed
              .putShort(index.shortValue())
              .put((byte) CourseCodec.stopKind(stop.kind()).charAt(0))
              .putShort((short) number)
              .putLong(stop.at());
        });
    item.putTexts(REASONS, bounded(List.copyOf(numbers.keySet()))).put(STOPS, packed.array());
  }

  /** An item holds 400 KB: hundreds of long and different reasons are cut short. */
  private static List<String> bounded(List<String> reasons) {
    int bytes = reasons.stream().mapToInt(ItemSize::utf8).sum();
    return bytes <= MAX_REASON_BYTES
        ? reasons
        : reasons.stream()
            .map(reason -> reason.substring(0, Math.min(reason.length(), CUT_REASON)))
            .toList();
  }

  private static Map<Integer, StopRequest> readStops(Item item) {
    Map<Integer, StopRequest> stops = new HashMap<>();
    if (!item.has(STOPS)) {
      return stops;
    }
    List<String> reasons = item.texts(REASONS);
    ByteBuffer packed = ByteBuffer.wrap(item.bytes(STOPS));
    while (packed.hasRemaining()) {
      int index = Short.toUnsignedInt(packed.getShort());
      StopRequest.Kind kind = CourseCodec.stopKind(String.valueOf((char) packed.get()));
      String reason = reasons.get(Short.toUnsignedInt(packed.getShort()));
      stops.put(index, new StopRequest(kind, reason, packed.getLong()));
    }
    return stops;
  }

  private static @Nullable StopRequest readRest(Item item) {
    if (!item.has(REST)) {
      return null;
    }
    Item stop = item.map(REST);
    return new StopRequest(
        CourseCodec.stopKind(stop.text(KIND)), stop.text(REASON), stop.number(AT));
  }
}

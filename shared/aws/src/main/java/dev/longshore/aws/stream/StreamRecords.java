package dev.longshore.aws.stream;

import dev.longshore.aws.dynamodb.ItemChanges;
import dev.longshore.core.port.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Decodes records of the table's stream and drops those from which nothing can follow. */
public final class StreamRecords {
  /**
   * Patterns that make a Lambda event source mapping drop the same records as {@link
   * #isInteresting}.
   */
  public static final List<String> LAMBDA_FILTERS = ItemChanges.LAMBDA_FILTERS;

  /** Deletions, by the store's own expiry too, never reach a handler. */
  private static final Set<String> WRITTEN = Set.of("INSERT", "MODIFY");

  private StreamRecords() {}

  /**
   * A record, without the type of the library that delivered it.
   *
   * @param eventName INSERT, MODIFY or REMOVE
   * @param keys text of the key attributes
   * @param newImage text of the text and number attributes of the item as it is after the write;
   *     other attributes may be left out
   */
  public record View(String eventName, Map<String, String> keys, Map<String, String> newImage) {

    /**
     * A view of attributes of any type.
     *
     * @param keys key attributes, null for none
     * @param newImage attributes after the write, null for none
     * @param text the text of a text or number attribute, null for another one
     */
    public static <A> View of(
        String eventName,
        @Nullable Map<String, A> keys,
        @Nullable Map<String, A> newImage,
        Function<A, @Nullable String> text) {
      return new View(eventName, texts(keys, text), texts(newImage, text));
    }

    private static <A> Map<String, String> texts(
        @Nullable Map<String, A> attributes, Function<A, @Nullable String> text) {
      Map<String, String> texts = new HashMap<>();
      if (attributes != null) {
        attributes.forEach((name, value) -> {
          String known = text.apply(value);
          if (known != null) {
            texts.put(name, known);
          }
        });
      }
      return texts;
    }
  }

  /** The view of a record as the streams API delivers it. */
  public static View view(Record record) {
    return View.of(
        record.eventNameAsString(),
        record.dynamodb().keys(),
        record.dynamodb().newImage(),
        StreamRecords::text);
  }

  /** What the record says; empty when nothing can follow from it. */
  public static Optional<Change> change(View record) {
    return WRITTEN.contains(record.eventName())
        ? ItemChanges.of(record.keys(), record.newImage())
        : Optional.empty();
  }

  /** What the record says; empty when nothing can follow from it. */
  public static Optional<Change> change(Record record) {
    return change(view(record));
  }

  /** True when the record reaches a handler, as the event filter of a Lambda mapping decides it. */
  public static boolean isInteresting(Record record) {
    return change(record).isPresent();
  }

  private static @Nullable String text(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> value.n();
      case B, SS, NS, BS, M, L, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> null;
    };
  }
}

package dev.longshore.aws.stream;

import dev.longshore.aws.dynamodb.ItemImages;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.port.Written;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Decodes records of the table's stream with both images, for the publisher of events. */
public final class StreamImages {
  /** Patterns that make a Lambda event source mapping drop the same as {@link #isInteresting}. */
  public static final List<String> LAMBDA_FILTERS = ItemImages.LAMBDA_FILTERS;

  /** Deletions, by the store's own expiry too, are no state changes. */
  private static final Set<String> WRITTEN = Set.of("INSERT", "MODIFY");

  private StreamImages() {}

  /** True when events may follow from the record. */
  public static boolean isInteresting(Record record) {
    return WRITTEN.contains(record.eventNameAsString())
        && ItemImages.concerns(record.dynamodb().keys());
  }

  /** Events of records with the same answer belong in the order of the records. */
  public static String orderedBy(Record record) {
    return ItemImages.orderedBy(record.dynamodb().keys());
  }

  /**
   * What was written; empty when no event can follow from it.
   *
   * @param eventName INSERT, MODIFY or REMOVE
   * @param oldImage attributes before the write, null for none
   * @param newImage attributes after it, null for none
   * @param view looks into these attributes
   * @param specs finds the spec of an array, which its children share
   */
  public static <A> Optional<Written> read(
      String eventName,
      @Nullable Map<String, A> oldImage,
      @Nullable Map<String, A> newImage,
      AttributeView<A> view,
      Function<JobId, Optional<JobSpec>> specs) {
    if (!WRITTEN.contains(eventName) || newImage == null) {
      return Optional.empty();
    }
    return ItemImages.read(
        oldImage == null || oldImage.isEmpty() ? null : view.convert(oldImage),
        view.convert(newImage),
        specs);
  }
}

package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.Holds;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.port.Written;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads both images of a written item, for the publisher of events. */
public final class ItemImages {
  /** The same as {@link #concerns} as filter patterns of a Lambda event source mapping. */
  public static final List<String> LAMBDA_FILTERS =
      List.of(
          pattern(
              ItemKey.JOB_PARTITION,
              "\"job\",{\"prefix\":\"c#\"},{\"prefix\":\"n#\"},{\"prefix\":\"p#\"}"),
          pattern(ItemKey.QUEUE_PARTITION, "\"holds\""));

  private ItemImages() {}

  private static String pattern(String partitions, String sorts) {
    return "{\"eventName\":[\"INSERT\",\"MODIFY\"],\"dynamodb\":{\"Keys\":{"
        + "\"pk\":{\"S\":[{\"prefix\":\""
        + partitions
        + "\"}]},\"sk\":{\"S\":["
        + sorts
        + "]}}}}";
  }

  /** True when events may follow from a write of the item with these keys. */
  public static boolean concerns(Map<String, AttributeValue> keys) {
    Item item = new Item(keys);
    return concerns(item.text(Attr.PARTITION), item.text(Attr.SORT));
  }

  /**
   * Events of writes with the same answer belong in their order: those of one job, or one queue.
   */
  public static String orderedBy(Map<String, AttributeValue> keys) {
    return new Item(keys).text(Attr.PARTITION);
  }

  private static boolean concerns(String pk, String sk) {
    if (pk.startsWith(ItemKey.QUEUE_PARTITION)) {
      return sk.equals(ItemKey.HOLDS);
    }
    return pk.startsWith(ItemKey.JOB_PARTITION)
        && (ItemChanges.isMember(sk) || sk.startsWith(ItemKey.PAGE));
  }

  /**
   * The change; empty when no event can follow from it, or its array is gone.
   *
   * @param before attributes before the write, null for a new item
   * @param after attributes after it
   * @param specs finds the spec of an array, which its children share
   */
  public static Optional<Written> read(
      @Nullable Map<String, AttributeValue> before,
      Map<String, AttributeValue> after,
      Function<JobId, Optional<JobSpec>> specs) {
    Item was = before == null ? null : new Item(before);
    Item is = new Item(after);
    String pk = is.text(Attr.PARTITION);
    String sk = is.text(Attr.SORT);
    if (!concerns(pk, sk)) {
      return Optional.empty();
    }
    if (pk.startsWith(ItemKey.QUEUE_PARTITION)) {
      return Optional.of(holds(pk.substring(ItemKey.QUEUE_PARTITION.length()), was, is));
    }
    JobId id = JobId.of(pk.substring(ItemKey.JOB_PARTITION.length()));
    if (sk.startsWith(ItemKey.PAGE)) {
      return Optional.of(page(id, was, is));
    }
    JobKey key = ItemChanges.member(id, sk);
    Optional<JobSpec> spec = key.isWhole() ? Optional.of(SpecCodec.read(is)) : specs.apply(id);
    return spec.map(known -> job(key, known, was, is));
  }

  private static Written holds(String queue, @Nullable Item was, Item is) {
    return new Written.HoldsWritten(
        was == null ? Holds.none(queue) : CatalogCodec.readHolds(queue, was),
        CatalogCodec.readHolds(queue, is));
  }

  private static Written page(JobId id, @Nullable Item was, Item is) {
    int number = PageCodec.number(is);
    return new Written.PageWritten(
        was == null ? null : PageCodec.read(id, number, was), PageCodec.read(id, number, is));
  }

  private static Written job(JobKey key, JobSpec spec, @Nullable Item was, Item is) {
    return new Written.JobWritten(
        was == null ? null : CourseCodec.read(key, spec, was), CourseCodec.read(key, spec, is));
  }
}

package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.Change.EnvironmentChanged;
import dev.longshore.core.port.Change.JobChanged;
import dev.longshore.core.port.Change.PageChanged;
import dev.longshore.core.port.Change.QueueChanged;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which written items something may have to follow, and what they say. */
public final class ItemChanges {
  /**
   * The same as {@link #of} as filter patterns of a Lambda event source mapping; a record that
   * matches one of them is delivered.
   */
  public static final List<String> LAMBDA_FILTERS =
      List.of(
          job("\"s\":{\"S\":[\"P\",\"R\",\"O\",\"S\",\"F\"]}"),
          job("\"c\":{\"S\":[{\"exists\":true}]}"),
          job("\"s\":{\"S\":[\"N\"]},\"ng\":{\"S\":[{\"exists\":true}]}"),
          pattern(
              "\"pk\":{\"S\":[{\"prefix\":\"J#\"}]},\"sk\":{\"S\":[{\"prefix\":\"p#\"}]}",
              ",\"NewImage\":{\"x\":{\"N\":[{\"exists\":false}]}}"),
          pattern("\"pk\":{\"S\":[\"queues\",\"environments\"]}", ""));

  private ItemChanges() {}

  private static String job(String image) {
    return pattern(
        "\"pk\":{\"S\":[{\"prefix\":\"J#\"}]},"
            + "\"sk\":{\"S\":[\"job\",{\"prefix\":\"c#\"},{\"prefix\":\"n#\"}]}",
        ",\"NewImage\":{" + image + "}");
  }

  private static String pattern(String keys, String image) {
    return "{\"eventName\":[\"INSERT\",\"MODIFY\"],\"dynamodb\":{\"Keys\":{"
        + keys
        + "}"
        + image
        + "}}";
  }

  /**
   * What a record of an inserted or modified item says; empty when nothing can follow from it:
   * other items, a job or child that runs undisturbed, a page that only got its expiry.
   *
   * @param keys the key attributes
   * @param image text of the text and number attributes that the item has now
   */
  public static Optional<Change> of(Map<String, String> keys, Map<String, String> image) {
    String pk = keys.getOrDefault(Attr.PARTITION, "");
    String sk = keys.getOrDefault(Attr.SORT, "");
    return switch (pk) {
      case ItemKey.QUEUES -> Optional.of(new QueueChanged(sk));
      case ItemKey.ENVIRONMENTS -> Optional.of(new EnvironmentChanged(sk));
      default ->
          pk.startsWith(ItemKey.JOB_PARTITION)
              ? ofJob(JobId.of(pk.substring(ItemKey.JOB_PARTITION.length())), sk, image)
              : Optional.empty();
    };
  }

  private static Optional<Change> ofJob(JobId job, String sk, Map<String, String> image) {
    if (sk.startsWith(ItemKey.PAGE)) {
      int page = Integer.parseInt(sk.substring(ItemKey.PAGE.length()));
      return image.containsKey(Attr.EXPIRY)
          ? Optional.empty()
          : Optional.of(new PageChanged(job, page));
    }
    boolean settles =
        CourseCodec.SETTLING.contains(image.getOrDefault(CourseCodec.STATE, ""))
            || image.containsKey(CourseCodec.STOP)
            // The main node of a multi-node job runs: the others follow.
            || (CourseCodec.RUNNING.equals(image.get(CourseCodec.STATE))
                && image.containsKey(SpecCodec.NODES));
    return isMember(sk) && settles
        ? Optional.of(new JobChanged(member(job, sk)))
        : Optional.empty();
  }

  /** True for the sort key of a job, child or node. */
  static boolean isMember(String sk) {
    return sk.equals(ItemKey.WHOLE) || sk.startsWith(ItemKey.CHILD) || sk.startsWith(ItemKey.NODE);
  }

  /** The job, child or node with this sort key. */
  static JobKey member(JobId job, String sk) {
    if (sk.startsWith(ItemKey.CHILD)) {
      return JobKey.child(job, Integer.parseInt(sk.substring(ItemKey.CHILD.length())));
    }
    if (sk.startsWith(ItemKey.NODE)) {
      int index = Integer.parseInt(sk.substring(ItemKey.NODE.length()));
      return new JobKey(job, JobKey.Member.NODE, index);
    }
    return JobKey.whole(job);
  }
}

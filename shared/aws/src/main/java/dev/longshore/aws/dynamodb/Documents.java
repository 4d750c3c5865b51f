package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was submitted with jobs: inside the job's item while it is small, so that a usual job is one
 * write, else in an item of its own, so that a large document is not paid for with every change.
 */
final class Documents {
  private static final int MAX_INLINE = 400;

  private final Table table;
  private final JobCodec codec;

  Documents(Table table, JobCodec codec) {
    this.table = table;
    this.codec = codec;
  }

  /** Puts the document into the item of its new job, or beside it, and that first. */
  void store(JobId job, JobDocument document, long createdAt, Item item) {
    if (isSmall(document)) {
      item.put(Attr.DOCUMENT, document.json()).putTextMap(Attr.TAGS, document.tags());
    } else {
      // Refused: an earlier try of the same submission came this far, or the ID is taken.
      table.put(WriteKind.DOCUMENT, separate(job, document, createdAt), Guard.ABSENT);
    }
  }

  Optional<JobDocument> read(JobId job, Item whole) {
    return whole.has(Attr.DOCUMENT)
        ? Optional.of(read(whole))
        : table.get(ItemKey.document(job)).map(Documents::read);
  }

  /** Documents of many jobs, given their items. */
  Map<JobId, JobDocument> readAll(Map<JobId, Item> wholes) {
    Map<JobId, JobDocument> found = new HashMap<>();
    Map<JobId, ItemKey> apart = new HashMap<>();
    wholes.forEach((job, whole) -> {
      if (whole.has(Attr.DOCUMENT)) {
        found.put(job, read(whole));
      } else {
        apart.put(job, ItemKey.document(job));
      }
    });
    Map<ItemKey, Item> items = table.getAll(apart.values());
    apart.forEach((job, key) ->
        Optional.ofNullable(items.get(key)).ifPresent(item -> found.put(job, read(item))));
    return found;
  }

  /** Replaces the tags where they are; moves a document out of its job when it grows too large. */
  void saveTags(JobId job, Map<String, String> tags, Item whole, long now) {
    ItemKey key = ItemKey.job(JobKey.whole(job));
    Guard inline = Guard.PRESENT.and("attribute_exists(j)");
    Update update = Update.to(new Item().putTextMap(Attr.TAGS, tags), tagsOnly());
    if (!whole.has(Attr.DOCUMENT)) {
      table.update(WriteKind.TAGS, ItemKey.document(job), update, Guard.PRESENT, 1);
      return;
    }
    JobDocument after = new JobDocument(whole.text(Attr.DOCUMENT), tags);
    if (isSmall(after)) {
      if (!table.update(WriteKind.TAGS, key, update, inline, 1)) {
        // Another call moved the document out just now.
        table.update(WriteKind.TAGS, ItemKey.document(job), update, Guard.PRESENT, 1);
      }
      return;
    }
    table.put(WriteKind.DOCUMENT, separate(job, after, now));
    Update move = new Update("REMOVE " + Attr.DOCUMENT + ", " + Attr.TAGS, Map.of());
    table.update(WriteKind.TAGS, key, move, inline, 1);
  }

  private static List<String> tagsOnly() {
    return List.of(Attr.TAGS);
  }

  private Item separate(JobId job, JobDocument document, long createdAt) {
    return ItemKey.document(job)
        .item()
        .put(Attr.DOCUMENT, document.json())
        .putTextMap(Attr.TAGS, document.tags())
        .put(Attr.EXPIRY, codec.lateExpiry(createdAt));
  }

  private static JobDocument read(Item item) {
    return new JobDocument(item.text(Attr.DOCUMENT), item.textMap(Attr.TAGS));
  }

  private static boolean isSmall(JobDocument document) {
    Item item = new Item().put(Attr.DOCUMENT, document.json());
    return ItemSize.of(item.putTextMap(Attr.TAGS, document.tags()).attributes()) <= MAX_INLINE;
  }
}

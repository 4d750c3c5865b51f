package dev.longshore.aws.dynamodb;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Deletes expired jobs with all that is in their partition, the job itself last, so that what a
 * crash leaves is found again. It reads the whole table, a bounded part of it in each run.
 */
final class Purge {
  /** Of about 1 MB each. */
  private static final int PORTIONS = 32;

  private final Table table;
  private Map<String, AttributeValue> position = Map.of();

  Purge(Table table) {
    this.table = table;
  }

  synchronized int run(long now) {
    int jobs = 0;
    for (int portion = 0; portion < PORTIONS; portion++) {
      ScanResponse found = table.scanExpired(ItemKey.WHOLE, now / 1_000, position);
      for (Map<String, AttributeValue> job : found.items()) {
        deletePartition(ItemKey.of(job));
        jobs++;
      }
      position = found.lastEvaluatedKey();
      if (position.isEmpty()) {
        break;
      }
    }
    return jobs;
  }

  private void deletePartition(ItemKey job) {
    List<Item> items = table.query(Range.partition(job.pk()), Integer.MAX_VALUE);
    for (Item item : items) {
      ItemKey key = ItemKey.of(item.attributes());
      if (!key.equals(job)) {
        table.delete(WriteKind.PURGED, key, Guard.PRESENT);
      }
    }
    table.delete(WriteKind.PURGED, job, Guard.PRESENT);
  }
}

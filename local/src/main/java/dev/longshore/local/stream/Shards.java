package dev.longshore.local.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A reader's place in a stream. Shards are read in order: a child begins when its parent has been
 * read to its end.
 */
final class Shards {
  private static final Logger LOG = LoggerFactory.getLogger(Shards.class);
  private static final int MOST_RECORDS = 1_000;

  private final DynamoDbStreamsClient streams;
  private final String arn;

  /** Where to go on in each shard that is being read, by shard ID. */
  private final Map<String, String> iterators = new LinkedHashMap<>();

  private final Set<String> read = new HashSet<>();

  /** Whether shards may be there that are not open: a look that fails is made up for. */
  private boolean lookForMore;

  private Shards(DynamoDbStreamsClient streams, String arn) {
    this.streams = streams;
    this.arn = arn;
  }

  /** Behind everything that is in the stream now. */
  static Shards latest(DynamoDbStreamsClient streams, String arn) {
    Shards shards = new Shards(streams, arn);
    for (Shard shard : shards.list()) {
      if (shard.sequenceNumberRange().endingSequenceNumber() == null) {
        shards.open(shard.shardId(), ShardIteratorType.LATEST);
      } else {
        shards.read.add(shard.shardId());
      }
    }
    return shards;
  }

  /** Before everything that is still in the stream, which is first asked with {@link #next}. */
  static Shards oldest(DynamoDbStreamsClient streams, String arn) {
    return new Shards(streams, arn);
  }

  /**
   * Behind these records, given by shard; before everything when the stream does not have them any
   * more, or when there are none.
   */
  static Shards behind(DynamoDbStreamsClient streams, String arn, Map<String, String> numbers) {
    Shards shards = new Shards(streams, arn);
    List<Shard> listed = shards.list();
    if (listed.stream().noneMatch(shard -> numbers.containsKey(shard.shardId()))) {
      return oldest(streams, arn);
    }
    boolean known = false;
    for (Shard shard : listed) {
      String number = numbers.get(shard.shardId());
      if (number != null) {
        known = true;
        shards.open(shard.shardId(), number);
      } else if (!known) {
        shards.read.add(shard.shardId());
      }
    }
    return shards;
  }

  /** Records of one shard, at least one. */
  record Portion(String shard, List<Record> records) {}

  /**
   * What is new, from all shards that can be read now; empty when nothing is. What was read before
   * something failed is answered all the same: our place in its shard is behind it already.
   */
  List<Portion> next() {
    List<Portion> portions = new ArrayList<>();
    try {
      read(portions);
    } catch (RuntimeException e) {
      if (portions.isEmpty()) {
        throw e;
      }
      LOG.debug("the rest of the stream is read next time", e);
    }
    return portions;
  }

  private void read(List<Portion> portions) {
    // A fresh stream has no shard for a moment, nor has one whose last shard just ended.
    lookForMore |= iterators.isEmpty();
    for (String shard : List.copyOf(iterators.keySet())) {
      GetRecordsResponse answer =
          streams.getRecords(get -> get.shardIterator(iterators.get(shard)).limit(MOST_RECORDS));
      if (!answer.records().isEmpty()) {
        portions.add(new Portion(shard, answer.records()));
      }
      String next = answer.nextShardIterator();
      if (next == null) {
        iterators.remove(shard);
        read.add(shard);
        lookForMore = true;
      } else {
        iterators.put(shard, next);
      }
    }
    if (lookForMore) {
      openNext();
      lookForMore = false;
    }
  }

  /** Opens the shards whose parents have been read, or are not there any more. */
  private void openNext() {
    List<Shard> shards = list();
    Set<String> known = new HashSet<>();
    shards.forEach(shard -> known.add(shard.shardId()));
    read.retainAll(known);
    for (Shard shard : shards) {
      String parent = shard.parentShardId();
      boolean begins = parent == null || !known.contains(parent) || read.contains(parent);
      if (begins && !read.contains(shard.shardId()) && !iterators.containsKey(shard.shardId())) {
        open(shard.shardId(), ShardIteratorType.TRIM_HORIZON);
      }
    }
  }

  private void open(String shard, ShardIteratorType from) {
    String iterator =
        streams
            .getShardIterator(get -> get.streamArn(arn).shardId(shard).shardIteratorType(from))
            .shardIterator();
    iterators.put(shard, iterator);
  }

  private void open(String shard, String behind) {
    String iterator =
        streams
            .getShardIterator(get ->
                get.streamArn(arn)
                    .shardId(shard)
                    .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(behind))
            .shardIterator();
    iterators.put(shard, iterator);
  }

  private List<Shard> list() {
    List<Shard> shards = new ArrayList<>();
    String last = null;
    do {
      @Nullable String after = last;
      DescribeStreamResponse page =
          streams.describeStream(describe -> describe.streamArn(arn).exclusiveStartShardId(after));
      shards.addAll(page.streamDescription().shards());
      last = page.streamDescription().lastEvaluatedShardId();
    } while (last != null);
    return shards;
  }
}

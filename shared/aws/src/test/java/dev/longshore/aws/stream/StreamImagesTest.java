package dev.longshore.aws.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.aws.dynamodb.DynamoCatalogStore;
import dev.longshore.aws.dynamodb.DynamoHostStore;
import dev.longshore.aws.dynamodb.DynamoJobStore;
import dev.longshore.aws.dynamodb.EmbeddedTables;
import dev.longshore.aws.dynamodb.Table;
import dev.longshore.aws.dynamodb.WriteUnits;
import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Writes through the stores and reads both images from what the table's stream really says. */
class StreamImagesTest {
  private static final long NOW = 1_772_323_200_000L;
  private static final JobId ID = JobId.of("8f7a0c1e-52d3-4b6f-9e0a-1b2c3d4e5f60");
  private static final JobKey WHOLE = JobKey.whole(ID);
  private static final HostId HOST = new HostId("env", "i-1");
  private static final Dispatch DISPATCH = new Dispatch(HOST, "ci", 1, 0, NOW);
  private static final JsonMapper JSON = new JsonMapper();

  private final String name = EmbeddedTables.freshName();
  private final Table table = EmbeddedTables.named(name, new WriteUnits());
  private final DynamoJobStore jobs =
      new DynamoJobStore(table, () -> Instant.ofEpochMilli(NOW), Duration.ofDays(7));

  private static JobSpec spec(int arraySize) {
    return new JobSpec(
        "name",
        "q",
        new DefinitionId("d", 1),
        new Shape(1, 2, 0),
        RetryStrategy.ONCE,
        0,
        arraySize,
        null,
        0,
        NOW);
  }

  private Job saved(Job job) {
    assertThat(jobs.save(job)).isTrue();
    return job;
  }

  @Test
  @DisplayName("Every write of a job has the job before and after, as they were stored")
  void singleJob() {
    Job submitted = Job.fresh(WHOLE, spec(0), new JobState.Pending(Set.of(ID)));
    jobs.create(submitted, new JobDocument("x".repeat(1_000), Map.of()));
    Job runnable = saved(submitted.in(new JobState.Runnable(0)));
    Job starting = saved(runnable.in(new JobState.Starting(DISPATCH, null)));
    Job running = saved(starting.in(new JobState.Running(DISPATCH, "t", NOW)));
    Job over = saved(running.in(new JobState.Ended(true, "fine", NOW)));
    assertThat(written())
        .containsExactly(
            new Written.JobWritten(null, submitted),
            new Written.JobWritten(submitted, runnable),
            new Written.JobWritten(runnable, starting),
            new Written.JobWritten(starting, running),
            new Written.JobWritten(running, over));
  }

  @Test
  @DisplayName("Children have their array's spec, pages both their versions")
  void arrays() {
    Job parent = Job.fresh(WHOLE, spec(3), new JobState.Open());
    jobs.create(parent, new JobDocument("{}", Map.of()));
    ArrayPage unwritten = ArrayPage.unwritten(ID, 0, 3, ChildState.RUNNABLE);
    ArrayPage first = unwritten.with((_, _) -> ChildState.HANDED_OVER);
    jobs.savePage(first);
    Job child = Job.fresh(JobKey.child(ID, 2), spec(3), new JobState.Starting(DISPATCH, null));
    jobs.createChild(child);
    Job ended = saved(child.in(new JobState.Ended(true, "", NOW)));
    ArrayPage second = first.with((at, was) -> at == 2 ? ChildState.SUCCEEDED : was);
    jobs.savePage(second);
    assertThat(written())
        .containsExactly(
            new Written.JobWritten(null, parent),
            new Written.PageWritten(null, first),
            new Written.JobWritten(null, child),
            new Written.JobWritten(child, ended),
            new Written.PageWritten(first, second));
  }

  @Test
  @DisplayName("Stop requests in pages come through, also those of single children")
  void stops() {
    jobs.create(Job.fresh(WHOLE, spec(3), new JobState.Open()), new JobDocument("{}", Map.of()));
    StopRequest stop = new StopRequest(StopRequest.Kind.CANCEL, "not this", NOW);
    ArrayPage page = ArrayPage.unwritten(ID, 0, 3, ChildState.RUNNABLE).stopUnstarted(1, stop);
    jobs.savePage(page);
    assertThat(written().getLast()).isEqualTo(new Written.PageWritten(null, page));
  }

  @Test
  @DisplayName("Why jobs wait comes through, hosts and edges do not")
  void holds() {
    DynamoCatalogStore catalog = new DynamoCatalogStore(table);
    Holds one = new Holds("q", List.of(new Holds.Entry(new Shape(1, 2, 0), "r", WHOLE, NOW)), 1);
    Holds two = new Holds("q", List.of(), 2);
    catalog.saveHolds(one);
    catalog.saveHolds(two);
    new DynamoHostStore(table)
        .create(
            new Host(HOST, Host.State.BOOTING, "t", new Shape(1, 2, 0), null, NOW, 0, Set.of(), 1));
    jobs.addEdge(ID, ID, NOW);
    assertThat(written())
        .containsExactly(
            new Written.HoldsWritten(Holds.none("q"), one), new Written.HoldsWritten(one, two));
  }

  /** What events follow from; the filters of a Lambda mapping agree record by record. */
  private List<Written> written() {
    List<Written> all = new ArrayList<>();
    for (Record record : records()) {
      assertThat(passesFilters(record))
          .as("filters on %s", record)
          .isEqualTo(StreamImages.isInteresting(record));
      Optional<Written> written =
          StreamImages.read(
              record.eventNameAsString(),
              record.dynamodb().hasOldImage() ? record.dynamodb().oldImage() : null,
              record.dynamodb().newImage(),
              new Plain(),
              parent -> jobs.find(JobKey.whole(parent)).map(Job::spec));
      assertThat(written.isPresent()).isEqualTo(StreamImages.isInteresting(record));
      written.ifPresent(all::add);
    }
    return all;
  }

  private static boolean passesFilters(Record record) {
    ObjectNode event = JSON.createObjectNode().put("eventName", record.eventNameAsString());
    ObjectNode keys = event.putObject("dynamodb").putObject("Keys");
    record.dynamodb().keys().forEach((key, value) -> keys.putObject(key).put("S", value.s()));
    try {
      boolean passes = false;
      for (String filter : StreamImages.LAMBDA_FILTERS) {
        passes |= new FilterPattern(filter).matches(event);
      }
      return passes;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Record> records() {
    DynamoDbStreamsClient streams = EmbeddedTables.streams();
    String arn =
        EmbeddedTables.client().describeTable(it -> it.tableName(name)).table().latestStreamArn();
    List<Record> records = new ArrayList<>();
    streams
        .describeStream(it -> it.streamArn(arn))
        .streamDescription()
        .shards()
        .forEach(shard -> {
          String iterator =
              streams
                  .getShardIterator(it ->
                      it.streamArn(arn)
                          .shardId(shard.shardId())
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                  .shardIterator();
          records.addAll(streams.getRecords(it -> it.shardIterator(iterator)).records());
        });
    return records;
  }

  /** Looks into the store's own attributes. */
  private static final class Plain implements AttributeView<AttributeValue> {
    @Override
    public @Nullable String text(AttributeValue value) {
      return value.s();
    }

    @Override
    public @Nullable String number(AttributeValue value) {
      return value.n();
    }

    @Override
    public @Nullable Boolean flag(AttributeValue value) {
      return value.bool();
    }

    @Override
    public @Nullable ByteBuffer bytes(AttributeValue value) {
      return value.b() == null ? null : value.b().asByteBuffer();
    }

    @Override
    public @Nullable List<ByteBuffer> bytesSet(AttributeValue value) {
      return value.hasBs() ? value.bs().stream().map(SdkBytes::asByteBuffer).toList() : null;
    }

    @Override
    public @Nullable List<AttributeValue> list(AttributeValue value) {
      return value.hasL() ? value.l() : null;
    }

    @Override
    public @Nullable Map<String, AttributeValue> map(AttributeValue value) {
      return value.hasM() ? value.m() : null;
    }
  }
}

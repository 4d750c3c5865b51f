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
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.NodeGroups.Group;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.port.Change;
import dev.longshore.core.port.Change.EnvironmentChanged;
import dev.longshore.core.port.Change.JobChanged;
import dev.longshore.core.port.Change.PageChanged;
import dev.longshore.core.port.Change.QueueChanged;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Writes through the stores and reads what the table's stream really says. */
class StreamRecordsTest {
  private static final long NOW = 1_772_323_200_000L;
  private static final JobId ID = JobId.of("8f7a0c1e-52d3-4b6f-9e0a-1b2c3d4e5f60");
  private static final JobKey WHOLE = JobKey.whole(ID);
  private static final HostId HOST = new HostId("env", "i-1");
  private static final Dispatch DISPATCH = new Dispatch(HOST, "ci", 1, 0, NOW);
  private static final JobDocument SMALL = new JobDocument("{}", Map.of());
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

  @Test
  @DisplayName("Every change of a single job is told, but its running undisturbed")
  void singleJob() {
    Job job = Job.fresh(WHOLE, spec(0), new JobState.Pending(Set.of(ID)));
    jobs.create(job, new JobDocument("x".repeat(1_000), Map.of()));
    job = saved(job.in(new JobState.Runnable(0)));
    job = saved(job.in(new JobState.Starting(DISPATCH, null)));
    job = saved(job.in(new JobState.Running(DISPATCH, "t", NOW)));
    StopRequest stop = new StopRequest(StopRequest.Kind.TERMINATE, "enough", NOW);
    job = saved(new Job(WHOLE, job.spec(), job.state(), List.of(), 0, stop, job.version() + 1));
    saved(job.in(new JobState.Ended(false, "enough", NOW)));
    assertThat(changes())
        .containsExactly(
            Optional.empty(), // the document
            Optional.of(new JobChanged(WHOLE)),
            Optional.of(new JobChanged(WHOLE)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new JobChanged(WHOLE)),
            Optional.of(new JobChanged(WHOLE)));
  }

  @Test
  @DisplayName(
      "Of a multi-node job also its running is told, for its other nodes follow; not theirs")
  void multiNodeJob() {
    NodeGroups nodes = new NodeGroups(0, List.of(new Group(2, new Shape(1, 2, 0))), null);
    JobSpec spec =
        new JobSpec(
            "name",
            "q",
            new DefinitionId("d", 1),
            new Shape(1, 2, 0),
            RetryStrategy.ONCE,
            0,
            0,
            null,
            0,
            NOW,
            ChildOrder.NONE,
            List.of(),
            nodes);
    Dispatch dispatch = DISPATCH.withGang(List.of("i-1", "i-2"));
    Job job = Job.fresh(WHOLE, spec, new JobState.Runnable(0));
    jobs.create(job, SMALL);
    job = saved(job.in(new JobState.Starting(dispatch, null)));
    saved(job.in(new JobState.Running(dispatch, "t", NOW)));
    JobKey second = JobKey.node(ID, 1);
    Dispatch own = dispatch.ofNode(1, "c2", NOW);
    Job node = Job.fresh(second, spec, new JobState.Starting(own, null));
    jobs.createChild(node);
    node = saved(node.in(new JobState.Running(own, "t", NOW)));
    saved(node.in(new JobState.Ended(true, "", NOW)));
    assertThat(changes())
        .containsExactly(
            Optional.of(new JobChanged(WHOLE)),
            Optional.empty(),
            Optional.of(new JobChanged(WHOLE)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new JobChanged(second)));
  }

  @Test
  @DisplayName("Pages and ends of children are told, not that a child starts or a page expires")
  void arrays() {
    Job parent = Job.fresh(WHOLE, spec(2), new JobState.Open());
    jobs.create(parent, SMALL);
    ArrayPage page = ArrayPage.unwritten(ID, 0, 2, ChildState.RUNNABLE);
    jobs.savePage(page.with((_, _) -> ChildState.HANDED_OVER));
    Job child = Job.fresh(JobKey.child(ID, 1), spec(2), new JobState.Starting(DISPATCH, null));
    jobs.createChild(child);
    saved(child.in(new JobState.Ended(true, "", NOW)));
    saved(parent.in(new JobState.Ended(true, "", NOW)));
    assertThat(changes())
        .containsExactly(
            Optional.of(new JobChanged(WHOLE)),
            Optional.of(new PageChanged(ID, 0)),
            Optional.empty(),
            Optional.of(new JobChanged(child.key())),
            Optional.empty(), // the page's expiry
            Optional.of(new JobChanged(WHOLE)));
  }

  @Test
  @DisplayName(
      "Queues and environments are told; hosts, fleets, holds, edges and deletions are not")
  void others() {
    DynamoCatalogStore catalog = new DynamoCatalogStore(table);
    DynamoHostStore hosts = new DynamoHostStore(table);
    JobQueue queue =
        new JobQueue(
            "q",
            true,
            ResourceStatus.VALID,
            "",
            1,
            List.of("env"),
            List.of(1),
            null,
            List.of(),
            Map.of(),
            NOW,
            1);
    catalog.createQueue(queue);
    ComputeEnvironment environment =
        new ComputeEnvironment(
            "env", true, ResourceStatus.VALID, "", null, 0, "{}", Map.of(), NOW, 1);
    catalog.createEnvironment(environment);
    catalog.saveHolds(new Holds("q", List.of(), 2));
    Shape shape = new Shape(2, 2, 0);
    hosts.create(new Host(HOST, Host.State.BOOTING, "x", shape, null, NOW, 0, Set.of(), 1));
    jobs.addEdge(ID, ID, NOW);
    catalog.removeQueue("q", 1);
    assertThat(changes())
        .containsExactly(
            Optional.of(new QueueChanged("q")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new EnvironmentChanged("env")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  @Test
  @DisplayName("A record from elsewhere in the table is dropped, however strange its keys are")
  void strangeKeys() {
    assertThat(change("MODIFY", Map.of("pk", "J#" + ID, "sk", "later"))).isEmpty();
    assertThat(change("MODIFY", Map.of("pk", "K#gpu-licence", "sk", "held"))).isEmpty();
    assertThat(change("INSERT", Map.of())).isEmpty();
    assertThat(change("REMOVE", Map.of("pk", "queues", "sk", "q"))).isEmpty();
    assertThat(change("MODIFY", Map.of("pk", "queues", "sk", "q"))).contains(new QueueChanged("q"));
  }

  private static Optional<Change> change(String event, Map<String, String> keys) {
    return StreamRecords.change(new StreamRecords.View(event, keys, Map.of("s", "R")));
  }

  private Job saved(Job after) {
    assertThat(jobs.save(after)).isTrue();
    return after;
  }

  /** What each record says, and that Lambda's filters agree with it. */
  private List<Optional<Change>> changes() {
    List<Optional<Change>> changes = new ArrayList<>();
    for (Record record : records()) {
      Optional<Change> change = StreamRecords.change(record);
      assertThat(StreamRecords.isInteresting(record)).isEqualTo(change.isPresent());
      assertThat(passesFilters(record)).as("filters on %s", record).isEqualTo(change.isPresent());
      changes.add(change);
    }
    return changes;
  }

  private List<Record> records() {
    DynamoDbStreamsClient streams = EmbeddedTables.streams();
    String stream =
        EmbeddedTables.client()
            .describeTable(describe -> describe.tableName(name))
            .table()
            .latestStreamArn();
    List<Record> records = new ArrayList<>();
    streams
        .describeStream(describe -> describe.streamArn(stream))
        .streamDescription()
        .shards()
        .forEach(shard -> {
          String iterator =
              streams
                  .getShardIterator(get ->
                      get.streamArn(stream)
                          .shardId(shard.shardId())
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                  .shardIterator();
          records.addAll(streams.getRecords(get -> get.shardIterator(iterator)).records());
        });
    return records;
  }

  private static boolean passesFilters(Record record) {
    ObjectNode event = JSON.createObjectNode().put("eventName", record.eventNameAsString());
    ObjectNode body = event.putObject("dynamodb");
    write(body.putObject("Keys"), record.dynamodb().keys());
    if (record.dynamodb().hasNewImage()) {
      write(body.putObject("NewImage"), record.dynamodb().newImage());
    }
    try {
      boolean passes = false;
      for (String filter : StreamRecords.LAMBDA_FILTERS) {
        passes |= new FilterPattern(filter).matches(event);
      }
      return passes;
    } catch (IOException notJson) {
      throw new AssertionError(notJson);
    }
  }

  private static void write(ObjectNode node, Map<String, AttributeValue> attributes) {
    attributes.forEach((attribute, value) -> {
      ObjectNode typed = node.putObject(attribute);
      if (value.s() != null) {
        typed.put("S", value.s());
      } else if (value.n() != null) {
        typed.put("N", value.n());
      }
    });
  }
}

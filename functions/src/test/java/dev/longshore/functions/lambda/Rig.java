package dev.longshore.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.longshore.aws.dynamodb.EmbeddedTables;
import dev.longshore.aws.dynamodb.Table;
import dev.longshore.aws.dynamodb.WriteUnits;
import dev.longshore.aws.ec2.FakeEc2;
import dev.longshore.aws.ecs.FakeEcs;
import dev.longshore.aws.settings.FunctionSettings;
import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.functions.Nobody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * The stack's functions over an embedded table and over ECS, EC2 and SQS in memory. What Lambda
 * does between them is done by {@link #settle}, one delivery after the other. Each is made to a
 * function that has just started, so nothing can rest on what one of them remembers.
 */
final class Rig {
  static final String ENVIRONMENT = "env";
  static final FunctionSettings SETTINGS = settings("table");

  private static final int MOST_TURNS = 1_000;

  private final WriteUnits units = new WriteUnits();
  private final FakeEcs ecs = new FakeEcs();
  private final FakeEc2 ec2 = new FakeEc2();
  private final FakeEventBridge eventBridge = new FakeEventBridge();
  private final List<BatchEvent> told = new ArrayList<>();
  private final Map<Entry, List<Delivery>> delivered = new EnumMap<>(Entry.class);
  private final String name = EmbeddedTables.freshName();
  private final NeededCalls calls = new NeededCalls(settings(name));
  private final StreamTap stream;
  private final FakeSqs sqs;
  private final EcsAgents agents;
  private final Table table;
  private long now = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

  private boolean knowsTypes = true;
  private boolean roundsMayFail;
  private int mostStarts = 80;

  /** What is delivered instead of what should be. */
  private Function<Delivery, List<Delivery>> courier = List::of;

  Rig() {
    EmbeddedTables.named(name, units);
    this.stream = new StreamTap(EmbeddedTables.client(), clock());
    this.table = new Table(calls.through(DynamoDbClient.class, stream.tapped()), name, units);
    this.sqs = new FakeSqs(clock());
    this.agents = new EcsAgents(ecs, ec2, ENVIRONMENT, clock());
  }

  private static FunctionSettings settings(String table) {
    return new FunctionSettings(
        "eu-west-1",
        "123456789012",
        "longshore",
        table,
        "scheduler",
        "capacity",
        "work",
        "repairs",
        "ticks",
        "default",
        Duration.ofDays(7),
        new JobRoles.Any(),
        Optional.empty());
  }

  InstantSource clock() {
    return () -> Instant.ofEpochMilli(now);
  }

  Table table() {
    return table;
  }

  FakeSqs sqs() {
    return sqs;
  }

  FakeEcs ecs() {
    return ecs;
  }

  FakeEc2 ec2() {
    return ec2;
  }

  FakeEventBridge eventBridge() {
    return eventBridge;
  }

  EcsAgents agents() {
    return agents;
  }

  StreamTap stream() {
    return stream;
  }

  /** What the functions asked AWS's services for. */
  NeededCalls calls() {
    return calls;
  }

  WriteUnits units() {
    return units;
  }

  /** All events that were published. */
  List<BatchEvent> told() {
    return told;
  }

  /** All that was delivered to a function until now. */
  List<Delivery> delivered(Entry entry) {
    return List.copyOf(delivered.getOrDefault(entry, List.of()));
  }

  void deliverBy(Function<Delivery, List<Delivery>> other) {
    this.courier = other;
  }

  void pass(Duration time) {
    now += time.toMillis();
  }

  /** Instance types are to be refreshed from now on, and nobody answers. */
  void forgetTypes() {
    knowsTypes = false;
  }

  /** From now on a round that fails is no bug of what is tested. */
  void letRoundsFail() {
    roundsMayFail = true;
  }

  void roundFailed(String kind) {
    assertThat(roundsMayFail).as("a %s round failed", kind).isTrue();
  }

  boolean knowsTypes() {
    return knowsTypes;
  }

  /** A scheduling round starts no more than so many from now on. */
  void startAtMost(int jobs) {
    mostStarts = jobs;
  }

  int mostStarts() {
    return mostStarts;
  }

  /** A call of the API; the body of its answer, which is a success. */
  String call(String path, String body) {
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withRawPath(path)
            .withRawQueryString("")
            .withHeaders(Map.of("amz-sdk-invocation-id", "call-" + body.hashCode()))
            .withBody(body)
            .withRequestContext(
                RequestContext.builder()
                    .withHttp(Http.builder().withMethod("POST").withSourceIp("::1").build())
                    .build())
            .build();
    String answer = "";
    Delivery call = new Delivery(Entry.API, event);
    // A client's SDK repeats any call, but only these mean the same call again.
    boolean repeatable = path.equals("/v1/submitjob") || path.equals("/v1/terminatejob");
    for (Delivery each : repeatable ? courier.apply(remember(call)) : List.of(call)) {
      answer = answer(each);
    }
    return answer;
  }

  /** What the API answers to this call, which is a success. */
  String answer(Delivery call) {
    works(Entry.API);
    APIGatewayV2HTTPResponse answer =
        component().api().handleRequest((APIGatewayV2HTTPEvent) call.event(), Nobody.CONTEXT);
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
    return answer.getBody();
  }

  /** The timer ticks. */
  void tick() {
    deliver(Delivery.messages(Entry.SWEEP, List.of(sqs.message("{}"))));
  }

  /** EventBridge tells these. */
  void report(List<String> events) {
    if (!events.isEmpty()) {
      deliver(Delivery.messages(Entry.OBSERVE, events.stream().map(sqs::message).toList()));
    }
  }

  /** Delivers what follows from what was done until nothing follows any more. */
  void settle() {
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      List<Delivery> due = due();
      if (due.isEmpty()) {
        return;
      }
      due.forEach(this::deliver);
    }
    throw new AssertionError("there is no end to what follows");
  }

  private List<Delivery> due() {
    List<Delivery> due = new ArrayList<>();
    List<DynamodbStreamRecord> records = stream.take();
    if (!records.isEmpty()) {
      due.add(Delivery.records(Entry.PROGRESS, records));
      due.add(Delivery.records(Entry.PUBLISH, records));
    }
    receive(Entry.SCHEDULER, SETTINGS.schedulerQueue(), due);
    receive(Entry.CAPACITY, SETTINGS.capacityQueue(), due);
    receive(Entry.WORK, SETTINGS.workQueue(), due);
    receive(Entry.WORK, SETTINGS.repairQueue(), due);
    receive(Entry.SWEEP, SETTINGS.tickQueue(), due);
    List<SQSMessage> reports = agents.reports().stream().map(sqs::message).toList();
    if (!reports.isEmpty()) {
      due.add(Delivery.messages(Entry.OBSERVE, reports));
    }
    // The next nudge is of another slot.
    pass(Duration.ofMillis(200));
    return due;
  }

  private void receive(Entry entry, String queue, List<Delivery> due) {
    List<SQSMessage> messages = sqs.receive(queue);
    if (!messages.isEmpty()) {
      due.add(Delivery.messages(entry, messages));
    }
  }

  private Delivery remember(Delivery delivery) {
    delivered.computeIfAbsent(delivery.to(), _ -> new ArrayList<>()).add(delivery);
    return delivery;
  }

  void deliver(Delivery delivery) {
    courier.apply(remember(delivery)).forEach(this::invoke);
  }

  /** Calls the function, once; it must take all that it is given. */
  void invoke(Delivery delivery) {
    assertThat(failures(delivery)).as("%s", delivery).isEmpty();
  }

  /** Calls the function, once; what it did not take. */
  List<?> failures(Delivery delivery) {
    return failures(delivery, Nobody.CONTEXT);
  }

  /** Likewise, in a context. */
  List<?> failures(Delivery delivery, Context context) {
    RigComponent function = component();
    works(delivery.to());
    Object event = delivery.event();
    return switch (delivery.to()) {
      case API -> List.of(answer(delivery)).subList(0, 0);
      case PROGRESS ->
          function.progress().handleRequest((DynamodbEvent) event, context).getBatchItemFailures();
      case PUBLISH ->
          function.publish().handleRequest((DynamodbEvent) event, context).getBatchItemFailures();
      case SCHEDULER ->
          function.scheduler().handleRequest((SQSEvent) event, context).getBatchItemFailures();
      case CAPACITY ->
          function.capacity().handleRequest((SQSEvent) event, context).getBatchItemFailures();
      case OBSERVE ->
          function.observe().handleRequest((SQSEvent) event, context).getBatchItemFailures();
      case WORK -> function.work().handleRequest((SQSEvent) event, context).getBatchItemFailures();
      case SWEEP -> function.minute().on((SQSEvent) event, context).getBatchItemFailures();
    };
  }

  private void works(Entry entry) {
    stream.writes(entry);
    calls.by(entry);
  }

  private RigComponent component() {
    return DaggerRigComponent.factory().create(this);
  }

  /** All that lasts: what is stored, what tasks there were, what was launched and ended. */
  Map<String, Object> state() {
    Map<String, Object> state = new HashMap<>();
    DynamoDbClient client = EmbeddedTables.client();
    for (Map<String, AttributeValue> item :
        client.scanPaginator(scan -> scan.tableName(name).consistentRead(true)).items()) {
      state.put(item.get("pk") + " " + item.get("sk"), item);
    }
    for (Task task : agents.tasks()) {
      state.put(task.taskArn(), task.lastStatus());
    }
    state.put("fleets", ec2.fleets.size());
    state.put("terminated", Set.copyOf(ec2.terminated));
    return state;
  }
}

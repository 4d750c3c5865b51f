package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.ContainerEnd;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.StopRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens to a job, as attributes: all that a save changes. */
final class CourseCodec {
  static final String STATE = "s";

  /** Kind of the stop request; there is none without it. */
  static final String STOP = "c";

  static final String STARTING = "T";
  static final String RUNNING = "N";
  private static final String PENDING = "P";
  private static final String RUNNABLE = "R";
  private static final String OPEN = "O";
  private static final String SUCCEEDED = "S";
  private static final String FAILED = "F";

  /** States after whose records something may have to follow, whether told to stop or not. */
  static final Set<String> SETTLING = Set.of(PENDING, RUNNABLE, OPEN, SUCCEEDED, FAILED);

  private static final String STOP_REASON = "cr";
  private static final String STOP_AT = "ca";
  private static final String WAITS = "w";
  private static final String NOT_BEFORE = "b";
  private static final String DISPATCH = "h";
  private static final String TASK = "k";
  private static final String STARTED_AT = "r";
  private static final String STATUS_REASON = "e";
  private static final String STOPPED_AT = "f";
  private static final String ATTEMPTS = "l";
  private static final String NEXT_DISPATCH = "q";

  private static final String ENVIRONMENT = "e";
  private static final String INSTANCE = "i";
  private static final String CONTAINER_INSTANCE = "c";
  private static final String ATTEMPT = "a";
  private static final String DISPATCH_NUMBER = "d";
  private static final String PLACED_AT = "p";
  private static final String RESERVED_AT = "w";
  private static final String GANG = "g";
  private static final String EXIT_CODE = "x";
  private static final String CONTAINERS = "m";
  private static final String NAME = "n";
  private static final String REASON = "o";

  /** Every attribute that {@link #write} may set. */
  static final List<String> ALL =
      List.of(
          Attr.VERSION,
          STATE,
          STOP,
          STOP_REASON,
          STOP_AT,
          WAITS,
          NOT_BEFORE,
          DISPATCH,
          TASK,
          STARTED_AT,
          STATUS_REASON,
          STOPPED_AT,
          ATTEMPTS,
          NEXT_DISPATCH);

  private CourseCodec() {}

  static void write(Item item, Job job) {
    item.put(Attr.VERSION, job.version())
        .putUnlessZero(NEXT_DISPATCH, job.nextDispatch())
        .putMaps(ATTEMPTS, job.attempts().stream().map(CourseCodec::attempt).toList());
    StopRequest stop = job.stop();
    if (stop != null) {
      item.put(STOP, stopKind(stop.kind())).put(STOP_REASON, stop.reason()).put(STOP_AT, stop.at());
    }
    writeState(item, job.state());
  }

  private static void writeState(Item item, JobState state) {
    switch (state) {
      case JobState.Pending pending ->
          item.put(STATE, PENDING)
              .putSet(WAITS, pending.waits().stream().map(IdBytes::of).toList());
      case JobState.Runnable runnable ->
          item.put(STATE, RUNNABLE).putUnlessZero(NOT_BEFORE, runnable.notBefore());
      case JobState.Open _ -> item.put(STATE, OPEN);
      case JobState.Starting starting ->
          item.put(STATE, STARTING)
              .put(DISPATCH, dispatch(starting.dispatch()))
              .put(TASK, starting.task());
      case JobState.Running running ->
          item.put(STATE, RUNNING)
              .put(DISPATCH, dispatch(running.dispatch()))
              .put(TASK, running.task())
              .put(STARTED_AT, running.startedAt());
      case JobState.Ended ended ->
          item.put(STATE, ended.succeeded() ? SUCCEEDED : FAILED)
              .put(STATUS_REASON, ended.reason())
              .put(STOPPED_AT, ended.stoppedAt());
    }
  }

  static Job read(JobKey key, JobSpec spec, Item item) {
    return new Job(
        key,
        spec,
        readState(item),
        item.maps(ATTEMPTS).stream().map(CourseCodec::readAttempt).toList(),
        (int) item.numberOrZero(NEXT_DISPATCH),
        readStop(item),
        item.number(Attr.VERSION));
  }

  private static JobState readState(Item item) {
    String code = item.text(STATE);
    return switch (code) {
      case PENDING ->
          new JobState.Pending(new HashSet<>(item.set(WAITS).stream().map(IdBytes::toId).toList()));
      case RUNNABLE -> new JobState.Runnable(item.numberOrZero(NOT_BEFORE));
      case OPEN -> new JobState.Open();
      case STARTING ->
          new JobState.Starting(readDispatch(item.map(DISPATCH)), item.textOrNull(TASK));
      case RUNNING ->
          new JobState.Running(
              readDispatch(item.map(DISPATCH)), item.text(TASK), item.number(STARTED_AT));
      case SUCCEEDED, FAILED ->
          new JobState.Ended(
              code.equals(SUCCEEDED), item.text(STATUS_REASON), item.number(STOPPED_AT));
      default -> throw new IllegalStateException("unknown state " + code);
    };
  }

  private static @Nullable StopRequest readStop(Item item) {
    return item.has(STOP)
        ? new StopRequest(stopKind(item.text(STOP)), item.text(STOP_REASON), item.number(STOP_AT))
        : null;
  }

  static String stopKind(StopRequest.Kind kind) {
    return switch (kind) {
      case CANCEL -> "C";
      case TERMINATE -> "T";
      case TIMEOUT -> "O";
      case SERVICE -> "S";
    };
  }

  static StopRequest.Kind stopKind(String code) {
    return switch (code) {
      case "C" -> StopRequest.Kind.CANCEL;
      case "T" -> StopRequest.Kind.TERMINATE;
      case "O" -> StopRequest.Kind.TIMEOUT;
      case "S" -> StopRequest.Kind.SERVICE;
      default -> throw new IllegalStateException("unknown kind of stop " + code);
    };
  }

  private static Item dispatch(Dispatch dispatch) {
    return new Item()
        .put(ENVIRONMENT, dispatch.host().environment())
        .put(INSTANCE, dispatch.host().instance())
        .put(CONTAINER_INSTANCE, dispatch.containerInstance())
        .put(ATTEMPT, dispatch.attempt())
        .putUnlessZero(DISPATCH_NUMBER, dispatch.dispatch())
        .put(PLACED_AT, dispatch.placedAt())
        .putUnlessZero(RESERVED_AT, dispatch.placedAt() - dispatch.reservedAt())
        .put(GANG, dispatch.gang().isEmpty() ? null : String.join(",", dispatch.gang()));
  }

  private static Dispatch readDispatch(Item item) {
    String gang = item.textOrNull(GANG);
    long placedAt = item.number(PLACED_AT);
    return new Dispatch(
        new HostId(item.text(ENVIRONMENT), item.text(INSTANCE)),
        item.text(CONTAINER_INSTANCE),
        item.integer(ATTEMPT),
        (int) item.numberOrZero(DISPATCH_NUMBER),
        placedAt,
        placedAt - item.numberOrZero(RESERVED_AT),
        gang == null ? List.of() : List.of(gang.split(",", -1)));
  }

  private static Item attempt(Attempt attempt) {
    return dispatch(attempt.dispatch())
        .put(TASK, attempt.task())
        .putUnlessZero(STARTED_AT, attempt.startedAt())
        .put(STOPPED_AT, attempt.stoppedAt())
        .put(EXIT_CODE, attempt.exitCode())
        .put(REASON, attempt.reason())
        .put(STATE, attempt.statusReason())
        .putMaps(CONTAINERS, attempt.containers().stream().map(CourseCodec::container).toList());
  }

  private static Attempt readAttempt(Item item) {
    return new Attempt(
        readDispatch(item),
        item.textOrNull(TASK),
        item.numberOrZero(STARTED_AT),
        item.number(STOPPED_AT),
        item.integerOrNull(EXIT_CODE),
        item.textOrNull(REASON),
        item.text(STATE),
        item.maps(CONTAINERS).stream().map(CourseCodec::readContainer).toList());
  }

  private static Item container(ContainerEnd end) {
    return new Item()
        .put(NAME, end.name())
        .put(EXIT_CODE, end.exitCode())
        .put(REASON, end.reason());
  }

  private static ContainerEnd readContainer(Item item) {
    return new ContainerEnd(
        item.text(NAME), item.integerOrNull(EXIT_CODE), item.textOrNull(REASON));
  }
}

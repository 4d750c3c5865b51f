package dev.longshore.simulator.world;

import dev.longshore.core.lifecycle.JobEvent;
import dev.longshore.core.lifecycle.Step;
import dev.longshore.core.model.Job;
import dev.longshore.core.port.StoreException;
import dev.longshore.core.port.TaskRunner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs handlers and stands between them and their ports. At each call a handler may pause while
 * others go on, lose its process, or hear nothing from the store. Exactly one handler runs at a
 * time, so a run follows from its seed alone.
 */
public final class Invocations {
  private static final int[] STRIKE_WITHIN = {2, 5, 12, 40, 200};
  private static final Set<String> WRITES =
      Set.of("JobStore.save", "HostStore.reserve", "CatalogStore.claim");
  private static final int LONG_PAUSE_MILLIS = 5_000;
  private static final int LONGEST_PAUSE_MILLIS = 25_000;
  private static final int LOOK_MILLIS = 100;
  private static final int MOST_CHANGES = 4;
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int ENDLESS_CALLS = 500_000;
  private static final int SKEW_MILLIS = 1_500;

  /** {@link dev.longshore.core.port.JobStore#applied} is no call to anywhere. */
  private static final String HEARING = "applied";

  private final VirtualClock clock;
  private final Agenda agenda;
  private final Faults faults;
  private final Trace trace;
  private final Set<Invocation> paused = new LinkedHashSet<>();
  private @Nullable Invocation current;
  private final Throttle throttle;
  private final Overtakers overtakers;
  private int calls;

  public Invocations(
      VirtualClock clock, Agenda agenda, Faults faults, Overtakers overtakers, Trace trace) {
    this.overtakers = overtakers;
    this.clock = clock;
    this.agenda = agenda;
    this.faults = faults;
    this.trace = trace;
    this.throttle = new Throttle(agenda, faults);
  }

  /** Calls of ports by handlers so far. */
  public int calls() {
    return calls;
  }

  /** The clock that handlers see: it may be wrong. */
  public InstantSource handlersClock() {
    return new InstantSource() {
      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(millis());
      }

      @Override
      public long millis() {
        return clock.millis() + (current == null ? 0 : current.skewMillis);
      }
    };
  }

  /**
   * Starts a handler.
   *
   * @param name for the trace
   * @param body the call of the handler
   * @param after hears how it ended, at once or after pauses
   */
  public void start(String name, Runnable body, Consumer<Outcome> after) {
    start(draw(name, body, after, true));
  }

  private void start(Invocation invocation) {
    trace.say(() -> invocation.name);
    Invocation before = current;
    current = invocation;
    if (invocation.pausesPerMille == 0 && !invocation.toBeOvertaken) {
      invocation.runHere();
    } else {
      invocation.start();
    }
    current = before;
    proceed(invocation);
  }

  private Invocation draw(String name, Runnable body, Consumer<Outcome> after, boolean mayPause) {
    Fault fault = null;
    for (Fault candidate :
        new Fault[] {
          Fault.CRASH_BEFORE_CALL,
          Fault.CRASH_AFTER_CALL,
          Fault.STORE_FAILS_BEFORE,
          Fault.STORE_FAILS_AFTER
        }) {
      if (faults.chosen(candidate)) {
        fault = candidate;
      }
    }
    Chance chance = faults.chance();
    int within = STRIKE_WITHIN[chance.between(0, STRIKE_WITHIN.length - 1)];
    int strikesAt = chance.between(1, within);
    int pauses = mayPause && faults.chosen(Fault.PAUSE) ? chance.between(20, 400) : 0;
    long skew = faults.strikes(Fault.CLOCK_SKEW) ? chance.between(-SKEW_MILLIS, SKEW_MILLIS) : 0;
    Invocation drawn = new Invocation(name, body, after, skew, fault, strikesAt, pauses);
    drawn.toBeOvertaken = mayPause && faults.chosen(Fault.OVERTAKEN);
    return drawn;
  }

  private void proceed(Invocation invocation) {
    if (!invocation.ended) {
      paused.add(invocation);
      if (invocation.awaited != null) {
        standStill(invocation);
        return;
      }
      long pause =
          invocation.pausesLong
              ? faults.chance().between(LONG_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS)
              : faults.chance().skewed(1, LONGEST_PAUSE_MILLIS);
      invocation.pausesLong = false;
      invocation.pausedMillis += pause;
      // A function that takes longer than its timeout is cut off.
      invocation.dead |= invocation.pausedMillis > TIMEOUT_MILLIS;
      agenda.inMemory(pause, "resume " + invocation.name, () -> resume(invocation));
      return;
    }
    Throwable thrown = invocation.thrown;
    if (thrown != null && !(thrown instanceof StoreException)) {
      throw asUnchecked(thrown);
    }
    Outcome outcome =
        invocation.dead ? Outcome.CRASHED : thrown == null ? Outcome.DONE : Outcome.FAILED;
    if (outcome != Outcome.DONE) {
      trace.say(() -> "  " + invocation.name + " " + outcome + " at call " + invocation.calls);
    }
    invocation.after.accept(outcome);
  }

  /** Until others have changed what it waits for, or for as long as it may. */
  private void standStill(Invocation invocation) {
    Invocation.Awaited awaited = invocation.awaited;
    boolean over =
        awaited == null
            || overtakers.isChanged(awaited.job(), awaited.version())
            || invocation.pausedMillis > LONGEST_PAUSE_MILLIS;
    if (over) {
      invocation.awaited = null;
      resume(invocation);
    } else {
      invocation.pausedMillis += LOOK_MILLIS;
      agenda.inMemory(LOOK_MILLIS, "look " + invocation.name, () -> standStill(invocation));
    }
  }

  private void resume(Invocation invocation) {
    paused.remove(invocation);
    trace.say(() -> "resume " + invocation.name);
    current = invocation;
    invocation.resume();
    current = null;
    proceed(invocation);
  }

  /** Every handler that stands still loses its process; no thread is left. */
  public void abandonPaused() {
    for (Invocation invocation : List.copyOf(paused)) {
      invocation.dead = true;
      resume(invocation);
    }
  }

  /** Runs a handler that never stands still, as nothing else is at work. */
  boolean runAlone(String name, Runnable body) {
    AtomicBoolean done = new AtomicBoolean();
    start(draw(name, body, outcome -> done.set(outcome == Outcome.DONE), false));
    return done.get();
  }

  /** The port as handlers of this world see it. */
  public <T> T gate(Class<T> port, T real) {
    String name = port.getSimpleName();
    boolean store = name.endsWith("Store");
    // The queues hardly know limits.
    boolean limited = !name.equals("WorkQueue") && !name.equals("Nudges");
    Object gate =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              if (method.getName().equals(HEARING)) {
                hear(arguments);
                return invoke(real, method, arguments);
              }
              String what = name + "." + method.getName();
              return limited && current != null && throttle.refuses(name)
                  ? refused(what, method)
                  : call(what, store, real, method, arguments);
            });
    return port.cast(gate);
  }

  private Object refused(String name, Method method) {
    trace.say(() -> "  " + name + " is throttled");
    if (method.getReturnType() == TaskRunner.StartAnswer.class) {
      return new TaskRunner.StartAnswer.Unknown("simulated: throttled");
    }
    throw new StoreException(
        "simulated: too many calls of " + name, new IllegalStateException(name));
  }

  private @Nullable Object call(
      String name, boolean store, Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Invocation invocation = current;
    if (invocation == null) {
      return invoke(real, method, arguments);
    }
    calls++;
    invocation.calls++;
    if (invocation.calls > ENDLESS_CALLS) {
      throw new IllegalStateException(invocation.name + " does not come to an end");
    }
    pauseMaybe(invocation, WRITES.contains(name));
    if (name.equals("JobStore.save") && arguments != null) {
      isOvertaken(invocation, (Job) arguments[0]);
    }
    Fault fault = invocation.calls == invocation.strikesAt ? invocation.fault : null;
    boolean crash = fault == Fault.CRASH_BEFORE_CALL || fault == Fault.CRASH_AFTER_CALL;
    if (fault == null || (!store && !crash)) {
      Object answer = invoke(real, method, arguments);
      trace.say(() -> "  " + Say.call(name, arguments, answer));
      return answer;
    }
    faults.count(fault);
    trace.say(() -> "  " + Say.call(name, arguments, fault));
    if (fault == Fault.CRASH_AFTER_CALL || fault == Fault.STORE_FAILS_AFTER) {
      invoke(real, method, arguments);
    }
    if (crash) {
      invocation.dead = true;
      throw new SimulatedCrash(name);
    }
    throw new StoreException("simulated: no answer to " + name, new IllegalStateException(name));
  }

  private void hear(Object @Nullable [] arguments) {
    Invocation invocation = current;
    if (invocation != null && invocation.toBeOvertaken && arguments != null) {
      JobEvent event = (JobEvent) arguments[1];
      // Others get further with the same job only by one of these.
      boolean may =
          switch (event) {
            case JobEvent.DependenciesMet _,
                JobEvent.ChildrenClosed _,
                JobEvent.DispatchUndone _,
                JobEvent.TimeoutPassed _ ->
                arguments[2] instanceof Step.Changed;
            case JobEvent.DependencyFailed _,
                JobEvent.Placed _,
                JobEvent.TaskStarted _,
                JobEvent.TaskStopped _,
                JobEvent.StopRequested _ ->
                false;
          };
      invocation.decision = may ? new Invocation.Decision((Job) arguments[0], event) : null;
    }
  }

  private void isOvertaken(Invocation invocation, Job after) {
    Invocation.Decision decision = invocation.decision;
    invocation.decision = null;
    if (decision == null || !faults.active() || !decision.read().key().equals(after.key())) {
      return;
    }
    invocation.toBeOvertaken = false;
    faults.count(Fault.OVERTAKEN);
    trace.say(() -> "  " + invocation.name + " is overtaken");
    overtakers.begin(decision.read(), decision.event());
    long changes = faults.chance().between(1, MOST_CHANGES);
    invocation.awaited = new Invocation.Awaited(after.key(), decision.read().version() + changes);
    invocation.pause();
    if (invocation.dead) {
      throw new SimulatedCrash(invocation.name);
    }
  }

  private void pauseMaybe(Invocation invocation, boolean write) {
    boolean may = !invocation.dead && invocation.pausesPerMille > 0 && faults.active();
    if (may && write && faults.strikes(Fault.STALE_WRITE)) {
      trace.say(() -> "  pause " + invocation.name + " before it writes");
      invocation.pausesLong = true;
      invocation.pause();
    } else if (may && faults.chance().perMille(invocation.pausesPerMille)) {
      faults.count(Fault.PAUSE);
      trace.say(() -> "  pause " + invocation.name);
      invocation.pause();
    }
    if (invocation.dead) {
      throw new SimulatedCrash(invocation.name);
    }
  }

  private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getTargetException();
    }
  }

  private static RuntimeException asUnchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }
}

package dev.longshore.simulator.scenario;

import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.usecase.SubmitJob;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.simulator.invariant.Laws;
import dev.longshore.simulator.world.Agenda;
import dev.longshore.simulator.world.Invocations;
import dev.longshore.simulator.world.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Clients of the API: they submit and stop jobs, and repeat a call that was not answered. */
final class Clients {
  private static final int TRIES = 40;
  private static final long RETRY_MILLIS = 1_500;
  private static final long REFUSED_MILLIS = 10_000;
  private static final int OPERATOR_TRIES = 400;
  private static final long DEPENDENCY_MILLIS = 5_000;

  private final Agenda agenda;
  private final Invocations invocations;
  private final Service service;
  private final Laws laws;
  private final Map<String, JobPlan> plans;
  private final Map<String, JobId> ids = new HashMap<>();
  private final Set<String> refusals = new HashSet<>();
  private final Map<String, Deque<Consumer<Service>>> changes = new HashMap<>();
  private final Set<String> givenUp = new LinkedHashSet<>();
  private final Set<String> unanswered = new HashSet<>();

  /** {@code plans} is told what was submitted, by name. */
  Clients(
      Agenda agenda,
      Invocations invocations,
      Service service,
      Laws laws,
      Map<String, JobPlan> plans) {
    this.agenda = agenda;
    this.invocations = invocations;
    this.service = service;
    this.laws = laws;
    this.plans = plans;
  }

  /** The ID of the job of this name, once it was accepted. */
  Optional<JobId> id(String name) {
    return Optional.ofNullable(ids.get(name));
  }

  int accepted() {
    return ids.size();
  }

  /** True when each job that they submit was accepted, or they gave it up. */
  boolean areDone() {
    return unanswered.isEmpty();
  }

  /** There will be no job of this name: who would wait for it does not. */
  void leaveOut(String name) {
    givenUp.add(name);
  }

  /** Submits as soon as the jobs it waits for were accepted. */
  void submit(JobPlan plan) {
    unanswered.add(plan.name());
    boolean known =
        Stream.concat(plan.after().stream(), plan.pairs().stream())
            .allMatch(other -> ids.containsKey(other) || givenUp.contains(other));
    if (!known) {
      agenda.in(DEPENDENCY_MILLIS, "submit " + plan.name(), () -> submit(plan));
      return;
    }
    List<JobId> waitsFor = known(plan.after());
    ChildOrder order = new ChildOrder(Set.copyOf(known(plan.pairs())), plan.sequential());
    plans.put(plan.name(), plan);
    laws.submitting(plan.name(), new LinkedHashSet<>(waitsFor), order);
    submit(plan, waitsFor, order, TRIES);
  }

  private List<JobId> known(List<String> names) {
    return names.stream().map(ids::get).filter(Objects::nonNull).toList();
  }

  private void submit(JobPlan plan, List<JobId> waitsFor, ChildOrder order, int tries) {
    SubmitJob.Command command =
        new SubmitJob.Command(
            plan.idempotent() ? "invocation of " + plan.name() : null,
            plan.name(),
            plan.queue(),
            plan.queue(),
            Setting.DEFINITION,
            plan.shape(),
            plan.retry(),
            plan.timeoutSeconds(),
            plan.arraySize(),
            waitsFor,
            Setting.shareOf(plan),
            plan.name().length() % 2,
            new JobDocument("{}", Map.of()),
            order,
            plan.needs(),
            plan.nodes());
    invocations.start(
        "submit " + plan.name(),
        () -> {
          try {
            JobId id = service.submit().submit(command);
            ids.put(plan.name(), id);
            laws.accepted(id, plan.name());
          } catch (ClientFault refused) {
            // The queue is disabled, or not there yet, or no longer.
            refusals.add(plan.name());
          }
        },
        outcome -> {
          boolean refused = refusals.remove(plan.name());
          if (outcome != Outcome.DONE || refused) {
            if (tries > 1) {
              agenda.in(
                  refused ? REFUSED_MILLIS : RETRY_MILLIS,
                  "submit again",
                  () -> submit(plan, waitsFor, order, tries - 1));
            } else {
              givenUp.add(plan.name());
              unanswered.remove(plan.name());
            }
          } else {
            unanswered.remove(plan.name());
          }
        });
  }

  void cancel(JobKey key, String reason) {
    call("cancel " + key, () -> service.stop().cancel(key, reason), TRIES);
  }

  void terminate(JobKey key, String reason) {
    call("terminate " + key, () -> service.stop().terminate(key, reason), TRIES);
  }

  void stopAll(List<JobKey> keys, boolean cancel, String reason) {
    Consumer<JobKey> stop =
        key -> {
          if (cancel) {
            service.stop().cancel(key, reason);
          } else {
            service.stop().terminate(key, reason);
          }
        };
    call("stop " + keys.size() + " jobs", () -> keys.forEach(stop), TRIES);
  }

  /** Changes of one name wait for each other. */
  void operate(String resource, Consumer<Service> change) {
    Deque<Consumer<Service>> line = changes.computeIfAbsent(resource, _ -> new ArrayDeque<>());
    line.add(change);
    if (line.size() == 1) {
      operate(resource, line, OPERATOR_TRIES);
    }
  }

  private void operate(String resource, Deque<Consumer<Service>> line, int tries) {
    invocations.start(
        "change " + resource,
        () -> {
          try {
            line.getFirst().accept(service);
          } catch (ClientFault refused) {
            refusals.add("change " + resource);
          }
        },
        outcome -> {
          boolean refused = refusals.remove("change " + resource);
          boolean over = (outcome == Outcome.DONE && !refused) || tries == 1;
          if (over) {
            line.removeFirst();
          }
          if (!line.isEmpty()) {
            agenda.in(
                refused ? REFUSED_MILLIS : RETRY_MILLIS,
                "change " + resource,
                () -> operate(resource, line, over ? OPERATOR_TRIES : tries - 1));
          }
        });
  }

  private void call(String name, Runnable body, int tries) {
    invocations.start(
        name,
        body,
        outcome -> {
          if (outcome != Outcome.DONE && tries > 1) {
            agenda.in(RETRY_MILLIS, name, () -> call(name, body, tries - 1));
          }
        });
  }
}

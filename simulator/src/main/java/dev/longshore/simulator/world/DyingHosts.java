package dev.longshore.simulator.world;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.TaskRunner;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tasks on hosts of which some refuse to start one since they are about to die. */
public final class DyingHosts implements TaskRunner {
  private static final int SOON_MILLIS = 3_000;

  private final TaskRunner tasks;
  private final Agenda agenda;
  private final Faults faults;
  private final Machines machines;

  public DyingHosts(TaskRunner tasks, Agenda agenda, Faults faults, Machines machines) {
    this.tasks = tasks;
    this.agenda = agenda;
    this.faults = faults;
    this.machines = machines;
  }

  @Override
  public StartAnswer start(Start start) {
    StartAnswer answer = tasks.start(start);
    if (answer instanceof StartAnswer.Refused && faults.strikes(Fault.DYING_HOST)) {
      HostId host = start.job().dispatch().map(Dispatch::host).orElseThrow();
      int soon = faults.chance().between(10, SOON_MILLIS);
      agenda.in(soon, "dies " + host, () -> machines.dies(host));
    }
    return answer;
  }

  @Override
  public void stop(AttemptKey attempt, HostId host, @Nullable String task, String reason) {
    tasks.stop(attempt, host, task, reason);
  }

  @Override
  public List<KnownTask> tasks(AttemptKey attempt, HostId host) {
    return tasks.tasks(attempt, host);
  }

  @Override
  public List<KnownTask> running(HostId host) {
    return tasks.running(host);
  }

  @Override
  public Set<HostId> unreachable(String environment) {
    return tasks.unreachable(environment);
  }
}

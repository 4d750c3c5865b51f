package dev.longshore.simulator.scenario;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.simulator.invariant.Law;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Bugs in the handling of nodes, planted on purpose: a few seeds find each of them. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedNodeBugsTest {
  @SuppressWarnings("unchecked") // a set of reservations is the third argument of reserve
  private static boolean isForANode(@Nullable Object[] arguments) {
    Set<Reservation> added = (Set<Reservation>) Objects.requireNonNull(arguments[2]);
    return added.stream().anyMatch(it -> it.attempt().key().member() == Member.NODE);
  }

  @Test
  @DisplayName("Room of a node that is never taken")
  void missingRoom() {
    Planted.isFound(
        Focus.NODES,
        new Alteration() {
          @Override
          public HostStore hosts(HostStore real) {
            return Twist.of(
                HostStore.class,
                real,
                (method, arguments, call) ->
                    method.equals("reserve") && isForANode(arguments) ? true : call.answer());
          }
        },
        Law.GANG_ALL_OR_NONE,
        Law.RESERVED_BEFORE_USED);
  }

  @Test
  @DisplayName("Nodes that are never told to stop when their main node is over")
  void missingStop() {
    Planted.isFound(
        Focus.NODES,
        new Alteration() {
          @Override
          public JobStore jobs(JobStore real) {
            return Twist.of(
                JobStore.class,
                real,
                (method, arguments, call) ->
                    method.equals("save") && isStopOfNode((Job) arguments[0])
                        ? true
                        : call.answer());
          }
        },
        Law.NODES_FOLLOW_MAIN,
        Law.NOTHING_IS_LOST);
  }

  private static boolean isStopOfNode(Job job) {
    return job.key().member() == Member.NODE && job.stop() != null && job.dispatch().isPresent();
  }
}

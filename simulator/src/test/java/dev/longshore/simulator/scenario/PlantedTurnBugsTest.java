package dev.longshore.simulator.scenario;

import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.LineEntry;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.simulator.invariant.Law;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Bugs in whose turn it is. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedTurnBugsTest {
  @Test
  @DisplayName("A line that is read as if its last had come first")
  void newestFirst() {
    Planted.isFound(
        Focus.SHARES,
        new Alteration() {
          @Override
          public JobStore jobsOfScheduler(JobStore seen) {
            return Twist.of(
                JobStore.class,
                seen,
                (method, _, call) ->
                    method.equals("line")
                        ? reversed(Objects.requireNonNull(call.answer()))
                        : call.answer());
          }
        },
        Law.TURNS_ARE_KEPT,
        Law.FAIR_SHARE_WITHIN_ITS_BOUND);
  }

  private static List<LineEntry> reversed(Object line) {
    return ((List<?>) line)
        .stream().map(LineEntry.class::cast).map(PlantedTurnBugsTest::asOld).toList();
  }

  private static LineEntry asOld(LineEntry entry) {
    return new LineEntry(
        entry.job(),
        entry.lane(),
        entry.name(),
        entry.definition(),
        entry.shape(),
        entry.share(),
        entry.priority(),
        entry.arraySize(),
        Long.MAX_VALUE - entry.createdAt(),
        entry.needs(),
        entry.nodes());
  }

  @Test
  @DisplayName("Shares that are always preferred, whatever they have")
  void preferredShares() {
    List<FairShare.Weight> weights =
        IntStream.range(0, 4).mapToObj(it -> new FairShare.Weight("share" + it, 0.001)).toList();
    Planted.isFound(
        Focus.SHARES,
        new Alteration() {
          @Override
          public CatalogStore catalog(CatalogStore real) {
            return Twist.of(
                CatalogStore.class,
                real,
                (method, _, call) ->
                    method.equals("policies") || method.equals("policy")
                        ? weighted(Objects.requireNonNull(call.answer()), weights)
                        : call.answer());
          }
        },
        Law.FAIR_SHARE_WITHIN_ITS_BOUND,
        Law.TURNS_ARE_KEPT);
  }

  private static Object weighted(Object answer, List<FairShare.Weight> weights) {
    return answer instanceof Optional<?> one
        ? one.map(it -> weighted((SchedulingPolicy) it, weights))
        : ((List<?>) answer).stream().map(it -> weighted((SchedulingPolicy) it, weights)).toList();
  }

  private static SchedulingPolicy weighted(
      SchedulingPolicy policy, List<FairShare.Weight> weights) {
    FairShare fair = policy.fairShare();
    return new SchedulingPolicy(
        policy.name(),
        new FairShare(fair.decaySeconds(), fair.reservation(), weights),
        policy.document(),
        policy.tags(),
        policy.version());
  }
}

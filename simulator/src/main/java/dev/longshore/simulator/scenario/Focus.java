package dev.longshore.simulator.scenario;

import dev.longshore.simulator.world.Behaviour;
import dev.longshore.simulator.world.Chance;
import dev.longshore.simulator.world.Fault;
import java.util.List;
import java.util.Map;

/**
 * What a run looks at closely: it has many jobs of the kind that matters, and the faults that
 * matter are frequent. What is rare among all that can happen becomes common so.
 */
public enum Focus {
  /** All kinds of jobs, and all faults. */
  EVERYTHING(Map.of()),
  /** Short jobs that wait for several others, settled by several handlers at a time. */
  DEPENDENCIES(
      Map.of(
          Fault.PAUSE,
          900,
          Fault.STALE_WRITE,
          400,
          Fault.RECORDS_AGAIN,
          1_000,
          Fault.NEVER_REGISTERS,
          0)),
  /** Attempts that end by themselves just when their time is over, and are tried again. */
  TIMEOUTS(
      Map.of(
          Fault.PAUSE, 600, Fault.STALE_WRITE, 200, Fault.EVENT_LATE, 200, Fault.EVENT_AGAIN, 300)),
  /** Hosts that refuse and die under jobs that are tried again. */
  HOSTS(
      Map.of(
          Fault.PAUSE,
          900,
          Fault.STALE_WRITE,
          300,
          Fault.START_REFUSED,
          400,
          Fault.HOST_DEATH,
          1_000,
          Fault.DYING_HOST,
          700,
          Fault.NEVER_REGISTERS,
          0)),
  /** Arrays, alone and in pairs. */
  ARRAYS(Map.of(Fault.PAUSE, 600, Fault.RECORDS_AGAIN, 200, Fault.RECORDS_LATE, 100)),
  /** Many small jobs that share few hosts. */
  CROWDS(
      Map.of(
          Fault.PAUSE,
          600,
          Fault.STALE_WRITE,
          100,
          Fault.ROUND_TWICE,
          1_000,
          Fault.RECORDS_AGAIN,
          300)),
  /** Shares of one queue that want more than there is. */
  SHARES(Map.of(Fault.PAUSE, 300, Fault.STALE_WRITE, 100)),
  /** Multi-node jobs that are tried again. */
  NODES(Map.of(Fault.PAUSE, 300, Fault.WORK_AGAIN, 200)),
  /** Jobs that take of what there is little of. */
  RESOURCES(Map.of(Fault.PAUSE, 600, Fault.STALE_WRITE, 200, Fault.ROUND_TWICE, 600)),
  /** Jobs that are told to stop while they are placed. */
  STOPS(Map.of(Fault.PAUSE, 900, Fault.STALE_WRITE, 300, Fault.ROUND_TWICE, 400)),
  /** A service on one machine that is killed every minute. */
  RESTARTS(Map.of(Fault.RESTART, 1_000));

  private static final int EACH = 2;

  /** Those that bring about what is rarest come twice. */
  private static final List<Focus> TURNS =
      List.of(
          DEPENDENCIES,
          ARRAYS,
          TIMEOUTS,
          CROWDS,
          HOSTS,
          SHARES,
          NODES,
          DEPENDENCIES,
          RESOURCES,
          TIMEOUTS,
          STOPS,
          HOSTS,
          RESTARTS);

  private static final int SOON_MILLIS = 40_000;

  @SuppressWarnings("ImmutableEnumChecker") // each is a Map.of
  private final Map<Fault, Integer> often;

  Focus(Map<Fault, Integer> often) {
    this.often = often;
  }

  /** That of a seed: half of them look at everything, the others at one thing. */
  public static Focus of(long seed) {
    boolean one = Math.floorMod(seed, EACH) == 0;
    return one ? TURNS.get(Math.floorMod(seed / EACH, TURNS.size())) : EVERYTHING;
  }

  /** Under which conditions the run of this seed goes. */
  Conditions conditions(long seed) {
    Conditions rough = Conditions.rough(seed);
    return this == RESTARTS ? rough.often(often).onOneMachine() : rough.often(often);
  }

  /** How soon after its submission a job is told to stop, at most; 0 for whenever it comes. */
  int stopsWithinMillis() {
    return this == STOPS ? SOON_MILLIS : 0;
  }

  /** The job as this run needs it; {@code earlier} are those it may wait for. */
  JobPlan shape(JobPlan plan, List<String> earlier, Chance chance) {
    long own = chance.any();
    return switch (this) {
      case EVERYTHING, RESTARTS -> plan;
      case DEPENDENCIES ->
          waiting(small(plan, 2, chance), earlier, chance).attempts(3).doing(brief(own));
      case TIMEOUTS ->
          small(plan, 6, chance)
              .attempts(4)
              .timeout(60)
              .doing(runs(own, 20_000, 55_000, 72_000, 500));
      case HOSTS ->
          small(plan, 6, chance)
              .attempts(chance.between(1, 5))
              .doing(runs(own, 100, 5_000, 20_000, 100));
      case ARRAYS ->
          single(plan)
              .array((int) chance.skewed(2, 30))
              .needs(1, 256)
              .attempts(3)
              .doing(runs(own, 500, 100, 10_000, 200));
      case CROWDS ->
          single(plan)
              .array(chance.between(4, 16))
              .needs(1, 512)
              .attempts(2)
              .doing(runs(own, 500, 500, 15_000, 200));
      case SHARES -> {
        JobPlan shared = JobPlan.job(plan.name()).in(Setting.SHARED);
        boolean many = chance.perMille(500);
        yield (many ? shared.array(chance.between(8, 24)) : shared)
            .needs(2, 512)
            .doing(runs(own, 500, 20_000, 120_000, 0));
      }
      case NODES -> {
        int nodes = chance.between(2, 4);
        boolean late = chance.perMille(700);
        yield late
            ? single(plan).nodes(nodes, 0).attempts(3).doing(mainEndsFirst(own))
            : single(plan)
                .nodes(nodes, chance.between(0, nodes - 1))
                .attempts(3)
                .doing(runs(own, 500, 1_000, 30_000, 200));
      }
      case RESOURCES ->
          single(plan)
              .taking(Setting.LICENCE, chance.between(2, 6))
              .doing(runs(own, 500, 1_000, 30_000, 100));
      case STOPS -> small(plan, 6, chance).attempts(2).doing(runs(own, 500, 500, 10_000, 300));
    };
  }

  /** Now over at once, now so slow that others meet it starting or running. */
  private static JobPlan.Program brief(long seed) {
    return (index, attempt) -> {
      Chance own = new Chance(seed * 31 + index * 1_009L + attempt);
      long pull = own.of(List.of(50L, 4_000L));
      return new Behaviour(pull, own.of(List.of(50L, 6_000L)), 0, false, 100);
    };
  }

  /** The main node, with index 0, ends soon; the others do so only if they are told. */
  private static JobPlan.Program mainEndsFirst(long seed) {
    JobPlan.Program soon = runs(seed, 500, 1_000, 30_000, 300);
    JobPlan.Program late = runs(seed, 500, 1_500_000, 2_000_000, 0);
    return (index, attempt) -> (index == 0 ? soon : late).of(index, attempt);
  }

  private static JobPlan waiting(JobPlan plan, List<String> earlier, Chance chance) {
    JobPlan waits = plan;
    for (int i = 0; i < 2 && !earlier.isEmpty(); i++) {
      String other = chance.of(earlier.subList(Math.max(0, earlier.size() - 6), earlier.size()));
      waits = waits.after().contains(other) ? waits : waits.after(other);
    }
    return waits;
  }

  /** Small enough that it never waits long for room; some are arrays. */
  private static JobPlan small(JobPlan plan, int mostChildren, Chance chance) {
    return chance.perMille(400)
        ? single(plan).array(chance.between(2, mostChildren)).needs(1, 256)
        : single(plan);
  }

  /** A small single job that waits for the same ones. */
  private static JobPlan single(JobPlan plan) {
    return JobPlan.job(plan.name()).after(plan.after().toArray(String[]::new));
  }

  private static JobPlan.Program runs(
      long seed, long mostPull, long least, long most, int failPerMille) {
    return (index, attempt) -> {
      Chance own = new Chance(seed * 31 + index * 1_009L + attempt);
      int exitCode = own.perMille(failPerMille) ? 1 : 0;
      return new Behaviour(
          own.between(50, mostPull), own.between(least, most), exitCode, false, 200);
    };
  }
}

package dev.longshore.simulator.scenario;

import dev.longshore.simulator.invariant.Law;
import dev.longshore.simulator.invariant.Violation;
import dev.longshore.simulator.scenario.Seeds.Result;
import dev.longshore.simulator.world.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes a failing run small: leaves out what clients do, kinds of faults and single strikes as long
 * as the same law is still broken. What is left out changes everything that chance decides later,
 * so a smaller workload is tried in a few worlds.
 */
final class Shrink {
  private static final int WORLDS = 4;

  private final Alteration alteration;
  private final Law law;
  private final BooleanSupplier goOn;
  private Result best;

  private Shrink(Result failed, Law law, Alteration alteration, BooleanSupplier goOn) {
    this.best = failed;
    this.law = law;
    this.alteration = alteration;
    this.goOn = goOn;
  }

  /**
   * The smallest run found that breaks the same law.
   *
   * @param failed a run that broke one
   * @param goOn asked before each further run; the search ends when it says false
   */
  static Result of(Result failed, Alteration alteration, BooleanSupplier goOn) {
    Law law = failed.violation().map(Violation::law).orElseThrow();
    Shrink shrink = new Shrink(failed, law, alteration, goOn);
    shrink.acts();
    shrink.kinds();
    shrink.acts();
    shrink.strikes();
    shrink.acts();
    return shrink.best;
  }

  private void acts() {
    Case now = best.run();
    Set<Integer> kept = now.acts();
    if (kept == null) {
      int all = Seeds.acts(now).size();
      kept = new TreeSet<>(IntStream.rangeClosed(1, all).boxed().toList());
    }
    without(new ArrayList<>(kept), some -> best.run().acts(some), true);
  }

  private void kinds() {
    Set<Fault> struck = EnumSet.noneOf(Fault.class);
    struck.addAll(best.report().faults().keySet());
    if (brokenBy(best.run().faults(EnumSet.noneOf(Fault.class)), true)) {
      return;
    }
    without(new ArrayList<>(struck), some -> best.run().faults(some), true);
  }

  private void strikes() {
    Case now = best.run();
    Set<Integer> kept = now.strikes();
    if (kept == null) {
      kept = new TreeSet<>(IntStream.rangeClosed(1, best.strikes()).boxed().toList());
    }
    without(new ArrayList<>(kept), some -> best.run().strikes(some), false);
  }

  /** Leaves out halves, quarters and so on down to single ones, whatever can be left out. */
  private <T> void without(List<T> all, Function<Set<T>, Case> with, boolean otherWorlds) {
    List<T> kept = all;
    for (int size = Math.max(1, kept.size() / 2); size > 0; size /= 2) {
      int from = 0;
      while (from < kept.size()) {
        List<T> fewer = new ArrayList<>(kept.subList(0, from));
        fewer.addAll(kept.subList(Math.min(kept.size(), from + size), kept.size()));
        if (brokenBy(with.apply(new TreeSet<>(fewer)), otherWorlds)) {
          kept = fewer;
        } else {
          from += size;
        }
      }
    }
  }

  /** Takes it over if it breaks the law. */
  private boolean brokenBy(Case smaller, boolean otherWorlds) {
    for (int world = 0; world < (otherWorlds ? WORLDS : 1) && goOn.getAsBoolean(); world++) {
      Result result = Seeds.run(smaller.in(smaller.world() + world), alteration, false);
      if (result.violation().filter(broken -> broken.law() == law).isPresent()) {
        best = result;
        return true;
      }
    }
    return false;
  }
}

package dev.longshore.simulator.scenario;

import dev.longshore.simulator.world.Fault;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run that can be repeated: a seed, and what is kept of it. Absent is all.
 *
 * @param seed decides the workload and how often which fault strikes
 * @param focus what it looks at
 * @param world decides when faults strike and everything else that chance decides; usually the seed
 * @param acts numbers of what clients do, from 1
 * @param faults kinds that strike
 * @param strikes numbers of single strikes, from 1, in the order in which chance would have them
 */
public record Case(
    long seed,
    Focus focus,
    long world,
    @Nullable Set<Integer> acts,
    @Nullable Set<Fault> faults,
    @Nullable Set<Integer> strikes) {

  /** The whole run of this seed. */
  public static Case of(long seed) {
    return of(seed, Focus.of(seed));
  }

  /** The whole run of this seed with this focus. */
  public static Case of(long seed, Focus focus) {
    return new Case(seed, focus, seed, null, null, null);
  }

  /** True when nothing is left out; then it must be worth its time. */
  boolean isWhole() {
    return acts == null && faults == null && strikes == null;
  }

  boolean keeps(int act) {
    return acts == null || acts.contains(act);
  }

  Conditions conditions() {
    Conditions all = focus.conditions(seed).in(world);
    return (faults == null ? all : all.only(faults)).striking(strikes);
  }

  Case in(long otherWorld) {
    return new Case(seed, focus, otherWorld, acts, faults, strikes);
  }

  Case acts(Set<Integer> kept) {
    return new Case(seed, focus, world, new TreeSet<>(kept), faults, strikes);
  }

  Case faults(Set<Fault> kept) {
    return new Case(seed, focus, world, acts, kept, strikes);
  }

  Case strikes(Set<Integer> kept) {
    return new Case(seed, focus, world, acts, faults, new TreeSet<>(kept));
  }

  /** The options of {@code ./longshore simulate} that repeat it. */
  public String options() {
    StringBuilder text = new StringBuilder("--seed " + seed);
    if (focus != Focus.of(seed)) {
      text.append(" --focus ").append(focus.name().toLowerCase(Locale.ROOT));
    }
    if (world != seed) {
      text.append(" --world ").append(world);
    }
    append(text, "--acts", acts);
    append(text, "--faults", faults);
    append(text, "--strikes", strikes);
    return text.toString();
  }

  private static void append(StringBuilder text, String option, @Nullable Set<?> kept) {
    if (kept != null) {
      String list = kept.stream().map(String::valueOf).collect(Collectors.joining(","));
      text.append(' ').append(option).append(' ').append(list.isEmpty() ? "none" : list);
    }
  }

  /** Reads a list as {@link #options} writes it; throws IllegalArgumentException for any other. */
  public static Set<Integer> numbers(String list) {
    return parts(list).stream()
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Like {@link #numbers} for kinds of faults. */
  public static Set<Fault> kinds(String list) {
    Set<Fault> kinds = EnumSet.noneOf(Fault.class);
    parts(list).forEach(name -> kinds.add(Fault.valueOf(name)));
    return kinds;
  }

  private static List<String> parts(String list) {
    return list.equals("none") ? List.of() : Arrays.asList(list.split(",", -1));
  }
}

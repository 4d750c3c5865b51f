package dev.longshore.core.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Up to 1,000 children of an array job.
 *
 * @param job the parent
 * @param number from 0; child {@code i} is on page {@code i / 1000}
 * @param states one per child of this page
 * @param stops why single children were stopped unstarted, by index in the array
 * @param stopOfRest why all others were
 * @param version grows by one with each stored change; 0 for a page that is not stored yet
 */
public record ArrayPage(
    JobId job,
    int number,
    PageStates states,
    Map<Integer, StopRequest> stops,
    @Nullable StopRequest stopOfRest,
    long version) {

  /** Children on a page. */
  public static final int SIZE = 1000;

  public ArrayPage {
    stops = Map.copyOf(stops);
  }

  /** The states of a page's children; a value, one byte each in memory. */
  public static final class PageStates {
    private static final ChildState[] ALL = ChildState.values();
    private final byte[] ordinals;

    private PageStates(byte[] ordinals) {
      this.ordinals = ordinals;
    }

    /** {@code size} children, all in {@code state}. */
    public static PageStates all(int size, ChildState state) {
      byte[] ordinals = new byte[size];
      Arrays.fill(ordinals, ordinalOf(state));
      return new PageStates(ordinals);
    }

    @SuppressWarnings("EnumOrdinal") // the stored form is the order of declaration, four bits each
    private static byte ordinalOf(ChildState state) {
      return (byte) state.ordinal();
    }

    /** From ordinals as {@link #toOrdinals()} gives them. */
    public static PageStates ofOrdinals(byte[] ordinals) {
      return new PageStates(ordinals.clone());
    }

    /** One ordinal of {@link ChildState} per child; a copy. */
    public byte[] toOrdinals() {
      return ordinals.clone();
    }

    public int size() {
      return ordinals.length;
    }

    /** State of the child at this place of the page. */
    public ChildState at(int place) {
      return ALL[ordinals[place]];
    }

    /** How many children are in each state; states without any are left out. */
    public Map<ChildState, Integer> counts() {
      Map<ChildState, Integer> counts = new EnumMap<>(ChildState.class);
      for (int place = 0; place < ordinals.length; place++) {
        counts.merge(at(place), 1, Integer::sum);
      }
      return counts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof PageStates states && Arrays.equals(ordinals, states.ordinals);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ordinals);
    }
  }

  /** The page as a missing item means it: all children as the parent says. */
  public static ArrayPage unwritten(JobId job, int number, int arraySize, ChildState state) {
    int size = Math.min(SIZE, arraySize - number * SIZE);
    return new ArrayPage(job, number, PageStates.all(size, state), Map.of(), null, 0);
  }

  /** Pages of an array of this size. */
  public static int pagesOf(int arraySize) {
    return (arraySize + SIZE - 1) / SIZE;
  }

  /** Index in the array of the first child of this page. */
  public int first() {
    return number * SIZE;
  }

  /** State of the child with this index in the array. */
  public ChildState state(int index) {
    return states.at(index - first());
  }

  /** True when every child is closed. */
  public boolean isClosed() {
    for (int place = 0; place < states.size(); place++) {
      if (!states.at(place).isClosed()) {
        return false;
      }
    }
    return true;
  }

  /** Why this child was stopped unstarted, if it was. */
  public Optional<StopRequest> stopOf(int index) {
    if (state(index) != ChildState.STOPPED_UNSTARTED) {
      return Optional.empty();
    }
    StopRequest own = stops.get(index);
    return Optional.ofNullable(own != null ? own : stopOfRest);
  }

  /**
   * The page with each child's state as {@code next} says, given its index in the array; the same
   * page (same version) when nothing changes, otherwise one version later.
   */
  public ArrayPage with(BiFunction<Integer, ChildState, ChildState> next) {
    byte[] ordinals = states.toOrdinals();
    for (int place = 0; place < ordinals.length; place++) {
      ordinals[place] = PageStates.ordinalOf(next.apply(first() + place, states.at(place)));
    }
    PageStates changed = new PageStates(ordinals);
    return changed.equals(states)
        ? this
        : new ArrayPage(job, number, changed, stops, stopOfRest, version + 1);
  }

  /** The page with all its unstarted children stopped for this reason. */
  public ArrayPage stopUnstarted(StopRequest stop) {
    ArrayPage stopped =
        with((_, state) -> isUnstarted(state) ? ChildState.STOPPED_UNSTARTED : state);
    return stopped.version == version
        ? this
        : new ArrayPage(job, number, stopped.states, stops, stop, stopped.version);
  }

  /** The page with one unstarted child stopped for this reason; the same page when it started. */
  public ArrayPage stopUnstarted(int index, StopRequest stop) {
    ArrayPage stopped =
        with((at, state) ->
            at == index && isUnstarted(state) ? ChildState.STOPPED_UNSTARTED : state);
    if (stopped.version == version) {
      return this;
    }
    Map<Integer, StopRequest> all = new HashMap<>(stops);
    all.put(index, stop);
    return new ArrayPage(job, number, stopped.states, all, stopOfRest, stopped.version);
  }

  /** This page with the version that follows {@code before}'s, when several changes were made. */
  public ArrayPage asNextOf(ArrayPage before) {
    return new ArrayPage(job, number, states, stops, stopOfRest, before.version + 1);
  }

  /** True when this is a changed version of the page that was {@code read}. */
  public boolean differsFrom(ArrayPage read) {
    return version != read.version;
  }

  private static boolean isUnstarted(ChildState state) {
    return state == ChildState.PENDING || state == ChildState.RUNNABLE;
  }
}

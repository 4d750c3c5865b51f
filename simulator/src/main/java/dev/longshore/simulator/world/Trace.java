package dev.longshore.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, line by line, when somebody wants to read it. Costs nothing otherwise. */
public final class Trace {
  private final VirtualClock clock;
  private final boolean on;
  private final List<String> lines = new ArrayList<>();

  public Trace(VirtualClock clock, boolean on) {
    this.clock = clock;
    this.on = on;
  }

  /** Adds a line, with the virtual time before it. */
  public void say(Supplier<String> line) {
    if (on) {
      long elapsed = clock.elapsed();
      lines.add("%6d.%03d  %s".formatted(elapsed / 1000, elapsed % 1000, line.get()));
    }
  }

  /** All lines so far; empty when it is off. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}

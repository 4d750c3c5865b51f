package dev.longshore.simulator.world;

import java.time.Instant;
import java.time.InstantSource;

/** Time that moves only when the agenda moves it. */
public final class VirtualClock implements InstantSource {
  /** Where every run starts. */
  public static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private long now = START;

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public long millis() {
    return now;
  }

  /** Milliseconds since the start of the run. */
  public long elapsed() {
    return now - START;
  }

  void moveTo(long time) {
    if (time < now) {
      throw new IllegalArgumentException("time does not go back");
    }
    now = time;
  }
}

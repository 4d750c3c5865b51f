package dev.longshore.core.port;

import java.util.List;

/** Takes events to whoever listens: EventBridge, or the listeners of this machine. */
public interface EventBus {

  /** At most this many events are given in one call. */
  int MOST = 100;

  /**
   * Publishes events in this order. When it returns all of them are with the bus, or kept where
   * they are published from later.
   *
   * @throws StoreException when that is not certain; some may have been published, and publishing
   *     all of them again is right
   */
  void publish(List<BatchEvent> events);
}

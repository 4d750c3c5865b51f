package dev.longshore.local.events;

/** Takes events that are to be observed. */
@FunctionalInterface
public interface EventSink {
  /**
   * Delivers an event at least once, soon.
   *
   * @param event an EventBridge event as JSON
   * @param delivered called after it was taken in
   */
  void send(String event, Runnable delivered);
}

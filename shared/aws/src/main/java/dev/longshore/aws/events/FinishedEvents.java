package dev.longshore.aws.events;

/** Takes events that were rendered before and could not be published then. */
public interface FinishedEvents {
  /** Of a bus that keeps what it can not publish by itself, so that none ever comes. */
  FinishedEvents NONE =
      event -> {
        throw new IllegalStateException("nobody parks events of this bus: " + event);
      };

  /**
   * Publishes one, as it is.
   *
   * @param event all of it, as one JSON object
   * @throws dev.longshore.core.port.StoreException when the bus did not take it
   */
  void publish(String event);
}

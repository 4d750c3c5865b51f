package dev.longshore.core.port;

/** The store did not answer; whether a write happened is unknown. Trying again is right. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.longshore.core.validation;

/**
 * The caller did something wrong and nothing was changed. The message says what was wrong and what
 * would be right, in the service's words where it has some ({@code batch-semantics} 1.3). Clients
 * see a {@code ClientException}, HTTP 400.
 */
public class ClientFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean wrapped;

  public ClientFault(String message) {
    this(message, false);
  }

  private ClientFault(String message, boolean wrapped) {
    super(message);
    this.wrapped = wrapped;
  }

  /**
   * A fault that the service's older validations report. Clients see it as {@code Error executing
   * request, Exception : <text>, RequestId: <id>}; the message here is the text alone.
   */
  public static ClientFault wrapped(String text) {
    return new ClientFault(text, true);
  }

  /** True when the wire puts the older frame around the message. */
  public boolean isWrapped() {
    return wrapped;
  }
}

package dev.longshore.core.validation;

/**
 * The caller did something wrong and nothing was changed. The message says what was wrong and what
 * would be right, in the service's words where it has some ({@code batch-semantics} 1.3). Clients
 * see a {@code ClientException}, HTTP 400.
 */
public class ClientFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClientFault(String message) {
    super(message);
  }
}

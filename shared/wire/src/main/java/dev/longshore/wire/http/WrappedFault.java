package dev.longshore.wire.http;

import dev.longshore.core.validation.ClientFault;

/**
 * A fault that the service reports in the wrapping of its older validations: {@code Error executing
 * request, Exception : <text>, RequestId: <id>} ({@code batch-semantics} 1.3).
 */
public final class WrappedFault extends ClientFault {
  private static final long serialVersionUID = 1L;

  /** With the text inside the wrapping. */
  public WrappedFault(String text) {
    super(text);
  }

  /** The whole message. */
  String message(String requestId) {
    return "Error executing request, Exception : %s, RequestId: %s"
        .formatted(getMessage(), requestId);
  }
}

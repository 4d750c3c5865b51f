package dev.longshore.core.validation;

/**
 * The caller may not do this, and nothing was changed. Clients see an {@code
 * AccessDeniedException}, HTTP 403, with the text that IAM has for it ({@code batch-semantics}
 * 1.3).
 */
public final class AccessDenied extends ClientFault {
  private static final long serialVersionUID = 1L;

  public AccessDenied(String message) {
    super(message);
  }
}

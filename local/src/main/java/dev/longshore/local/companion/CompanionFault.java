package dev.longshore.local.companion;

/** What is wrong with a call, in AWS's words; the caller sees code and text. */
final class CompanionFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  CompanionFault(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }

  static CompanionFault invalid(String message) {
    return new CompanionFault("InvalidParameterException", message);
  }

  static CompanionFault unknownOperation(String operation) {
    return new CompanionFault(
        "UnknownOperationException", "The operation " + operation + " is not served here.");
  }
}

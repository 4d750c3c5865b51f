package dev.longshore.core.validation;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Short ways to say what is refused with which words. */
final class Refusals {
  private Refusals() {}

  /** Refused with exactly this text. */
  static void refused(String text, ThrowingCallable call) {
    assertThatExceptionOfType(ClientFault.class)
        .isThrownBy(call)
        .withMessage(text)
        .matches(fault -> !fault.isWrapped(), "bare text");
  }

  /** Refused with exactly this text in the frame of the older validations. */
  static void refusedFramed(String text, ThrowingCallable call) {
    assertThatExceptionOfType(ClientFault.class)
        .isThrownBy(call)
        .withMessage(text)
        .matches(ClientFault::isWrapped, "framed text");
  }
}

package dev.longshore.local.companion;

import dev.longshore.wire.http.Caller;

/** One service of AWS beside Batch, as far as it is served here. */
interface Companion {
  /**
   * Answers a call.
   *
   * @param call what was asked
   * @throws CompanionFault when the caller did something wrong
   */
  Reply answer(CompanionCall call, Caller caller);
}

package dev.longshore.local.companion;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a companion answers, before it is put on the wire. */
sealed interface Reply {
  /** For the JSON protocol. */
  record Json(ObjectNode body) implements Reply {}

  /**
   * For the query protocols.
   *
   * @param body the whole document, with {@code REQUEST_ID} where the request ID goes
   */
  record Xml(String body) implements Reply {}
}

package dev.longshore.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as every SDK understands it ({@code batch-semantics} 1.3): the code in the header and in
 * the body, the text in the body.
 */
public final class ErrorAnswer {
  private ErrorAnswer() {}

  /**
   * An error's answer.
   *
   * @param status HTTP status
   * @param code the name of AWS's exception
   * @param requestId what the caller can ask with
   */
  public static HttpAnswer of(int status, String code, String message, String requestId) {
    return of(status, code, message, requestId, Map.of());
  }

  /**
   * An error's answer with further headers.
   *
   * @param more headers
   */
  public static HttpAnswer of(
      int status, String code, String message, String requestId, Map<String, String> more) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("__type", code).put("message", message);
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/json");
    headers.put("x-amzn-RequestId", requestId);
    headers.put("x-amzn-ErrorType", code);
    return new HttpAnswer(status, headers, bytes(body));
  }

  private static byte[] bytes(ObjectNode body) {
    return body.toString().getBytes(UTF_8);
  }
}

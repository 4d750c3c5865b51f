package dev.longshore.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request, whatever server took it.
 *
 * @param method in upper case
 * @param rawPath as it was sent, not decoded, without the query
 * @param query decoded; a key that was repeated has several values
 * @param headers by name in lower case, the first value of each
 * @param body all of it, empty when there was none
 * @param sourceIp where it came from, empty when unknown
 * @param account ID of the account whose signature whoever took the request has checked, empty when
 *     nobody did
 * @param signer ARN of the user or the session whose signature that was, empty when nobody checked
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpCall(
    String method,
    String rawPath,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body,
    String sourceIp,
    String account,
    String signer) {

  /**
   * A request as servers give it; nobody has checked its signature.
   *
   * @param rawQuery all after {@code ?}, not decoded, or null
   * @param headers names in any case
   */
  public static HttpCall of(
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Map<String, List<String>> headers,
      byte[] body,
      String sourceIp) {
    Map<String, String> first = new LinkedHashMap<>();
    headers.forEach((name, values) -> {
      if (!values.isEmpty()) {
        first.putIfAbsent(name.toLowerCase(Locale.ROOT), values.getFirst());
      }
    });
    return new HttpCall(
        method.toUpperCase(Locale.ROOT),
        rawPath,
        queryOf(rawQuery == null ? "" : rawQuery),
        first,
        body,
        sourceIp,
        "",
        "");
  }

  /**
   * The same request, whose signature was checked.
   *
   * @param signerAccount ID of the account
   * @param signerArn ARN of the user or the session
   */
  public HttpCall signedBy(String signerAccount, String signerArn) {
    return new HttpCall(method, rawPath, query, headers, body, sourceIp, signerAccount, signerArn);
  }

  /** A header by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  private static Map<String, List<String>> queryOf(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.computeIfAbsent(decoded(key), _ -> new ArrayList<>()).add(decoded(value));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return text;
    }
  }
}

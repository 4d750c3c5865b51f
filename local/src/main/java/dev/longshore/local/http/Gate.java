package dev.longshore.local.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps web pages out: an endpoint that runs commands must not answer to a page in a browser on
 * this machine. A page can send requests here, but not under the name of this machine (Host, which
 * a rebound DNS name gives away) and not without saying where it comes from (Origin).
 */
public final class Gate {
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d{1,5})?");

  private Gate() {}

  /** Why these headers are not let in; empty when they are. */
  public static Optional<String> refusal(Headers headers) {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    if (hosts.size() != 1 || !LOOPBACK.matcher(hosts.getFirst()).matches()) {
      return Optional.of("This endpoint answers to localhost, 127.0.0.1 and [::1] only.");
    }
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      if (!origin.equalsIgnoreCase("http://" + hosts.getFirst())) {
        return Optional.of("This endpoint does not answer to pages of other origins.");
      }
    }
    return Optional.empty();
  }
}

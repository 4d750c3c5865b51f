package dev.longshore.core.validation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that users give ({@code batch-semantics} 1.4). */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

  private Names() {}

  /**
   * The name of a queue, environment, definition or policy.
   *
   * @param member what the request calls it, for the message
   * @throws ClientFault when it is absent or has another form
   */
  public static String check(String member, @Nullable String name) {
    String present = Require.text(member, name);
    Require.framed(isName(present), member + " should match valid pattern " + NAME);
    return present;
  }

  /** The name of a job. */
  public static String checkJob(@Nullable String name) {
    String present = Require.text("jobName", name);
    Require.framed(isName(present), "Job name should match valid pattern");
    return present;
  }

  /** True when the text could be the name of something. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}

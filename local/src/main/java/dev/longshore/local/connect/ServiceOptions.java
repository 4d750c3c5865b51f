package dev.longshore.local.connect;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which service in which account is meant. */
public final class ServiceOptions {
  private static final String STACK = "longshore";

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "Stack whose endpoint is asked for. Default: " + STACK + ".")
  private @Nullable String stack;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The endpoint, for who may not describe the stack.")
  private @Nullable URI endpoint;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region of the stack. Default: that of your AWS configuration.")
  private @Nullable String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of your AWS configuration. Default: AWS_PROFILE.")
  private @Nullable String profile;

  /** For the command line. */
  public ServiceOptions() {}

  /**
   * The account.
   *
   * @throws Hindrance when it cannot be told
   */
  public Account account() throws Hindrance {
    return Account.of(region, profile);
  }

  /**
   * The stack's name.
   *
   * @param otherwise what another option says, or null
   */
  public String stack(@Nullable String otherwise) {
    if (stack != null) {
      return stack;
    }
    return otherwise == null ? STACK : otherwise;
  }

  /** The endpoint that was named. */
  public @Nullable URI endpoint() {
    return endpoint;
  }
}

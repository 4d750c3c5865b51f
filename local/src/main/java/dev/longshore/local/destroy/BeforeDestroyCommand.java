package dev.longshore.local.destroy;

import dev.longshore.local.connect.Account;
import dev.longshore.local.connect.Hindrance;
import dev.longshore.local.connect.Relay;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentDetail;

/**
 * What {@code ./longshore destroy} does first: it lets the stack go only when the service owns
 * nothing outside of it any more.
 */
@Command(
    name = "before-destroy",
    hidden = true,
    description = "Succeeds when the stack may be destroyed.")
public final class BeforeDestroyCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @Mixin private final StackOptions options = new StackOptions();

  @Option(
      names = "--delete-environments",
      description = "Delete queues and environments before, with their jobs and instances.")
  private boolean delete;

  /** What is meant for cdk alone. */
  @Unmatched
  @SuppressWarnings("UnusedVariable")
  private List<String> others = new ArrayList<>();

  /** For the command line. */
  public BeforeDestroyCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try {
      Account account = options.account();
      URI endpoint = endpoint(account);
      try (Relay relay = Relay.open(0, endpoint, account);
          BatchClient batch = client(relay)) {
        relay.start();
        return look(new Estate(batch, System.err, PATIENCE), delete, System.err);
      }
    } catch (Hindrance e) {
      System.err.println("longshore: " + e.sentence());
    } catch (IOException e) {
      System.err.println("longshore: no endpoint could be opened: " + e);
    } catch (SdkException e) {
      System.err.println("longshore: the service does not say what it owns: " + e.getMessage());
      System.err.println(
          "longshore: attach the stack's AdministratorPolicy to yourself. If you know that no"
              + " compute environment is left, `cdk destroy` in infra-cdk does not ask.");
    }
    return 1;
  }

  String stack() {
    return options.stack();
  }

  private URI endpoint(Account account) throws Hindrance {
    @Nullable URI named = options.endpoint();
    if (named != null) {
      return named;
    }
    String stack = stack();
    return account
        .endpointOf(stack)
        .orElseThrow(() ->
            new Hindrance(
                "there is no stack named "
                    + stack
                    + " in "
                    + account.region()
                    + ", so there is nothing to destroy: name yours with -c stack=NAME, its"
                    + " Region with AWS_REGION."));
  }

  /** The relay signs anew, so these keys mean nothing. */
  private static BatchClient client(Relay relay) {
    return BatchClient.builder()
        .endpointOverride(relay.address())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("longshore", "longshore")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** The exit status: 0 when the service owns nothing outside of its stack any more. */
  static int look(Estate estate, boolean delete, PrintStream out)
      throws Hindrance, InterruptedException {
    List<ComputeEnvironmentDetail> left = estate.environments();
    if (left.isEmpty()) {
      return 0;
    }
    if (delete) {
      estate.delete();
      return 0;
    }
    out.println(
        "longshore: these compute environments own clusters, instances and launch templates, which"
            + " are no part of the stack and would stay:");
    left.forEach(it -> out.println(Estate.line(it)));
    out.println(
        "longshore: delete them first, or run `./longshore destroy --delete-environments`, which"
            + " deletes all queues (their jobs end) and environments (their instances end).");
    return 1;
  }
}

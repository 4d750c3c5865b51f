package dev.longshore.local.destroy;

import dev.longshore.local.connect.Account;
import dev.longshore.local.connect.Hindrance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;

/** What {@code ./longshore destroy} does last: takes away what needed the functions until now. */
@Command(
    name = "after-destroy",
    hidden = true,
    description = "Removes task definitions when the stack is gone.")
public final class AfterDestroyCommand implements Callable<Integer> {
  @Mixin private final StackOptions options = new StackOptions();

  /** What is meant for cdk alone. */
  @Unmatched
  @SuppressWarnings("UnusedVariable")
  private List<String> others = new ArrayList<>();

  /** For the command line. */
  public AfterDestroyCommand() {}

  @Override
  public Integer call() {
    try {
      Account account = options.account();
      if (account.endpointOf(options.stack()).isPresent()) {
        // Whoever was asked whether to destroy it said no.
        return 0;
      }
      try (EcsClient ecs = account.client(EcsClient.builder())) {
        int count = new TaskDefinitions(ecs).remove();
        System.err.println("longshore: " + count + " task definitions removed");
      }
      return 0;
    } catch (Hindrance e) {
      System.err.println("longshore: " + e.sentence());
    } catch (SdkException e) {
      System.err.println(
          "longshore: the stack is gone; task definitions named longshore-* stay, which cost"
              + " nothing: "
              + e.getMessage());
    }
    return 1;
  }
}

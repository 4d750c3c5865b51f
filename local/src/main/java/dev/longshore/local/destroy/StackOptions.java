package dev.longshore.local.destroy;

import dev.longshore.local.connect.Account;
import dev.longshore.local.connect.Hindrance;
import dev.longshore.local.connect.ServiceOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code cdk destroy} is told, as far as it says which stack is meant. */
final class StackOptions {
  private static final String STACK = "stack=";

  @Mixin private final ServiceOptions service = new ServiceOptions();

  @Option(
      names = {"-c", "--context"},
      description = "Context of the stack's app, NAME=VALUE.")
  private List<String> context = new ArrayList<>();

  Account account() throws Hindrance {
    return service.account();
  }

  @Nullable URI endpoint() {
    return service.endpoint();
  }

  /** The stack's name: the last that the context gives. */
  String stack() {
    String named = null;
    for (String each : context) {
      if (each.startsWith(STACK)) {
        named = each.substring(STACK.length());
      }
    }
    return service.stack(named);
  }
}

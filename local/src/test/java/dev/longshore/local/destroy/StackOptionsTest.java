package dev.longshore.local.destroy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StackOptionsTest {
  private static String stack(String... arguments) {
    BeforeDestroyCommand command = new BeforeDestroyCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.stack();
  }

  @Test
  @DisplayName("The stack is the one that cdk is told; what is for cdk alone is let through")
  void contextNamesTheStack() {
    assertThat(stack("--force")).isEqualTo("longshore");
    assertThat(stack("-c", "keepTable=true", "--context", "stack=mine", "--force"))
        .isEqualTo("mine");
    assertThat(stack("--role-arn", "arn", "-c", "stack=a", "-c", "stack=b", "--verbose"))
        .isEqualTo("b");
  }
}

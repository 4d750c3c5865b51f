package dev.longshore.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.aws.settings.JobRolesText;
import dev.longshore.core.validation.JobRoleRule;
import dev.longshore.core.validation.JobRoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleRulesTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/";

  @TempDir private @Nullable Path folder;

  private static StackSettings settings(List<String> roles, Optional<String> file) {
    return new StackSettings(
        roles,
        file,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        7,
        30,
        365,
        false,
        false,
        true,
        false);
  }

  private String file(String rules) throws IOException {
    return Files.writeString(Path.of(folder + "/rules.json"), rules).toString();
  }

  @Test
  @DisplayName("Without a file everybody may use the named roles, and without names nobody any")
  void without() {
    assertThat(JobRolesText.read(RoleRules.text(settings(List.of(), Optional.empty()))))
        .isEqualTo(new JobRoles.Named(List.of()));
    assertThat(JobRolesText.read(RoleRules.text(settings(List.of(ROLE + "etl"), Optional.empty()))))
        .isEqualTo(new JobRoles.Named(List.of(ROLE + "etl")));
  }

  @Test
  @DisplayName("With a file its rules are all there is, also for a name that stands for several")
  void rules() throws IOException {
    String file = file("[{\"role\":\"%setl\",\"callers\":[\"%sp\"]}]".formatted(ROLE, ROLE));
    assertThat(JobRolesText.read(RoleRules.text(settings(List.of(ROLE + "e*"), Optional.of(file)))))
        .isEqualTo(
            new JobRoles.Ruled(
                List.of(ROLE + "e*"),
                List.of(new JobRoleRule(ROLE + "etl", List.of(ROLE + "p"), List.of()))));
  }

  @Test
  @DisplayName("A rule for a role that is not named stops the deployment, as does a missing file")
  void slips() throws IOException {
    StackSettings other =
        settings(
            List.of(ROLE + "etl"), Optional.of(file("[{\"role\":\"%setk\"}]".formatted(ROLE))));
    assertThatThrownBy(() -> RoleRules.text(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rules.json")
        .hasMessageContaining("The rule for %setk has no role".formatted(ROLE));
    StackSettings missing = settings(List.of(), Optional.of(folder + "/none.json"));
    assertThatThrownBy(() -> RoleRules.text(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  @DisplayName("Sixty rules fit, each of a role, a caller and a queue with names of their own")
  void sixty() throws IOException {
    Random names = new Random(1);
    List<String> roles = new ArrayList<>();
    StringJoiner rules = new StringJoiner(",", "[", "]");
    for (int i = 0; i < 60; i++) {
      String name = "team-" + Integer.toHexString(names.nextInt());
      roles.add(ROLE + "job-of-" + name);
      rules.add(
          "{\"role\":\"%s\",\"callers\":[\"%s%s-%x\"],\"queues\":[\"queue-%x\"]}"
              .formatted(
                  roles.getLast(), ROLE, name, names.nextInt(0xffff), names.nextInt(0xffff)));
    }
    assertThat(RoleRules.text(settings(roles, Optional.of(file(rules.toString())))))
        .hasSizeLessThanOrEqualTo(RoleRules.MOST_BYTES);
  }

  @Test
  @DisplayName("More rules than a function's variables hold stop the deployment with a sentence")
  void tooMany() throws IOException {
    Random names = new Random(1);
    List<String> roles =
        IntStream.range(0, 400).mapToObj(_ -> ROLE + Long.toHexString(names.nextLong())).toList();
    StackSettings many = settings(roles, Optional.empty());
    assertThatThrownBy(() -> RoleRules.text(many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is the most")
        .hasMessageContaining("fewer patterns");
    assertThat(RoleRules.text(settings(roles.subList(0, 100), Optional.empty())))
        .hasSizeLessThan(RoleRules.MOST_BYTES);
  }
}

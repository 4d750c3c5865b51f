package dev.longshore.aws.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.validation.JobRoleRule;
import dev.longshore.core.validation.JobRoles;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRolesTextTest {
  private static final String ETL = "arn:aws:iam::111122223333:role/etl";

  @Test
  @DisplayName("What is written is read again, whatever there is of roles and rules")
  void roundTrip() {
    List<JobRoles> all =
        List.of(
            new JobRoles.Any(),
            new JobRoles.Named(List.of()),
            new JobRoles.Named(List.of(ETL, "arn:aws:iam::111122223333:role/b-*")),
            new JobRoles.Ruled(List.of(ETL), List.of()),
            new JobRoles.Ruled(
                List.of(ETL),
                List.of(
                    new JobRoleRule(ETL, List.of(), List.of("q", "night-*")),
                    new JobRoleRule("*", List.of("arn:aws:iam::1:user/*"), List.of()))));
    assertThat(all)
        .allSatisfy(it -> assertThat(JobRolesText.read(JobRolesText.write(it))).isEqualTo(it));
  }

  @Test
  @DisplayName(
      "Rules are read as people write them: without callers for all, without queues in all")
  void rules() {
    assertThat(
            RuleJson.read(
                """
                [{"role": "%1$s", "queues": ["etl"]},
                 {"callers": ["arn:aws:iam::1:user/a", "*"], "role": "%1$s"}]
                """
                    .formatted(ETL)))
        .containsExactly(
            new JobRoleRule(ETL, List.of(), List.of("etl")),
            new JobRoleRule(ETL, List.of("arn:aws:iam::1:user/a", "*"), List.of()));
  }

  @ParameterizedTest
  @DisplayName("What is no rule is refused with a sentence; a slip of the pen allows nothing")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                      | Rules are an array
          [1]                                     | A rule is an object
          [{"callers":["*"]}]                     | has the ARN of a role
          [{"role":"*","caller":["arn:aws:x"]}]   | not "caller"
          [{"role":"*","callers":[]}]             | left out for all
          [{"role":"*","callers":"*"}]            | is an array
          [{"role":"*","queues":[1]}]             | has texts
          [{"role":"etl"}]                        | role has ARNs
          [{                                      | no JSON
          """)
  void noRules(String json, String words) {
    assertThatThrownBy(() -> RuleJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}

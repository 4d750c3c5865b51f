package dev.longshore.core.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobRolesTest {
  private static final String ACCOUNT = "111122223333";
  private static final String ETL = role("etl");
  private static final String ADMIN = role("admin");
  private static final String ALICE = "arn:aws:iam::" + ACCOUNT + ":user/alice";
  private static final String SESSION = "arn:aws:sts::" + ACCOUNT + ":assumed-role/pipeline/run-17";

  private static String role(String name) {
    return "arn:aws:iam::" + ACCOUNT + ":role/" + name;
  }

  private static JobRoles ruled(JobRoleRule... rules) {
    return new JobRoles.Ruled(List.of(ETL, ADMIN), List.of(rules));
  }

  private static JobRoleRule callers(String... callers) {
    return new JobRoleRule(ETL, List.of(callers), List.of());
  }

  private static boolean registers(JobRoles roles, String caller, String role) {
    try {
      roles.checkRegistration(caller, role);
      return true;
    } catch (AccessDenied refused) {
      return false;
    }
  }

  private static boolean submits(JobRoles roles, String caller, String queue, String role) {
    try {
      roles.checkSubmission(caller, queue, role);
      return true;
    } catch (AccessDenied refused) {
      return false;
    }
  }

  @Test
  @DisplayName("Where nothing is asked, any role will do")
  void any() {
    assertThatCode(
            () -> {
              new JobRoles.Any().checkRegistration("", "whatever");
              new JobRoles.Any().checkSubmission("", "q", "whatever");
            })
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("Without rules everybody may use the named roles, and nobody another one")
  void named() {
    JobRoles roles = new JobRoles.Named(List.of(ETL, role("batch-*")));
    assertThat(registers(roles, ALICE, ETL)).isTrue();
    assertThat(submits(roles, "", "q", role("batch-x"))).isTrue();
    assertThat(registers(roles, ALICE, ADMIN)).isFalse();
    assertThat(submits(roles, ALICE, "q", ETL + "2")).isFalse();
    assertThat(registers(new JobRoles.Named(List.of()), ALICE, ETL)).isFalse();
  }

  @Test
  @DisplayName("With rules, what none of them says is refused, a named role without a rule too")
  void denied() {
    JobRoles roles = ruled(callers(ALICE));
    assertThat(registers(roles, ALICE, ETL)).isTrue();
    assertThat(registers(roles, ALICE, ADMIN)).isFalse();
    assertThat(registers(roles, ALICE + "2", ETL)).isFalse();
    assertThat(registers(roles, "", ETL)).isFalse();
    assertThat(registers(ruled(), ALICE, ETL)).isFalse();
  }

  @Test
  @DisplayName("No rule reaches beyond the named roles")
  void beyond() {
    JobRoles roles = ruled(new JobRoleRule("*", List.of(), List.of()));
    assertThat(registers(roles, ALICE, ADMIN)).isTrue();
    assertThat(registers(roles, ALICE, role("other"))).isFalse();
  }

  @ParameterizedTest
  @DisplayName("A rule for a role is for its sessions, with or without its path")
  @CsvSource({
    "arn:aws:iam::111122223333:role/pipeline, true",
    "arn:aws:iam::111122223333:role/team/a/pipeline, true",
    "arn:aws:iam::111122223333:role/pipe*, true",
    "arn:aws:iam::*:role/pipeline, true",
    "arn:aws:sts::111122223333:assumed-role/pipeline/run-*, true",
    "*, true",
    "arn:aws:iam::111122223333:role/line, false",
    "arn:aws:iam::111122223333:role/pipeline/x, false",
    "arn:aws:iam::444455556666:role/pipeline, false",
    "arn:aws:iam::111122223333:user/pipeline, false",
    "arn:aws-cn:iam::111122223333:role/pipeline, false",
    "arn:aws:sts::111122223333:assumed-role/pipeline, false"
  })
  void sessions(String pattern, boolean allowed) {
    assertThat(registers(ruled(callers(pattern)), SESSION, ETL)).isEqualTo(allowed);
  }

  @Test
  @DisplayName("A rule for queues counts when a job is submitted, and not before")
  void queues() {
    JobRoles roles = ruled(new JobRoleRule(ETL, List.of(ALICE), List.of("etl", "night-*")));
    assertThat(registers(roles, ALICE, ETL)).isTrue();
    assertThat(submits(roles, ALICE, "etl", ETL)).isTrue();
    assertThat(submits(roles, ALICE, "night-7", ETL)).isTrue();
    assertThat(submits(roles, ALICE, "etl2", ETL)).isFalse();
    assertThat(submits(roles, SESSION, "etl", ETL)).isFalse();
  }

  @Test
  @DisplayName("One rule must allow all of it: two that allow a part each do not")
  void oneRule() {
    JobRoles roles =
        ruled(
            new JobRoleRule(ETL, List.of(ALICE), List.of("etl")),
            new JobRoleRule(ETL, List.of(SESSION), List.of("other")));
    assertThat(submits(roles, ALICE, "other", ETL)).isFalse();
    assertThat(submits(roles, SESSION, "other", ETL)).isTrue();
  }

  @Test
  @DisplayName("Letters of patterns mean themselves: only the star stands for others")
  void literal() {
    assertThat(registers(ruled(callers("arn:aws:iam::111122223333:user/a.ice")), ALICE, ETL))
        .isFalse();
    assertThat(registers(ruled(callers("arn:*/alice")), ALICE, ETL)).isTrue();
    assertThat(registers(ruled(callers("arn:*/al")), ALICE, ETL)).isFalse();
  }

  @Test
  @DisplayName("Who is refused hears it as from IAM, and what would allow it")
  void words() {
    assertThatThrownBy(() -> ruled().checkSubmission(SESSION, "etl", ETL))
        .isInstanceOf(AccessDenied.class)
        .hasMessage(
            "User: %s is not authorized to perform: iam:PassRole on resource: %s because no rule"
                + " for it has this caller in job queue etl; who deploys the service adds one to"
                + " the file of jobRoleRules, such as"
                + " {\"role\":\"%s\",\"callers\":[\"%s\"],\"queues\":[\"etl\"]}.",
            SESSION, ETL, ETL, role("pipeline"));
    assertThatThrownBy(() -> new JobRoles.Named(List.of()).checkRegistration("", ETL))
        .hasMessage(
            "User: anonymous is not authorized to perform: iam:PassRole on resource: %s because it"
                + " is not among the roles that jobs may have; who deploys the service names them"
                + " in jobRoles.",
            ETL);
  }

  @ParameterizedTest
  @DisplayName("A rule that would allow more than it says, or nothing, is no rule")
  @ValueSource(
      strings = {"pipeline", "", "arn:aws:iam::111122223333:role/team/*", "AROAEXAMPLE:run-17"})
  void noRule(String caller) {
    assertThatThrownBy(() -> callers(caller)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("Queues go by their names")
  void queueNames() {
    assertThatThrownBy(() ->
            new JobRoleRule(
                ETL, List.of(), List.of("arn:aws:batch:eu-west-1:111122223333:job-queue/etl")))
        .hasMessageContaining("names of job queues");
  }
}

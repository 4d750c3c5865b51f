package dev.longshore.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/job-states.md} equal to what the lifecycle does. */
final class StateDiagramTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "job-states.md");

  @Test
  @DisplayName("The page of job states is what the lifecycle does, for every state and event")
  void pageIsCurrent() throws IOException {
    String page = page();
    if (Boolean.getBoolean("longshore.write-docs")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .describedAs("run ./mvnw -pl shared/core test -Dlongshore.write-docs=true")
        .isEqualTo(page);
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Job states

        Generated from `Lifecycle.apply` by `StateDiagramTest`; the test fails when it is stale.
        A job with one attempt, not told to stop before. A dash means that the event is ignored:
        it is late, repeated or does not concern this state.

        """);
    page.append("| event |");
    JobSamples.jobs().keySet().forEach(state -> page.append(' ').append(state).append(" |"));
    page.append("\n|---|").append("---|".repeat(JobSamples.jobs().size())).append('\n');
    for (Map.Entry<String, JobEvent> event : JobSamples.events().entrySet()) {
      page.append("| ").append(event.getKey()).append(" |");
      for (Job job : JobSamples.jobs().values()) {
        page.append(' ').append(cell(job, event.getValue())).append(" |");
      }
      page.append('\n');
    }
    page.append(
        """

        `Open` is the parent of an array whose children may start; clients see it as PENDING.
        `TaskStopped` with attempts left and no stop request leads back to RUNNABLE when the retry
        strategy says so; after a stop request it always leads to FAILED.
        """);
    return page.toString();
  }

  private static String cell(Job job, JobEvent event) {
    return switch (Lifecycle.apply(job, event, JobSamples.NOW)) {
      case Step.Ignored _ -> "-";
      case Step.Changed(Job after) -> {
        String told = after.stop() != null && !after.status().isTerminal() ? ", told to stop" : "";
        yield after.status() + told;
      }
    };
  }
}

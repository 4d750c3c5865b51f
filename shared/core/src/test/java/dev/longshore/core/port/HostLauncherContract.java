package dev.longshore.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ComputeEnvironment.Market;
import dev.longshore.core.model.HostId;
import dev.longshore.core.port.HostLauncher.Launch;
import dev.longshore.core.port.HostLauncher.Launched;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link HostLauncher} keeps while there is capacity. */
public abstract class HostLauncherContract {
  private HostLauncher launcher;

  /** A launcher without instances, for the environments {@code env} and {@code other}. */
  protected abstract HostLauncher newLauncher();

  @BeforeEach
  void makeLauncher() {
    launcher = newLauncher();
  }

  private Launched launch(String token, String environment, int count) {
    return launcher.launch(new Launch(token, environment, Market.ON_DEMAND, "m6i.large", count));
  }

  @Test
  @DisplayName("A launch brings as many instances as asked for, each of its own, and they exist")
  void launches() {
    Launched launched = launch("env/1/0", "env", 3);
    assertThat(launched.shortage()).isEmpty();
    assertThat(launched.fault()).isEmpty();
    assertThat(new HashSet<>(launched.instances())).hasSize(3);
    assertThat(launcher.instances("env")).containsExactlyInAnyOrderElementsOf(launched.instances());
    assertThat(launcher.instances("other")).isEmpty();
  }

  @Test
  @DisplayName("The same token launches once and is answered with the same instances")
  void launchesOnce() {
    Launched first = launch("env/1/0", "env", 2);
    assertThat(launch("env/1/0", "env", 2)).isEqualTo(first);
    assertThat(launcher.instances("env")).hasSize(2);
  }

  @Test
  @DisplayName("Another token launches others")
  void tokensAreApart() {
    Set<String> all = new HashSet<>(launch("env/1/0", "env", 1).instances());
    all.addAll(launch("env/1/1", "env", 1).instances());
    assertThat(all).hasSize(2);
  }

  @Test
  @DisplayName("What was terminated is gone; ending it again, or what never was, is no error")
  void terminates() {
    String instance = launch("env/1/0", "env", 1).instances().getFirst();
    launcher.terminate(new HostId("env", instance));
    launcher.terminate(new HostId("env", instance));
    launcher.terminate(new HostId("env", "i-0fffffffffffffff0"));
    assertThat(launcher.instances("env")).isEmpty();
  }
}

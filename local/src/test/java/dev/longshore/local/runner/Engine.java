package dev.longshore.local.runner;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The Docker engine for tests that need one. */
final class Engine {
  static final String IMAGE = "busybox";

  private Engine() {}

  /** An engine with the image; without one the test is skipped, but in the gate it fails. */
  static Docker orSkip() throws IOException, InterruptedException {
    Optional<Docker> found = Docker.answering(System.getenv("PATH"), Duration.ofSeconds(10));
    boolean ready = found.isPresent() && hasImage(found.get());
    if (!ready && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("the gate has no Docker engine with the image " + IMAGE);
    }
    assumeTrue(ready, "Jobs as containers are not tried: install Docker and start its engine.");
    return found.get();
  }

  private static boolean hasImage(Docker engine) throws IOException, InterruptedException {
    return engine.call(List.of("image", "inspect", IMAGE)).isGood()
        || engine.call(List.of("pull", "--quiet", IMAGE)).isGood();
  }
}

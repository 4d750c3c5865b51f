package dev.longshore.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it hears. */
final class Heard implements TaskListener {
  private final BlockingQueue<Long> started = new LinkedBlockingQueue<>();
  private final BlockingQueue<TaskEnding> ended = new LinkedBlockingQueue<>();

  @Override
  public void running(Task task, long startedAt) {
    started.add(startedAt);
  }

  @Override
  public void stopped(Task task, TaskEnding ending) {
    ended.add(ending);
  }

  /** Waits for a task to run. */
  long running() throws InterruptedException {
    Long at = started.poll(60, TimeUnit.SECONDS);
    assertThat(at).as("a task runs").isNotNull();
    return at;
  }

  /** Waits for a task to end. */
  TaskEnding ending() throws InterruptedException {
    TaskEnding ending = ended.poll(60, TimeUnit.SECONDS);
    assertThat(ending).as("a task ends").isNotNull();
    return ending;
  }

  boolean nothingEnded() {
    return ended.isEmpty();
  }

  boolean nothingRan() {
    return started.isEmpty();
  }
}

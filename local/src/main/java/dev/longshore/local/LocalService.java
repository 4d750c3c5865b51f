package dev.longshore.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.longshore.aws.dynamodb.WriteUnits;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.local.companion.CompanionApi;
import dev.longshore.local.feed.EventFile;
import dev.longshore.local.feed.EventStream;
import dev.longshore.local.http.Endpoint;
import dev.longshore.local.logs.LogStore;
import dev.longshore.local.timers.Delays;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running service in this virtual machine. */
public final class LocalService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalService.class);
  private static final Duration SWEEP_ACTIVE = Duration.ofSeconds(15);
  private static final Duration SWEEP_IDLE = Duration.ofMinutes(1);
  private static final Duration PURGE = Duration.ofHours(1);
  private static final Duration STOP_GRACE = Duration.ofSeconds(3);
  private static final Duration REMOVAL = Duration.ofSeconds(20);

  private final LocalSettings settings;
  private final Workspace workspace;
  private final LocalComponent parts;
  private final Endpoint endpoint;
  private final Delays sweeps = new Delays("sweeps");
  private final Delays logTicks = new Delays("log-ticks");
  private long nextIdleSweep;

  private LocalService(
      LocalSettings settings, Workspace workspace, LocalComponent parts, Endpoint endpoint) {
    this.settings = settings;
    this.workspace = workspace;
    this.parts = parts;
    this.endpoint = endpoint;
  }

  /**
   * Starts a service. It answers requests when this returns; what an earlier run left in the data
   * directory has been settled then.
   *
   * @throws IOException when the port or the directory is not to be had
   */
  public static LocalService start(LocalSettings settings)
      throws IOException, InterruptedException {
    Workspace workspace = Workspace.open(settings.data());
    Path path = settings.events();
    Optional<EventFile> events =
        path == null ? Optional.empty() : Optional.of(EventFile.open(path));
    LocalComponent parts =
        DaggerLocalComponent.factory()
            .create(settings, workspace, events, Runners.choose(settings.runner(), workspace));
    // The port first: when it is taken nothing has happened yet.
    Endpoint endpoint =
        new Endpoint(
            settings.port(),
            event -> parts.api().handleRequest(event, NoContext.IT),
            new CompanionApi(parts.logs(), () -> parts.ids().random().toString()),
            new EventStream(parts.feed()));
    LocalService service = new LocalService(settings, workspace, parts, endpoint);
    service.begin();
    return service;
  }

  private void begin() throws InterruptedException {
    for (ComputeEnvironment environment : parts.catalog().environments()) {
      parts.localHosts().restore(parts.hosts().hosts(environment.name()));
    }
    // The pump takes its place in the stream before anything is written.
    parts.pump().start();
    parts.tasks().recover();
    parts.events().start();
    parts.events().drain();
    if (workspace.isKept()) {
      parts.settleAll().run();
    }
    parts.work().start();
    parts.repairs().start();
    parts.scheduler().start();
    parts.capacity().start();
    new FirstStart(parts.api(), parts.catalog()).run(settings.total());
    sweeps.every(SWEEP_ACTIVE, this::sweep);
    sweeps.every(PURGE, this::purge);
    logTicks.every(LogStore.TICK, parts.logs()::tick);
    endpoint.start();
  }

  /** Where requests go. */
  public URI address() {
    return endpoint.address();
  }

  /** What its writes to the table cost. */
  public WriteUnits units() {
    return parts.units();
  }

  /** What runs jobs, in one line. */
  public String runner() {
    return parts.tasks().describe();
  }

  /** How many tasks are not over. */
  public int tasks() {
    return parts.tasks().count();
  }

  private void sweep() {
    long now = System.nanoTime();
    if (parts.tasks().count() > 0 || now - nextIdleSweep >= 0) {
      nextIdleSweep = now + SWEEP_IDLE.toNanos();
      parts.sweep().handleRequest(new ScheduledEvent(), NoContext.IT);
    }
  }

  private void purge() {
    long now = InstantSource.system().millis();
    int jobs = parts.jobs().purge(now);
    int logs = parts.logs().purge(now - settings.retention().toMillis());
    LOG.info("purged {} jobs and {} log streams", jobs, logs);
  }

  /**
   * Ends the service. With a data directory running jobs go on, and the next start finds them;
   * without one they are stopped, and what they left is removed before this returns, unless that
   * takes longer than 20 s.
   */
  @Override
  public void close() {
    endpoint.close();
    sweeps.close();
    parts.scheduler().close();
    parts.capacity().close();
    parts.work().close();
    parts.repairs().close();
    if (!workspace.isKept()) {
      stopTasks();
    }
    parts.events().close();
    parts.pump().close();
    parts.feed().close();
    parts.localHosts().close();
    parts.tasks().close();
    if (!workspace.isKept()) {
      parts.tasks().discard(REMOVAL);
    }
    logTicks.close();
    parts.embedded().shutdown();
    workspace.close();
  }

  private void stopTasks() {
    parts.tasks().stopAll(STOP_GRACE);
    long until = System.nanoTime() + STOP_GRACE.plusSeconds(2).toNanos();
    try {
      while (parts.tasks().count() > 0 && System.nanoTime() < until) {
        Thread.sleep(Duration.ofMillis(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

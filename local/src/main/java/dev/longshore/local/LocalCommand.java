package dev.longshore.local;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./longshore local}: a service that stays up. */
@Command(
    name = "local",
    mixinStandardHelpOptions = true,
    description = "Starts a service on this machine and stays up until it is told to end.")
final class LocalCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port on 127.0.0.1, 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port = LocalSettings.DEFAULT_PORT;

  @Mixin private LocalOptions options = new LocalOptions();

  @Override
  public Integer call() throws InterruptedException {
    LocalSettings settings = options.settings(port);
    LocalService service;
    try {
      service = LocalService.start(settings);
    } catch (IOException e) {
      System.err.println("longshore: " + e.getMessage());
      return 1;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  end(service, settings);
                  ended.countDown();
                },
                "end"));
    banner(System.out, service, settings);
    ended.await();
    return 0;
  }

  private static void end(LocalService service, LocalSettings settings) {
    int tasks = service.tasks();
    if (tasks > 0 && settings.data() != null) {
      System.out.println(tasks + " jobs go on; the next start with the same --data finds them.");
    } else if (tasks > 0) {
      System.out.println("Stopping " + tasks + " jobs: without --data nobody would find them.");
    }
    System.out.flush();
    service.close();
  }

  private static void banner(PrintStream out, LocalService service, LocalSettings settings) {
    URI endpoint = service.address();
    out.println("Longshore runs at " + endpoint);
    out.println("  jobs run as  " + service.runner());
    out.printf(
        "  hosts have   %d vCPUs and %,d MiB in all%n",
        settings.total().vcpus(), settings.total().memoryMib());
    out.println(
        "  kept in      " + (settings.data() == null ? "memory (--data DIR)" : settings.data()));
    out.println();
    out.println("export AWS_ENDPOINT_URL=" + endpoint);
    out.println("export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1");
    out.println("export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local");
    out.println();
    out.println("Queue default and job definition default are there:");
    out.println("  aws batch submit-job --job-name hi --job-queue default \\");
    out.println("    --job-definition default \\");
    out.println("    --container-overrides '{\"command\":[\"sh\",\"-c\",\"echo hello\"]}'");
    out.flush();
  }
}

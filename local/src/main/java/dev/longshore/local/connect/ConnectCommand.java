package dev.longshore.local.connect;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./longshore connect}: unmodified clients reach the service in an AWS account. */
@Command(
    name = "connect",
    mixinStandardHelpOptions = true,
    description = {
      "Opens an endpoint on this machine for a service in your AWS account.",
      "Each call is signed for API Gateway with your own credentials, found as the SDKs find them."
    })
public final class ConnectCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 8463;

  @Mixin private final ServiceOptions service = new ServiceOptions();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port on 127.0.0.1, 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port = DEFAULT_PORT;

  /** For the command line. */
  public ConnectCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Relay relay;
    Account account;
    try {
      account = service.account();
      account.checkCredentials();
      relay = open(account);
    } catch (Hindrance e) {
      System.err.println("longshore: " + e.sentence());
      return 1;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  relay.close();
                  ended.countDown();
                },
                "end"));
    relay.start();
    System.out.println("# Signs with your credentials. In another shell:");
    System.out.println("export AWS_ENDPOINT_URL_BATCH=" + relay.address());
    System.out.println(
        "export AWS_REGION=" + account.region() + " AWS_DEFAULT_REGION=" + account.region());
    System.out.flush();
    ended.await();
    return 0;
  }

  private Relay open(Account account) throws Hindrance {
    @Nullable URI named = service.endpoint();
    String stack = service.stack(null);
    URI endpoint =
        named == null
            ? account.endpointOf(stack).orElseThrow(() -> new Hindrance(account.noSuchStack(stack)))
            : named;
    try {
      return Relay.open(port, endpoint, account);
    } catch (BindException e) {
      throw new Hindrance(
          "port " + port + " on 127.0.0.1 is in use: choose another one with --port.", e);
    } catch (IOException e) {
      throw new Hindrance("no endpoint could be opened: " + e, e);
    }
  }
}

package dev.longshore.local.connect;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;

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

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "Stack whose endpoint is asked for. Default: ${DEFAULT-VALUE}.")
  private String stack = "longshore";

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The endpoint, for who may not describe the stack.")
  private @Nullable URI endpoint;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region of the stack. Default: that of your AWS configuration.")
  private @Nullable String region;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port on 127.0.0.1, 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port = DEFAULT_PORT;

  /** For the command line. */
  public ConnectCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    AwsCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    Relay relay;
    String where;
    try {
      where =
          region == null
              ? DefaultAwsRegionProviderChain.builder().build().getRegion().id()
              : region;
      URI service = endpoint == null ? endpointOf(stack, where, credentials) : endpoint;
      relay = new Relay(port, service, new RequestSigner(credentials, where));
    } catch (IOException | SdkException | IllegalStateException e) {
      System.err.println("longshore: " + e.getMessage());
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
    System.out.println("export AWS_REGION=" + where + " AWS_DEFAULT_REGION=" + where);
    System.out.flush();
    ended.await();
    return 0;
  }

  private static URI endpointOf(String stack, String region, AwsCredentialsProvider credentials) {
    try (CloudFormationClient cloud =
        CloudFormationClient.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials)
            .build()) {
      return cloud.describeStacks(it -> it.stackName(stack)).stacks().getFirst().outputs().stream()
          .filter(output -> output.outputKey().equals("Endpoint"))
          .map(Output::outputValue)
          .map(URI::create)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(stack + " has no output named Endpoint"));
    }
  }
}

package dev.longshore.local.demo;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/** Ordinary clients of AWS, pointed at an endpoint. */
public record Clients(BatchClient batch, CloudWatchLogsClient logs) implements AutoCloseable {
  private static final String LOG_GROUP = "/aws/batch/job";

  /** Clients with made-up keys, which is all that a loopback endpoint asks for. */
  public static Clients of(URI endpoint) {
    return new Clients(
        pointed(BatchClient.builder(), endpoint).build(),
        pointed(CloudWatchLogsClient.builder(), endpoint).build());
  }

  private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B pointed(
      B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("longshore", "longshore")))
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }

  /** What a job wrote into its log stream. */
  public List<String> log(String stream) {
    return logs
        .getLogEvents(
            request -> request.logGroupName(LOG_GROUP).logStreamName(stream).startFromHead(true))
        .events()
        .stream()
        .map(OutputLogEvent::message)
        .toList();
  }

  @Override
  public void close() {
    batch.close();
    logs.close();
  }
}

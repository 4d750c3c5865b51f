package dev.longshore.integration.emulator;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * An emulator of AWS that runs.
 *
 * @param endpoint of all its services
 * @param credentials of its administrator
 * @param end stops it, and what it started
 */
record Emulator(URI endpoint, String region, AwsCredentials credentials, Runnable end)
    implements AutoCloseable {

  <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  @Override
  public void close() {
    end.run();
  }
}

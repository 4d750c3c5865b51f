package dev.longshore.aws.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/**
 * Builds clients of one Region that share one HTTP client. Nothing is looked up: no profile files,
 * no chain of credentials, which costs a cold start more than the first call.
 */
public final class Clients {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration READ = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(12);

  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final Optional<URI> endpoint;
  private final SdkHttpClient http;

  /**
   * Clients with these credentials.
   *
   * @param endpoint of all services, for emulators; empty for AWS's own
   */
  public Clients(String region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
    this.region = Region.of(region);
    this.credentials = credentials;
    this.endpoint = endpoint;
    this.http =
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ).build();
  }

  /** The client that this builder builds; it answers, tries again included, within 12 seconds. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
    return build(region, builder);
  }

  /** Likewise, of another Region: a few services are not in all of them. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C buildIn(
      String other, B builder) {
    return build(Region.of(other), builder);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
      Region where, B builder) {
    builder
        .region(where)
        .credentialsProvider(credentials)
        .httpClient(http)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .defaultProfileFile(ProfileFile.aggregator().build())
                .apiCallTimeout(CALL)
                .build());
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }
}

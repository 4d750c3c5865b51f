package dev.longshore.local.connect;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * An AWS account in a Region, as whoever runs the command has it: by variables, profile, SSO, or
 * the role of the machine.
 */
public final class Account {
  private static final String ENDPOINT = "Endpoint";

  private final AwsCredentialsProvider credentials;
  private final String region;

  private Account(AwsCredentialsProvider credentials, String region) {
    this.credentials = credentials;
    this.region = region;
  }

  /**
   * The account of these options; what is null is looked up as the SDKs do. Credentials are not
   * asked for yet.
   *
   * @throws Hindrance when there is no Region
   */
  static Account of(@Nullable String region, @Nullable String profile) throws Hindrance {
    DefaultCredentialsProvider.Builder credentials = DefaultCredentialsProvider.builder();
    DefaultAwsRegionProviderChain.Builder regions = DefaultAwsRegionProviderChain.builder();
    if (profile != null) {
      credentials.profileName(profile);
      regions.profileName(profile);
    }
    try {
      return new Account(
          credentials.build(), region == null ? regions.build().getRegion().id() : region);
    } catch (SdkException e) {
      throw new Hindrance(
          "no Region is set: name it with --region or AWS_REGION, or set it in your profile with"
              + " `aws configure`.",
          e);
    }
  }

  /** Its Region. */
  public String region() {
    return region;
  }

  AwsCredentialsProvider credentials() {
    return credentials;
  }

  /** The client of the account that this builder builds. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /**
   * Looks for credentials.
   *
   * @throws Hindrance when there are none
   */
  void checkCredentials() throws Hindrance {
    try {
      credentials.resolveCredentials();
    } catch (SdkException e) {
      throw new Hindrance(
          "no credentials for AWS were found: sign in (`aws sso login`, `aws configure`), or set"
              + " AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
              + " `aws sts get-caller-identity` must work where this runs.",
          e);
    }
  }

  /**
   * Where the service of this stack is; empty when there is no such stack.
   *
   * @throws Hindrance when AWS does not say, or the stack is none of Longshore
   */
  public Optional<URI> endpointOf(String stack) throws Hindrance {
    checkCredentials();
    try (CloudFormationClient cloud = client(CloudFormationClient.builder())) {
      List<Stack> found = cloud.describeStacks(it -> it.stackName(stack)).stacks();
      String status = found.getFirst().stackStatusAsString();
      return Optional.of(
          found.getFirst().outputs().stream()
              .filter(output -> output.outputKey().equals(ENDPOINT))
              .map(Output::outputValue)
              .map(URI::create)
              .findFirst()
              .orElseThrow(() ->
                  new Hindrance(
                      "the stack "
                          + stack
                          + " is "
                          + status
                          + " and has no output named Endpoint: it is no stack of Longshore, or"
                          + " its deployment has not succeeded yet.")));
    } catch (CloudFormationException e) {
      if (e.awsErrorDetails().errorMessage().contains("does not exist")) {
        return Optional.empty();
      }
      throw refused(stack, e);
    } catch (SdkException e) {
      throw new Hindrance(
          "CloudFormation in " + region + elsewhere() + " does not answer: " + e.getMessage(), e);
    }
  }

  /** What to do about a stack that is not there. */
  public String noSuchStack(String stack) {
    return "there is no stack named "
        + stack
        + " in "
        + region
        + ": name yours with --stack, its Region with --region; `./longshore deploy` makes one.";
  }

  private static Hindrance refused(String stack, CloudFormationException e) {
    String said = e.awsErrorDetails().errorMessage();
    return switch (e.awsErrorDetails().errorCode()) {
      case "AccessDenied", "AccessDeniedException" ->
          new Hindrance(
              "you may not describe the stack "
                  + stack
                  + " (cloudformation:DescribeStacks): ask who deployed it for its endpoint, and"
                  + " name that with --endpoint. AWS says: "
                  + said,
              e);
      default ->
          new Hindrance(
              "AWS" + elsewhere() + " refuses to describe the stack " + stack + ": " + said, e);
    };
  }

  /** Exports of another service that were forgotten are easily taken for a failure of AWS. */
  private static String elsewhere() {
    String endpoint = System.getenv("AWS_ENDPOINT_URL");
    return endpoint == null ? "" : " (at " + endpoint + ", by AWS_ENDPOINT_URL)";
  }
}

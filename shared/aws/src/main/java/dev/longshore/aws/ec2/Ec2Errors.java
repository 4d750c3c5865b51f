package dev.longshore.aws.ec2;

import java.util.List;

/**
 * What EC2's errors mean for a launch ({@code batch-semantics} 21, 17.1). They come for a whole
 * call, or for one of its pools. The first row whose code begins so counts. An error that no row
 * names is taken for a shortage: the type rests for a while and others are tried.
 */
final class Ec2Errors {
  /** What follows from an error. */
  enum Meaning {
    /** This type cannot be had here now; others may. */
    SHORTAGE,
    /** The compute environment is configured wrongly: it is INVALID until that is mended. */
    CONFIGURATION,
    /** Whether anything was launched is unknown; the same call is right later. */
    LATER,
    /** The token was used for a call with other parameters. */
    LAUNCHED_BEFORE
  }

  /**
   * A row.
   *
   * @param code how AWS's error code begins
   * @param means what follows
   * @param words what a user is told before AWS's own message
   */
  private record Row(String code, Meaning means, String words) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("InsufficientInstanceCapacity", Meaning.SHORTAGE, "no capacity"),
          new Row("InsufficientCapacity", Meaning.SHORTAGE, "no capacity"),
          new Row("InsufficientHostCapacity", Meaning.SHORTAGE, "no capacity"),
          new Row("UnfulfillableCapacity", Meaning.SHORTAGE, "no Spot capacity"),
          new Row("SpotMaxPriceTooLow", Meaning.SHORTAGE, "the bid is below the Spot price"),
          new Row("MaxSpotInstanceCountExceeded", Meaning.SHORTAGE, "Spot limit reached"),
          new Row("MaxSpotFleetRequestCountExceeded", Meaning.SHORTAGE, "Spot limit reached"),
          new Row("InstanceLimitExceeded", Meaning.SHORTAGE, "instance limit reached"),
          new Row("VcpuLimitExceeded", Meaning.SHORTAGE, "vCPU limit reached"),
          new Row("VolumeLimitExceeded", Meaning.SHORTAGE, "volume limit reached"),
          new Row("InsufficientFreeAddressesInSubnet", Meaning.SHORTAGE, "subnet is full"),
          new Row("Unsupported", Meaning.SHORTAGE, "not offered here"),
          new Row("InvalidFleetConfiguration", Meaning.SHORTAGE, "not offered here"),
          new Row("IdempotentParameterMismatch", Meaning.LAUNCHED_BEFORE, ""),
          new Row("UnauthorizedOperation", Meaning.CONFIGURATION, "a permission is missing"),
          new Row("AuthFailure", Meaning.CONFIGURATION, "a permission is missing"),
          new Row("AccessDenied", Meaning.CONFIGURATION, "a permission is missing"),
          new Row("OptInRequired", Meaning.CONFIGURATION, "the image needs a subscription"),
          new Row("PendingVerification", Meaning.SHORTAGE, "the account is being verified"),
          new Row("InvalidIamInstanceProfile", Meaning.CONFIGURATION, "the instance role"),
          new Row("InvalidSubnet", Meaning.CONFIGURATION, "a subnet"),
          new Row("InvalidSecurityGroup", Meaning.CONFIGURATION, "a security group"),
          new Row("InvalidGroup", Meaning.CONFIGURATION, "a security group"),
          new Row("InvalidKeyPair", Meaning.CONFIGURATION, "the key pair"),
          new Row("InvalidPlacementGroup", Meaning.CONFIGURATION, "the placement group"),
          new Row("InvalidAMIID", Meaning.CONFIGURATION, "the image"),
          new Row("InvalidLaunchTemplate", Meaning.CONFIGURATION, "the launch template"),
          new Row("InvalidUserData", Meaning.CONFIGURATION, "the user data"),
          new Row("InvalidParameter", Meaning.CONFIGURATION, "the configuration"),
          new Row("InvalidBlockDeviceMapping", Meaning.CONFIGURATION, "the block devices"),
          new Row("MissingParameter", Meaning.CONFIGURATION, "the configuration"),
          new Row("RequestLimitExceeded", Meaning.LATER, "EC2 is throttling"),
          new Row("Throttling", Meaning.LATER, "EC2 is throttling"),
          new Row("ResourceCountLimitExceeded", Meaning.LATER, "EC2 is throttling"),
          new Row("InternalError", Meaning.LATER, "EC2 failed"),
          new Row("InternalFailure", Meaning.LATER, "EC2 failed"),
          new Row("ServiceUnavailable", Meaning.LATER, "EC2 failed"),
          new Row("Unavailable", Meaning.LATER, "EC2 failed"));

  private Ec2Errors() {}

  static Meaning meaning(String code) {
    return row(code).means();
  }

  /** For people: the code, what it is about, and AWS's message. */
  static String words(String code, String message) {
    String words = row(code).words();
    return code + (words.isEmpty() ? "" : " (" + words + ")") + ": " + message;
  }

  private static Row row(String code) {
    return ROWS.stream()
        .filter(row -> code.startsWith(row.code()))
        .findFirst()
        .orElse(new Row(code, Meaning.SHORTAGE, ""));
  }
}

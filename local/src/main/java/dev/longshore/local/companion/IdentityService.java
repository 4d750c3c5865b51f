package dev.longshore.local.companion;

import dev.longshore.wire.http.Caller;

/** Who am I: sts {@code GetCallerIdentity} and iam {@code GetUser}. Everybody is one user. */
final class IdentityService implements Companion {
  private static final String USER = "local";
  private static final String USER_ID = "AIDALONGSHORELOCAL00";

  @Override
  public Reply answer(CompanionCall call, Caller caller) {
    String arn = "arn:aws:iam::" + caller.account() + ":user/" + USER;
    return switch (call.operation()) {
      case "GetCallerIdentity" ->
          new Reply.Xml(
              """
              <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\
              <GetCallerIdentityResult><Arn>%s</Arn><UserId>%s</UserId><Account>%s</Account>\
              </GetCallerIdentityResult>\
              <ResponseMetadata><RequestId>REQUEST_ID</RequestId></ResponseMetadata>\
              </GetCallerIdentityResponse>\
              """
                  .formatted(arn, USER_ID, caller.account()));
      case "GetUser" ->
          new Reply.Xml(
              """
              <GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">\
              <GetUserResult><User><Path>/</Path><UserName>%s</UserName><UserId>%s</UserId>\
              <Arn>%s</Arn><CreateDate>2020-01-01T00:00:00Z</CreateDate></User></GetUserResult>\
              <ResponseMetadata><RequestId>REQUEST_ID</RequestId></ResponseMetadata>\
              </GetUserResponse>\
              """
                  .formatted(USER, USER_ID, arn));
      default -> throw CompanionFault.unknownOperation(call.operation());
    };
  }
}

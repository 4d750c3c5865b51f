package dev.longshore.local.companion;

import dev.longshore.wire.http.Caller;

/** There is no EC2 behind local mode: no instances. */
final class Ec2Service implements Companion {
  @Override
  public Reply answer(CompanionCall call, Caller caller) {
    if (!call.operation().equals("DescribeInstances")) {
      throw CompanionFault.unknownOperation(call.operation());
    }
    return new Reply.Xml(
        """
        <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">\
        <requestId>REQUEST_ID</requestId><reservationSet/></DescribeInstancesResponse>\
        """);
  }
}

package dev.longshore.functions.lambda;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.GetProductsRequest;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;

/** The instance types of a Region and their prices, all different, so that they pack badly. */
final class OfferedTypes implements Ec2Client {
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<InstanceTypeInfo> types;

  OfferedTypes(int count) {
    this.types = IntStream.range(0, count).mapToObj(this::type).toList();
  }

  private InstanceTypeInfo type(int number) {
    return InstanceTypeInfo.builder()
        .instanceType("family%dgn.%dxlarge".formatted(number, number % 32))
        .bareMetal(false)
        .supportedUsageClassesWithStrings("on-demand", "spot")
        .vCpuInfo(it -> it.defaultVCpus(random.nextInt(1, 448)))
        .memoryInfo(it -> it.sizeInMiB((long) random.nextInt(512, 25_000_000)))
        .processorInfo(it -> it.supportedArchitecturesWithStrings("x86_64"))
        .build();
  }

  @Override
  public DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest request) {
    return DescribeInstanceTypesResponse.builder().instanceTypes(types).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  /** What they cost. */
  PricingClient prices() {
    List<String> list =
        types.stream()
            .map(type -> price(type.instanceTypeAsString(), random.nextDouble(0.01, 99)))
            .toList();
    return new PricingClient() {
      @Override
      public GetProductsResponse getProducts(GetProductsRequest request) {
        return GetProductsResponse.builder().priceList(list).build();
      }

      @Override
      public String serviceName() {
        return SERVICE_NAME;
      }

      @Override
      public void close() {}
    };
  }

  private static String price(String type, double hour) {
    return """
    {"product":{"attributes":{"instanceType":"%s"}},"terms":{"OnDemand":{"A.B":{
     "priceDimensions":{"A.B.C":{"unit":"Hrs","pricePerUnit":{"USD":"%s"}}}}}}}
    """
        .formatted(type, hour);
  }
}

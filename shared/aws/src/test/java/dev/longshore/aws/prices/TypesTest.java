package dev.longshore.aws.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.GpuDeviceInfo;
import software.amazon.awssdk.services.ec2.model.GpuInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.GetProductsRequest;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;

class TypesTest {
  private static final String PRICE =
      """
      {"product":{"attributes":{"instanceType":"%s"}},"terms":{"OnDemand":{"A.B":{
       "priceDimensions":{"A.B.C":{"unit":"Hrs","pricePerUnit":{"USD":"%s"}}}}}}}
      """;

  private Instant now = Instant.parse("2026-03-01T00:00:00Z");
  private final Memory memory = new Memory();
  private final Ec2 ec2 = new Ec2();
  private final Prices prices = new Prices();
  private final TypeRefresh refresh = new TypeRefresh(ec2, prices, memory, "eu-west-1", () -> now);
  private final StoredTypes types = new StoredTypes(memory, () -> now);

  private static final class Memory implements TypeMemory {
    private @Nullable Kept kept;

    @Override
    public Optional<Kept> read() {
      return Optional.ofNullable(kept);
    }

    @Override
    public boolean keep(Kept after, long before) {
      if ((kept == null ? 0 : kept.at()) != before) {
        return false;
      }
      kept = after;
      return true;
    }
  }

  private static final class Ec2 implements Ec2Client {
    private final List<InstanceTypeInfo> offered = new ArrayList<>();
    private int calls;

    @Override
    public DescribeInstanceTypesResponse describeInstanceTypes(
        DescribeInstanceTypesRequest request) {
      calls++;
      int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
      return DescribeInstanceTypesResponse.builder()
          .instanceTypes(offered.subList(from, Math.min(offered.size(), from + 1)))
          .nextToken(from + 1 < offered.size() ? Integer.toString(from + 1) : null)
          .build();
    }

    @Override
    public String serviceName() {
      return "ec2";
    }

    @Override
    public void close() {}
  }

  private static final class Prices implements PricingClient {
    private final List<String> list = new ArrayList<>();
    private boolean silent;

    @Override
    public GetProductsResponse getProducts(GetProductsRequest request) {
      if (silent) {
        throw SdkClientException.create("no answer");
      }
      return GetProductsResponse.builder().priceList(list).build();
    }

    @Override
    public String serviceName() {
      return "pricing";
    }

    @Override
    public void close() {}
  }

  private void offer(String name, int vcpus, long mib, int gpus, String architecture) {
    ec2.offered.add(
        InstanceTypeInfo.builder()
            .instanceType(name)
            .bareMetal(name.endsWith("metal"))
            .supportedUsageClassesWithStrings("on-demand", "spot")
            .vCpuInfo(it -> it.defaultVCpus(vcpus))
            .memoryInfo(it -> it.sizeInMiB(mib))
            .gpuInfo(
                gpus == 0
                    ? null
                    : GpuInfo.builder().gpus(GpuDeviceInfo.builder().count(gpus).build()).build())
            .processorInfo(it -> it.supportedArchitecturesWithStrings(architecture))
            .build());
  }

  @Test
  @DisplayName("Before any refresh the built-in table answers")
  void builtIn() {
    assertThat(types.find("m6i.large")).isPresent();
    assertThat(types.expand("optimal")).isNotEmpty();
  }

  @Test
  @DisplayName("A refresh brings the types of the Region, and only those, with their prices")
  void refreshed() {
    offer("m6i.large", 2, 8192, 0, "x86_64");
    offer("z99.2xlarge", 8, 32768, 1, "arm64");
    offer("m6i.metal", 128, 524288, 0, "x86_64");
    prices.list.add(PRICE.formatted("m6i.large", "0.107"));
    prices.list.add(PRICE.formatted("z99.2xlarge", "2.5"));
    assertThat(refresh.run()).isTrue();
    assertThat(types.expand("optimal")).extracting(InstanceType::name).containsExactly("m6i.large");
    assertThat(types.find("m6i.large").orElseThrow().hourlyPrice()).isEqualTo(0.107);
    InstanceType fresh = types.find("z99.2xlarge").orElseThrow();
    assertThat(fresh.usable()).isEqualTo(new Shape(8, 32768 * 96 / 100 - 232, 1));
    assertThat(fresh.arm64()).isTrue();
    assertThat(fresh.hourlyPrice()).isEqualTo(2.5);
    assertThat(types.find("c5.large")).isEmpty();
    assertThat(types.find("m6i.metal")).isEmpty();
  }

  @Test
  @DisplayName("Within a day nothing is asked and nothing is written")
  void onceADay() {
    offer("m6i.large", 2, 8192, 0, "x86_64");
    refresh.run();
    int calls = ec2.calls;
    now = now.plus(Duration.ofHours(23));
    assertThat(refresh.run()).isFalse();
    assertThat(ec2.calls).isEqualTo(calls);
    now = now.plus(Duration.ofHours(2));
    assertThat(refresh.run()).isTrue();
  }

  @Test
  @DisplayName("Without the price list the proportions of the built-in table stand")
  void noPrices() {
    offer("m6i.large", 2, 8192, 0, "x86_64");
    offer("z99.large", 2, 8192, 0, "x86_64");
    prices.silent = true;
    assertThat(refresh.run()).isTrue();
    assertThat(types.find("m6i.large").orElseThrow().hourlyPrice()).isBetween(0.09, 0.1);
    assertThat(types.find("z99.large").orElseThrow().hourlyPrice()).isBetween(0.05, 0.2);
  }

  @Test
  @DisplayName("A process that goes on sees a refresh within a quarter of an hour")
  void readAgain() {
    assertThat(types.find("z99.large")).isEmpty();
    offer("z99.large", 2, 8192, 0, "x86_64");
    refresh.run();
    assertThat(types.find("z99.large")).isEmpty();
    now = now.plus(Duration.ofMinutes(15));
    assertThat(types.find("z99.large")).isPresent();
  }

  @Test
  @DisplayName("A thousand types are less than 30 KB")
  void small() {
    List<InstanceType> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(
          new InstanceType(
              "family" + i / 10 + ".size" + i,
              new Shape(i, i * 3931, i % 9),
              i % 2 == 0,
              i * 0.0123));
    }
    String packed = TypeTable.pack(many);
    assertThat(packed).hasSizeLessThan(30_000);
    assertThat(TypeTable.unpack(packed)).isEqualTo(many);
  }
}

package dev.longshore.aws.prices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.core.capacity.InstanceCatalog;
import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ArchitectureType;
import software.amazon.awssdk.services.ec2.model.GpuDeviceInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.UsageClassType;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;

/**
 * Asks EC2 and the price list, once a day, which instance types the Region offers. One write of a
 * compressed item; nothing while the last one is young.
 */
public final class TypeRefresh {
  /** A Region that has the price list of all of them. */
  public static final String PRICES_REGION = "us-east-1";

  private static final Duration EVERY = Duration.ofDays(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** For a type that the price list does not know: USD an hour for a vCPU, a GiB and a GPU. */
  private static final double PER_VCPU = 0.035;

  private static final double PER_GIB = 0.004;
  private static final double PER_GPU = 1.0;
  private static final double MIB_PER_GIB = 1024;

  private final Ec2Client ec2;
  private final PricingClient pricing;
  private final TypeMemory memory;
  private final String region;
  private final InstantSource clock;
  private final InstanceCatalog catalogue = new InstanceCatalog();

  /**
   * Refreshes for one Region.
   *
   * @param ec2 of that Region
   * @param pricing of {@link #PRICES_REGION}
   */
  public TypeRefresh(
      Ec2Client ec2, PricingClient pricing, TypeMemory memory, String region, InstantSource clock) {
    this.ec2 = ec2;
    this.pricing = pricing;
    this.memory = memory;
    this.region = region;
    this.clock = clock;
  }

  /**
   * Refreshes when the last refresh is older than a day.
   *
   * @return true when it did
   * @throws software.amazon.awssdk.core.exception.SdkException when EC2 does not say which types
   *     there are; without prices it goes on
   */
  public boolean run() {
    long now = clock.millis();
    long before = memory.read().map(TypeMemory.Kept::at).orElse(0L);
    if (before != 0 && now - before < EVERY.toMillis()) {
      return false;
    }
    Map<String, Double> prices = prices();
    List<InstanceType> types = new ArrayList<>();
    for (InstanceTypeInfo info : ec2.describeInstanceTypesPaginator(_ -> {}).instanceTypes()) {
      if (isUsable(info)) {
        types.add(type(info, prices));
      }
    }
    return !types.isEmpty() && memory.keep(new TypeMemory.Kept(TypeTable.pack(types), now), before);
  }

  /** Metal sizes belong to no family ({@code batch-semantics} 17.2). */
  private static boolean isUsable(InstanceTypeInfo info) {
    return !Boolean.TRUE.equals(info.bareMetal())
        && info.supportedUsageClasses().contains(UsageClassType.ON_DEMAND)
        && !isMac(info);
  }

  private static boolean isMac(InstanceTypeInfo info) {
    return info.processorInfo().supportedArchitectures().stream()
        .anyMatch(it -> it == ArchitectureType.X86_64_MAC || it == ArchitectureType.ARM64_MAC);
  }

  private InstanceType type(InstanceTypeInfo info, Map<String, Double> prices) {
    String name = info.instanceTypeAsString();
    int vcpus = info.vCpuInfo().defaultVCpus();
    int nominalMib = Math.toIntExact(info.memoryInfo().sizeInMiB());
    int gpus = 0;
    if (info.gpuInfo() != null) {
      gpus = info.gpuInfo().gpus().stream().mapToInt(GpuDeviceInfo::count).sum();
    }
    Optional<InstanceType> known = catalogue.find(name);
    // What was measured of a known type is better than the estimate.
    int usable =
        known
            .map(it -> it.usable().memoryMib())
            .orElseGet(() -> InstanceCatalog.usableMib(nominalMib));
    double estimate = vcpus * PER_VCPU + nominalMib / MIB_PER_GIB * PER_GIB + gpus * PER_GPU;
    double price = prices.getOrDefault(name, known.map(InstanceType::hourlyPrice).orElse(estimate));
    boolean arm = info.processorInfo().supportedArchitectures().contains(ArchitectureType.ARM64);
    return new InstanceType(name, new Shape(vcpus, usable, gpus), arm, price);
  }

  /** USD an hour, On-Demand, Linux; nothing when the price list cannot be had. */
  private Map<String, Double> prices() {
    Map<String, Double> prices = new HashMap<>();
    try {
      for (String product :
          pricing
              .getProductsPaginator(get ->
                  get.serviceCode("AmazonEC2")
                      .filters(
                          filter("regionCode", region),
                          filter("operatingSystem", "Linux"),
                          filter("tenancy", "Shared"),
                          filter("preInstalledSw", "NA"),
                          filter("capacitystatus", "Used")))
              .priceList()) {
        read(product, prices);
      }
    } catch (SdkException noPrices) {
      // Only their proportions matter, and the catalogue has those of most types.
      return prices;
    }
    return prices;
  }

  private static Filter filter(String field, String value) {
    return Filter.builder().type(FilterType.TERM_MATCH).field(field).value(value).build();
  }

  private static void read(String product, Map<String, Double> prices) {
    JsonNode tree;
    try {
      tree = JSON.readTree(product);
    } catch (JsonProcessingException notAProduct) {
      return;
    }
    String name = tree.path("product").path("attributes").path("instanceType").asText();
    for (JsonNode term : tree.path("terms").path("OnDemand")) {
      for (JsonNode dimension : term.path("priceDimensions")) {
        double price = dimension.path("pricePerUnit").path("USD").asDouble();
        if (price > 0 && !name.isEmpty()) {
          prices.merge(name, price, Math::min);
        }
      }
    }
  }
}

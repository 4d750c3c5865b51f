package dev.longshore.core.capacity;

import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts of the EC2 instance types that batch work uses, without metal sizes and without those that
 * can not be had On-Demand. Prices are USD per hour, On-Demand, Linux, us-east-1, July 2026 (hpc
 * families: us-east-2); only their proportions matter.
 */
final class InstanceFacts {
  /**
   * Families whose sizes differ in nothing but size: name, architecture, GiB per vCPU, price per
   * vCPU, then the sizes: m(edium) has 1 vCPU, l(arge) 2, x(large) 4, a number n stands for
   * n-xlarge with 4n. A last word {@code ~n} says how many percent of the memory the system keeps,
   * where it is more than usual.
   */
  private static final String FAMILIES =
      """
      a1 arm 2 0.0255 m l x 2 4 ~5
      c4 x86 1.875 0.04975 l x 2 4
      c5 x86 2 0.0425 l x 2 4 9 12 18 24 ~5
      c5a x86 2 0.0385 l x 2 4 8 12 16 24
      c5ad x86 2 0.043 l x 2 4 8 12 16 24
      c5d x86 2 0.048 l x 2 4 9 12 18 24 ~5
      c5n x86 2.625 0.054 l x 2 4
      c6a x86 2 0.03825 l x 2 4 8 12 16 24 32 48
      c6g arm 2 0.034 m l x 2 4 8 12 16
      c6gd arm 2 0.0384 m l x 2 4 8 12 16
      c6gn arm 2 0.0432 m l x 2 4 8 12 16
      c6i x86 2 0.0425 l x 2 4 8 12 16 24 32
      c6id x86 2 0.0504 l x 2 4 8 12 16 24 32
      c6in x86 2 0.0567 l x 2 4 8 12 16 24 32
      c7a x86 2 0.05132 m l x 2 4 8 12 16 24 32 48
      c7g arm 2 0.03625 m l x 2 4 8 12 16
      c7gd arm 2 0.04536 m l x 2 4 8 12 16
      c7gn arm 2 0.0624 m l x 2 4 8 12 16
      c7i x86 2 0.04462 l x 2 4 8 12 16 24 48
      c7i-flex x86 2 0.04239 l x 2 4 8 12 16
      c8a x86 2 0.05389 m l x 2 4 8 12 16 24 48
      c8g arm 2 0.03988 m l x 2 4 8 12 16 24 48
      c8gb arm 2 0.05925 m l x 2 4 8 12 16 24 48
      c8gd arm 2 0.04899 m l x 2 4 8 12 16 24 48
      c8gn arm 2 0.05925 m l x 2 4 8 12 16 24 48
      c8i x86 2 0.04686 l x 2 4 8 12 16 24 32 48 96
      c8i-flex x86 2 0.04451 l x 2 4 8 12 16
      c8ib x86 2 0.06804 l x 2 4 8 12 16 24 32 48 96
      c8id x86 2 0.05544 l x 2 4 8 12 16 24 32 48 96
      c8in x86 2 0.06804 l x 2 4 8 12 16 24 32 48 96
      c8ine x86 2 0.08505 l x 2 4 8 12
      c9g arm 2 0.04347 m l x 2 4 8 12 16 24 48
      c9gd arm 2 0.0534 m l x 2 4 8 12 16 24 48
      d2 x86 7.625 0.1725 x 2 4
      d3 x86 8 0.12487 x 2 4 8
      d3en x86 4 0.13143 x 2 4 6 8 12
      f2 x86 10.66667 0.0825 6 12 48
      h1 x86 4 0.0585 2 4 8 16
      i3 x86 7.625 0.078 l x 2 4 8 16
      i3en x86 8 0.113 l x 2 3 6 12 24
      i4g arm 8 0.07722 l x 2 4 8 16
      i4i x86 8 0.0858 l x 2 4 8 12 16 24 32
      i7i x86 8 0.09438 l x 2 4 8 12 16 24 48
      i7ie x86 8 0.12995 l x 2 3 6 12 18 24 48
      i8g arm 8 0.0858 l x 2 4 8 12 16 24 48
      i8ge arm 8 0.11865 l x 2 3 6 12 18 24 48
      im4gn arm 4 0.09095 l x 2 4 8 16
      inf1 x86 2 0.04918 6 24
      inf2 x86 4 0.06761 24 48
      is4gen arm 6 0.14408 m l x 2 4 8
      m4 x86 4 0.05 l x 2 4 10 16
      m5 x86 4 0.048 l x 2 4 8 12 16 24
      m5a x86 4 0.043 l x 2 4 8 12 16 24
      m5ad x86 4 0.0515 l x 2 4 8 12 16 24
      m5d x86 4 0.0565 l x 2 4 8 12 16 24
      m5dn x86 4 0.068 l x 2 4 8 12 16 24
      m5n x86 4 0.0595 l x 2 4 8 12 16 24
      m5zn x86 4 0.08259 l x 2 3 6 12
      m6a x86 4 0.0432 l x 2 4 8 12 16 24 32 48
      m6g arm 4 0.0385 m l x 2 4 8 12 16
      m6gd arm 4 0.0452 m l x 2 4 8 12 16
      m6i x86 4 0.048 l x 2 4 8 12 16 24 32
      m6id x86 4 0.05933 l x 2 4 8 12 16 24 32
      m6idn x86 4 0.07956 l x 2 4 8 12 16 24 32
      m6in x86 4 0.06961 l x 2 4 8 12 16 24 32
      m7a x86 4 0.05796 m l x 2 4 8 12 16 24 32 48
      m7g arm 4 0.0408 m l x 2 4 8 12 16
      m7gd arm 4 0.05339 m l x 2 4 8 12 16
      m7i x86 4 0.0504 l x 2 4 8 12 16 24 48
      m7i-flex x86 4 0.04788 l x 2 4 8 12 16
      m8a x86 4 0.06086 m l x 2 4 8 12 16 24 48
      m8azn x86 4 0.10323 m l x 3 6 12 24
      m8g arm 4 0.04488 m l x 2 4 8 12 16 24 48
      m8gb arm 4 0.07275 m l x 2 4 8 12 16 24 48
      m8gd arm 4 0.05766 m l x 2 4 8 12 16 24 48
      m8gn arm 4 0.07275 m l x 2 4 8 12 16 24 48
      m8i x86 4 0.05292 l x 2 4 8 12 16 24 32 48 96
      m8i-flex x86 4 0.05028 l x 2 4 8 12 16
      m8ib x86 4 0.08354 l x 2 4 8 12 16 24 32 48 96
      m8id x86 4 0.06526 l x 2 4 8 12 16 24 32 48 96
      m8idb x86 4 0.09547 l x 2 4 8 12 16 24 32 48 96
      m8idn x86 4 0.09547 l x 2 4 8 12 16 24 32 48 96
      m8in x86 4 0.08354 l x 2 4 8 12 16 24 32 48 96
      m8ine x86 4 0.10443 l x 2 4 8 12
      m9g arm 4 0.04892 m l x 2 4 8 12 16 24 48
      m9gd arm 4 0.06285 m l x 2 4 8 12 16 24 48
      r4 x86 7.625 0.0665 l x 2 4 8 16
      r5 x86 8 0.063 l x 2 4 8 12 16 24
      r5a x86 8 0.0565 l x 2 4 8 12 16 24
      r5ad x86 8 0.0655 l x 2 4 8 12 16 24
      r5b x86 8 0.0745 l x 2 4 8 12 16 24
      r5d x86 8 0.072 l x 2 4 8 12 16 24
      r5dn x86 8 0.0835 l x 2 4 8 12 16 24
      r5n x86 8 0.0745 l x 2 4 8 12 16 24
      r6a x86 8 0.0567 l x 2 4 8 12 16 24 32 48
      r6g arm 8 0.0504 m l x 2 4 8 12 16
      r6gd arm 8 0.0576 m l x 2 4 8 12 16
      r6i x86 8 0.063 l x 2 4 8 12 16 24 32
      r6id x86 8 0.0756 l x 2 4 8 12 16 24 32
      r6idn x86 8 0.0977 l x 2 4 8 12 16 24 32
      r6in x86 8 0.08717 l x 2 4 8 12 16 24 32
      r7a x86 8 0.07608 m l x 2 4 8 12 16 24 32 48
      r7g arm 8 0.05355 m l x 2 4 8 12 16
      r7gd arm 8 0.06804 m l x 2 4 8 12 16
      r7i x86 8 0.06615 l x 2 4 8 12 16 24 48
      r7iz x86 8 0.093 l x 2 4 8 12 16 32
      r8a x86 8 0.07988 m l x 2 4 8 12 16 24 48
      r8g arm 8 0.05891 m l x 2 4 8 12 16 24 48
      r8gb arm 8 0.09109 m l x 2 4 8 12 16 24 48
      r8gd arm 8 0.07348 m l x 2 4 8 12 16 24 48
      r8gn arm 8 0.09109 m l x 2 4 8 12 16 24 48
      r8i x86 8 0.06946 l x 2 4 8 12 16 24 32 48 96
      r8i-flex x86 8 0.06599 l x 2 4 8 12 16
      r8ib x86 8 0.1046 l x 2 4 8 12 16 24 32 48 96
      r8id x86 8 0.08316 l x 2 4 8 12 16 24 32 48 96
      r8idb x86 8 0.11724 l x 2 4 8 12 16 24 32 48 96
      r8idn x86 8 0.11724 l x 2 4 8 12 16 24 32 48 96
      r8in x86 8 0.1046 l x 2 4 8 12 16 24 32 48 96
      t2 x86 4 0.0464 l x 2
      t3 x86 4 0.0416 l x 2
      t3a x86 4 0.0376 l x 2
      t4g arm 4 0.0336 l x 2
      trn1 x86 4 0.16797 2 32
      x1 x86 15.25 0.1042 16 32
      x1e x86 30.5 0.2085 x 2 4 8 16 32
      x2gd arm 16 0.0835 m l x 2 4 8 12 16
      x2idn x86 16 0.1042 16 24 32
      x2iedn x86 32 0.20841 x 2 4 8 16 24 32
      x2iezn x86 32 0.2085 2 4 6 8 12
      x8g arm 16 0.0977 m l x 2 4 8 12 16 24 48
      x8i x86 16 0.10941 l x 2 4 8 12 16 24 32 48 64
      z1d x86 8 0.093 l x 2 3 6 12
      """;

  /**
   * Types that do not follow their family: name, architecture, vCPUs, nominal MiB, GPUs, price per
   * hour, and {@code ~n} as above.
   */
  private static final String SINGLE_TYPES =
      """
      c4.8xlarge x86 36 61440 0 1.591
      c5n.9xlarge x86 36 98304 0 1.944
      c5n.18xlarge x86 72 196608 0 3.888
      d2.8xlarge x86 36 249856 0 5.52
      g4ad.xlarge x86 4 16384 1 0.37853 ~6
      g4ad.2xlarge x86 8 32768 1 0.54117 ~6
      g4ad.4xlarge x86 16 65536 1 0.867 ~6
      g4ad.8xlarge x86 32 131072 2 1.734 ~6
      g4ad.16xlarge x86 64 262144 4 3.468 ~6
      g4dn.xlarge x86 4 16384 1 0.526
      g4dn.2xlarge x86 8 32768 1 0.752
      g4dn.4xlarge x86 16 65536 1 1.204
      g4dn.8xlarge x86 32 131072 1 2.176
      g4dn.12xlarge x86 48 196608 4 3.912
      g4dn.16xlarge x86 64 262144 1 4.352
      g5.xlarge x86 4 16384 1 1.006
      g5.2xlarge x86 8 32768 1 1.212
      g5.4xlarge x86 16 65536 1 1.624
      g5.8xlarge x86 32 131072 1 2.448
      g5.12xlarge x86 48 196608 4 5.672
      g5.16xlarge x86 64 262144 1 4.096
      g5.24xlarge x86 96 393216 4 8.144
      g5.48xlarge x86 192 786432 8 16.288
      g5g.xlarge arm 4 8192 1 0.42
      g5g.2xlarge arm 8 16384 1 0.556
      g5g.4xlarge arm 16 32768 1 0.828
      g5g.8xlarge arm 32 65536 1 1.372
      g5g.16xlarge arm 64 131072 2 2.744
      g6.xlarge x86 4 16384 1 0.8048 ~6
      g6.2xlarge x86 8 32768 1 0.9776 ~6
      g6.4xlarge x86 16 65536 1 1.3232 ~6
      g6.8xlarge x86 32 131072 1 2.0144 ~6
      g6.12xlarge x86 48 196608 4 4.6016 ~6
      g6.16xlarge x86 64 262144 1 3.3968 ~6
      g6.24xlarge x86 96 393216 4 6.6752 ~6
      g6.48xlarge x86 192 786432 8 13.3504 ~6
      g6e.xlarge x86 4 32768 1 1.861
      g6e.2xlarge x86 8 65536 1 2.24208
      g6e.4xlarge x86 16 131072 1 3.00424
      g6e.8xlarge x86 32 262144 1 4.52856
      g6e.12xlarge x86 48 393216 4 10.49264
      g6e.16xlarge x86 64 524288 1 7.57719
      g6e.24xlarge x86 96 786432 4 15.06559
      g6e.48xlarge x86 192 1572864 8 30.13118
      g7.2xlarge x86 8 32768 1 2.52 ~6
      g7.4xlarge x86 16 65536 1 3.04208 ~6
      g7.8xlarge x86 32 131072 1 4.08624 ~6
      g7.12xlarge x86 48 196608 2 7.12832 ~6
      g7.24xlarge x86 96 393216 4 14.25664 ~6
      g7.48xlarge x86 192 786432 8 28.51328 ~6
      g7e.2xlarge x86 8 65536 1 3.36312
      g7e.4xlarge x86 16 131072 1 3.99816
      g7e.8xlarge x86 32 262144 1 5.26824
      g7e.12xlarge x86 48 524288 2 8.28608
      g7e.24xlarge x86 96 1048576 4 16.57216
      g7e.48xlarge x86 192 2097152 8 33.14432
      gr6.4xlarge x86 16 131072 1 1.5392 ~6
      gr6.8xlarge x86 32 262144 1 2.4464 ~6
      hpc6a.48xlarge x86 96 393216 0 2.88
      hpc6id.32xlarge x86 64 1048576 0 5.7
      hpc7a.12xlarge x86 24 786432 0 7.2
      hpc7a.24xlarge x86 48 786432 0 7.2
      hpc7a.48xlarge x86 96 786432 0 7.2
      hpc7a.96xlarge x86 192 786432 0 7.2
      hpc7g.4xlarge arm 16 131072 0 1.6832
      hpc7g.8xlarge arm 32 131072 0 1.6832
      hpc7g.16xlarge arm 64 131072 0 1.6832
      inf1.xlarge x86 4 8192 0 0.228
      inf1.2xlarge x86 8 16384 0 0.362
      inf2.xlarge x86 4 16384 0 0.7582
      inf2.8xlarge x86 32 131072 0 1.96786
      p3.2xlarge x86 8 62464 1 3.06
      p3.8xlarge x86 32 249856 4 12.24
      p3.16xlarge x86 64 499712 8 24.48
      p3dn.24xlarge x86 96 786432 8 31.212
      p4d.24xlarge x86 96 1179648 8 21.95764
      p4de.24xlarge x86 96 1179648 8 27.44705
      p5.4xlarge x86 16 262144 1 6.88
      p5.48xlarge x86 192 2097152 8 55.04
      p5en.48xlarge x86 192 2097152 8 63.296
      t2.nano x86 1 512 0 0.0058
      t2.micro x86 1 1024 0 0.0116
      t2.small x86 1 2048 0 0.023
      t2.medium x86 2 4096 0 0.0464
      t3.nano x86 2 512 0 0.0052
      t3.micro x86 2 1024 0 0.0104
      t3.small x86 2 2048 0 0.0208
      t3.medium x86 2 4096 0 0.0416
      t3a.nano x86 2 512 0 0.0047
      t3a.micro x86 2 1024 0 0.0094
      t3a.small x86 2 2048 0 0.0188
      t3a.medium x86 2 4096 0 0.0376
      t4g.nano arm 2 512 0 0.0042
      t4g.micro arm 2 1024 0 0.0084
      t4g.small arm 2 2048 0 0.0168
      t4g.medium arm 2 4096 0 0.0336
      trn1n.32xlarge x86 128 524288 0 24.78
      x8i.96xlarge x86 384 6291456 0 48.74438
      """;

  /**
   * What the system keeps of the memory of any host: so many MiB, and so many percent where the
   * table says nothing else. No type of these was measured to keep more.
   */
  private static final int SYSTEM_MIB = 200;

  static final int SYSTEM_PERCENT = 4;

  /** Kept by the container agent ({@code batch-semantics} 12.4). */
  private static final int AGENT_MIB = 32;

  private InstanceFacts() {}

  /** All types by name, in the order of the tables. */
  static Map<String, InstanceType> read() {
    Map<String, InstanceType> types = new LinkedHashMap<>();
    FAMILIES.lines().forEach(line -> readFamily(words(line), types));
    SINGLE_TYPES.lines().forEach(line -> readSingle(words(line), types));
    return types;
  }

  private static void readFamily(List<String> words, Map<String, InstanceType> types) {
    double gibPerVcpu = Double.parseDouble(words.get(2));
    double price = Double.parseDouble(words.get(3));
    for (String size : words.subList(4, words.size())) {
      if (!size.startsWith("~")) {
        int vcpus = vcpusOf(size);
        int nominalMib = (int) Math.round(vcpus * gibPerVcpu * 1024);
        put(types, words, sizeName(size), new Shape(vcpus, nominalMib, 0), vcpus * price);
      }
    }
  }

  private static void readSingle(List<String> words, Map<String, InstanceType> types) {
    int vcpus = Integer.parseInt(words.get(2));
    int nominalMib = Integer.parseInt(words.get(3));
    Shape nominal = new Shape(vcpus, nominalMib, Integer.parseInt(words.get(4)));
    put(types, words, "", nominal, Double.parseDouble(words.get(5)));
  }

  private static void put(
      Map<String, InstanceType> types,
      List<String> words,
      String size,
      Shape nominal,
      double price) {
    String name = words.getFirst() + size;
    String last = words.getLast();
    int percent = last.startsWith("~") ? Integer.parseInt(last.substring(1)) : SYSTEM_PERCENT;
    Shape usable =
        new Shape(nominal.vcpus(), usableMib(nominal.memoryMib(), percent), nominal.gpus());
    types.put(name, new InstanceType(name, usable, words.get(1).equals("arm"), price));
  }

  static int usableMib(int nominalMib, int percent) {
    return (int) (nominalMib * (100L - percent) / 100) - SYSTEM_MIB - AGENT_MIB;
  }

  private static int vcpusOf(String size) {
    return switch (size) {
      case "m" -> 1;
      case "l" -> 2;
      case "x" -> 4;
      default -> 4 * Integer.parseInt(size);
    };
  }

  private static String sizeName(String size) {
    return switch (size) {
      case "m" -> ".medium";
      case "l" -> ".large";
      case "x" -> ".xlarge";
      default -> "." + size + "xlarge";
    };
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }
}

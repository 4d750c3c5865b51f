package dev.longshore.core.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InstanceCatalogTest {
  private final InstanceCatalog catalog = new InstanceCatalog();

  private InstanceType type(String name) {
    return catalog.find(name).orElseThrow();
  }

  private List<String> names(String entry) {
    return catalog.expand(entry).stream().map(InstanceType::name).toList();
  }

  @Test
  @DisplayName("A size stands for itself, a family for all its sizes but metal, others for nothing")
  void expansion() {
    assertThat(names("m6i.large")).containsExactly("m6i.large");
    assertThat(names("m4"))
        .containsExactly(
            "m4.large", "m4.xlarge", "m4.2xlarge", "m4.4xlarge", "m4.10xlarge", "m4.16xlarge");
    assertThat(names("c5n"))
        .contains("c5n.large", "c5n.9xlarge", "c5n.18xlarge")
        .doesNotContain("c5n.metal");
    assertThat(names("m99")).isEmpty();
    assertThat(names("m6i.nano")).isEmpty();
  }

  @Test
  @DisplayName("optimal and the defaults stand for the families that AWS documents")
  void groups() {
    assertThat(names("optimal")).isEqualTo(names("default_x86_64"));
    assertThat(names("optimal").stream().map(name -> name.split("\\.", 2)[0]).distinct())
        .containsExactly("m6i", "c6i", "r6i", "c7i");
    assertThat(names("default_arm64").stream().map(name -> name.split("\\.", 2)[0]).distinct())
        .containsExactly("m6g", "c6g", "r6g", "c7g");
    assertThat(catalog.expand("default_arm64")).allMatch(InstanceType::arm64);
    assertThat(catalog.expand("optimal")).noneMatch(InstanceType::arm64);
  }

  @Test
  @DisplayName("Types of many generations are known with their vCPUs, GPUs and prices")
  void facts() {
    assertThat(type("m5.large").usable().vcpus()).isEqualTo(2);
    assertThat(type("m5.large").hourlyPrice()).isEqualTo(0.096);
    assertThat(type("c7g.medium").usable().vcpus()).isEqualTo(1);
    assertThat(type("r5.24xlarge").usable().vcpus()).isEqualTo(96);
    assertThat(type("t3.nano").usable().vcpus()).isEqualTo(2);
    assertThat(type("p3.8xlarge").usable().gpus()).isEqualTo(4);
    assertThat(type("g4dn.xlarge").usable().gpus()).isEqualTo(1);
    assertThat(type("p5.48xlarge").usable().gpus()).isEqualTo(8);
  }

  @Test
  @DisplayName("A job that asks for all the nominal memory never fits; one that asks for 90 % does")
  void usableMemoryIsLessThanNominal() {
    assertThat(type("m4.large").usable().memoryMib()).isBetween(7_372, 7_953);
    assertThat(type("r5.4xlarge").usable().memoryMib()).isBetween(117_964, 131_071);
  }

  @Test
  @DisplayName("A caller adds types of its own, or replaces one")
  void othersCanBeAdded() {
    InstanceType local = new InstanceType("local.1x", new Shape(4, 8_000, 0), false, 1);
    InstanceType measured = new InstanceType("m5.large", new Shape(2, 7_600, 0), false, 0.1);
    InstanceCatalog more = new InstanceCatalog(List.of(local, measured));
    assertThat(more.find("local.1x")).contains(local);
    assertThat(more.expand("local")).containsExactly(local);
    assertThat(more.find("m5.large")).contains(measured);
    assertThat(more.expand("m5")).contains(measured).hasSameSizeAs(catalog.expand("m5"));
    assertThat(catalog.find("local.1x")).isEmpty();
  }

  @Test
  @DisplayName("The table agrees with the published catalogue, where that is at hand")
  void agreesWithTheCatalogue() throws IOException {
    int compared = 0;
    for (Map<String, String> row : rows("ec2_us_east_1_catalog.csv")) {
      Optional<InstanceType> known = catalog.find(row.getOrDefault("instance_type", ""));
      if (known.isPresent()) {
        compared++;
        InstanceType type = known.get();
        assertThat(type.usable().vcpus()).as(type.name()).isEqualTo(number(row, "vcpus"));
        assertThat(type.usable().gpus()).as(type.name()).isEqualTo(number(row, "gpu_count"));
        assertThat(type.arm64()).as(type.name()).isEqualTo(row.containsValue("arm64"));
        assertThat(type.usable().memoryMib())
            .as(type.name())
            .isLessThan(number(row, "memory_mib"))
            .isGreaterThan((int) (number(row, "memory_mib") * 0.91) - 250);
        String price = row.getOrDefault("on_demand_usd_per_hour_us_east_1", "");
        if (!price.isEmpty()) {
          double usd = Double.parseDouble(price);
          assertThat(type.hourlyPrice() / usd).as(type.name()).isBetween(0.985, 1.015);
        }
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  @Test
  @DisplayName("No type is expected to offer more memory than the system of one was seen to leave")
  void neverTooMuchMemory() throws IOException {
    int compared = 0;
    for (Map<String, String> row : rows("ec2_measured_memory_coremark.csv")) {
      Optional<InstanceType> known = catalog.find(row.getOrDefault("instance_type", ""));
      String seen = row.getOrDefault("os_visible_memory_mib", "");
      if (known.isPresent() && !seen.isEmpty()) {
        compared++;
        int registered = (int) Double.parseDouble(seen) - 32;
        assertThat(known.get().usable().memoryMib())
            .as(known.get().name())
            .isLessThanOrEqualTo(registered);
      }
    }
    assertThat(compared).isGreaterThan(700);
  }

  private static int number(Map<String, String> row, String column) {
    String text = row.getOrDefault(column, "");
    return text.isEmpty() ? 0 : (int) Double.parseDouble(text);
  }

  /** Rows of a file of {@code shared/data} beside the checkout; the test is skipped without it. */
  private static List<Map<String, String>> rows(String name) throws IOException {
    Path file = dataDirectory().resolve(name);
    assumeTrue(Files.exists(file), () -> file + " is not there");
    List<String> lines = Files.readAllLines(file);
    String[] columns = lines.getFirst().split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      IntStream.range(0, columns.length).forEach(i -> row.put(columns[i], values[i]));
      rows.add(row);
    }
    return rows;
  }

  private static Path dataDirectory() {
    String given = System.getProperty("longshore.data");
    if (given != null) {
      return Path.of(given);
    }
    // A checkout stands beside shared/, or one level deeper when it is one of several work trees.
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path candidate = dir.resolve("shared/data");
      if (Files.exists(candidate.resolve("SOURCES.md"))) {
        return candidate;
      }
    }
    return Path.of("shared/data");
  }
}

package dev.longshore.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What the figures were measured on. */
final class Machine {
  private static final double GIB = 1 << 30;

  private Machine() {}

  /** One line: cores, memory, JDK, system, and how busy it was before. */
  static String line() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return String.format(
        Locale.ROOT,
        "%d cores, %.0f GiB memory, JDK %s (%s), %s %s, load average %.1f",
        system.getAvailableProcessors(),
        system.getTotalMemorySize() / GIB,
        Runtime.version(),
        System.getProperty("java.vendor"),
        system.getName(),
        System.getProperty("os.arch"),
        system.getSystemLoadAverage());
  }
}

package dev.longshore.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Time since it was made. */
final class Stopwatch {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long start = System.nanoTime();
  private final long cpuAtStart = PROCESS.getProcessCpuTime();

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  double millis() {
    return (System.nanoTime() - start) / 1e6;
  }

  /** CPU time of this virtual machine meanwhile, without the processes that it started. */
  double cpuMillis() {
    return (PROCESS.getProcessCpuTime() - cpuAtStart) / 1e6;
  }

  /** CPU time of the calling thread since it began. */
  static double threadCpuMillis() {
    return THREADS.getCurrentThreadCpuTime() / 1e6;
  }
}

package dev.longshore.core.model;

/**
 * What a job asks for, or what a host has.
 *
 * @param vcpus whole vCPUs
 * @param memoryMib MiB
 * @param gpus whole GPUs
 */
public record Shape(int vcpus, int memoryMib, int gpus) implements Comparable<Shape> {
  /** Nothing at all. */
  public static final Shape NONE = new Shape(0, 0, 0);

  /** True when this much fits into {@code room}, in every dimension. */
  public boolean fitsInto(Shape room) {
    return vcpus <= room.vcpus && memoryMib <= room.memoryMib && gpus <= room.gpus;
  }

  /** Both together. */
  public Shape plus(Shape other) {
    return new Shape(vcpus + other.vcpus, memoryMib + other.memoryMib, gpus + other.gpus);
  }

  /** What is left; may be negative when more is taken than there is. */
  public Shape minus(Shape other) {
    return new Shape(vcpus - other.vcpus, memoryMib - other.memoryMib, gpus - other.gpus);
  }

  /** So many of this together. */
  public Shape times(int count) {
    return new Shape(vcpus * count, memoryMib * count, gpus * count);
  }

  /** How many of this fit into {@code room} together, at most {@code limit}. */
  public int timesIn(Shape room, int limit) {
    int times = limit;
    if (vcpus > 0) {
      times = Math.min(times, room.vcpus / vcpus);
    }
    if (memoryMib > 0) {
      times = Math.min(times, room.memoryMib / memoryMib);
    }
    if (gpus > 0) {
      times = Math.min(times, room.gpus / gpus);
    }
    return Math.max(0, times);
  }

  @Override
  public int compareTo(Shape other) {
    int byGpus = Integer.compare(gpus, other.gpus);
    if (byGpus != 0) {
      return byGpus;
    }
    int byVcpus = Integer.compare(vcpus, other.vcpus);
    return byVcpus != 0 ? byVcpus : Integer.compare(memoryMib, other.memoryMib);
  }
}

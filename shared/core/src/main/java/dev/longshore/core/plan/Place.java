package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Shape;

/** A host during one round: its free room shrinks as jobs are placed on it. */
final class Place {
  /** What a vCPU weighs beside memory where both must be one number: 4 GiB, as on most hosts. */
  private static final long MIB_PER_VCPU = 4096;

  private final Host host;
  private Shape free;
  private boolean busy;
  private boolean reserved;

  Place(Host host) {
    this.host = host;
    this.free = host.free();
    this.busy = !host.reservations().isEmpty();
  }

  HostId id() {
    return host.id();
  }

  Host host() {
    return host;
  }

  /** True when nothing is on it and nobody keeps it: a node of a multi-node job may have it. */
  boolean empty() {
    return !busy && !reserved;
  }

  /** Gives all of it to one node. */
  void takeAlone() {
    free = Shape.NONE;
    busy = true;
  }

  /** What must still be given back before it is empty, as one number. */
  long taken() {
    return weight(host.capacity().minus(free));
  }

  boolean busy() {
    return busy;
  }

  boolean reserved() {
    return reserved;
  }

  /** Keeps it for a job that does not fit yet: nothing else is placed on it in this round. */
  void reserve() {
    reserved = true;
  }

  void take(Shape shape, int count) {
    free = free.minus(shape.times(count));
    busy = true;
  }

  /** How many of {@code shape}, at most {@code count}, fit into what is free. */
  int room(Shape shape, int count) {
    return reserved ? 0 : shape.timesIn(free, count);
  }

  /** True when it fits once everything else on the host is over. */
  boolean couldTake(Shape shape) {
    return shape.fitsInto(host.capacity());
  }

  /** Whole GPUs free. */
  int freeGpus() {
    return free.gpus();
  }

  /** What is free, as one number. */
  long freeWeight() {
    return weight(free);
  }

  /** What must still be given back before {@code shape} fits, as one number. */
  long missing(Shape shape) {
    return weight(
        new Shape(
            Math.max(0, shape.vcpus() - free.vcpus()),
            Math.max(0, shape.memoryMib() - free.memoryMib()),
            Math.max(0, shape.gpus() - free.gpus())));
  }

  /** Minute of the newest placement, 0 for an empty host. */
  int newestPlacement() {
    return host.reservations().stream().mapToInt(taken -> taken.placedAtMinute()).max().orElse(0);
  }

  private static long weight(Shape shape) {
    return shape.gpus() * 16L * MIB_PER_VCPU + shape.vcpus() * MIB_PER_VCPU + shape.memoryMib();
  }
}

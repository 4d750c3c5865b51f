package dev.longshore.core.plan;

import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fits the nodes of a multi-node job onto empty hosts of one environment, one node a host ({@code
 * batch-semantics} 8).
 */
public final class Gangs {
  /** Small hosts first: a large one is left for a node that needs it. */
  private static final Comparator<Host> SMALLEST_FIRST =
      Comparator.comparing(Host::capacity).thenComparing(Host::id);

  private Gangs() {}

  /**
   * How far the nodes fit.
   *
   * @param hosts by index of the node, those that found one
   * @param missing what the others ask for, the most first
   */
  public record Fit(Map<Integer, HostId> hosts, List<Shape> missing) {
    public Fit {
      hosts = Collections.unmodifiableMap(new TreeMap<>(hosts));
      missing = List.copyOf(missing);
    }

    /** True when every node found a host. */
    public boolean isComplete() {
      return missing.isEmpty();
    }
  }

  /** Gives each node one of these hosts, which are empty and take jobs, as far as they reach. */
  public static Fit fit(NodeGroups nodes, Collection<Host> empty) {
    List<Host> left = new ArrayList<>(empty);
    left.removeIf(host -> !takes(nodes, host.instanceType()));
    left.sort(SMALLEST_FIRST);
    Map<Integer, HostId> chosen = new TreeMap<>();
    List<Shape> missing = new ArrayList<>();
    for (int node : mostFirst(nodes)) {
      Shape shape = nodes.shapeOf(node);
      int at = firstFor(shape, left);
      if (at < 0) {
        missing.add(shape);
      } else {
        chosen.put(node, left.remove(at).id());
      }
    }
    return new Fit(chosen, missing);
  }

  /** True when the job may use hosts of this type. */
  public static boolean takes(NodeGroups nodes, String instanceType) {
    String wanted = nodes.instanceType();
    return wanted == null || wanted.equals(instanceType);
  }

  private static List<Integer> mostFirst(NodeGroups nodes) {
    List<Integer> order = new ArrayList<>();
    for (int node = 0; node < nodes.count(); node++) {
      order.add(node);
    }
    order.sort(Comparator.comparing(nodes::shapeOf).reversed().thenComparing(node -> node));
    return order;
  }

  private static int firstFor(Shape shape, List<Host> hosts) {
    for (int i = 0; i < hosts.size(); i++) {
      if (shape.fitsInto(hosts.get(i).capacity())) {
        return i;
      }
    }
    return -1;
  }
}

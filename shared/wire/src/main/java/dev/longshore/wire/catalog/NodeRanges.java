package dev.longshore.wire.catalog;

import dev.longshore.core.validation.ClientFault;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code targetNodes} of multi-node definitions and overrides: {@code a:b}, {@code :b}, {@code a:},
 * {@code :} or a single node ({@code batch-semantics} 8).
 */
public final class NodeRanges {
  private static final Pattern TEXT = Pattern.compile("([0-9]{0,4}):([0-9]{0,4})|([0-9]{1,4})");

  private NodeRanges() {}

  /**
   * Nodes from the first to the last, both included.
   *
   * @param open true when it ends wherever the nodes end
   */
  public record Range(int first, int last, boolean open) {

    /** True when this node is one of them. */
    public boolean contains(int node) {
      return node >= first && node <= last;
    }

    /** How many nodes. */
    public int size() {
      return last - first + 1;
    }
  }

  /**
   * Reads a range of a job with so many nodes.
   *
   * @throws ClientFault when it is none, or names nodes that do not exist
   */
  public static Range parse(@Nullable String text, int nodes) {
    Matcher parts = TEXT.matcher(text == null ? "" : text);
    if (!parts.matches()) {
      throw new ClientFault(
          "targetNodes %s is not valid: it must be a range of nodes such as 0:3.".formatted(text));
    }
    String single = parts.group(3);
    String from = single == null ? parts.group(1) : single;
    String to = single == null ? parts.group(2) : single;
    int first = from.isEmpty() ? 0 : Integer.parseInt(from);
    int last = to.isEmpty() ? nodes - 1 : Integer.parseInt(to);
    if (first > last || last >= nodes) {
      throw new ClientFault(
          String.format(
              Locale.ROOT, "targetNodes %s is not within the %d nodes of the job.", text, nodes));
    }
    return new Range(first, last, to.isEmpty());
  }

  /** Place of the range that decides for a node: of nested ones the inner one; -1 for none. */
  public static int decisive(List<Range> ranges, int node) {
    int found = -1;
    for (int place = 0; place < ranges.size(); place++) {
      Range range = ranges.get(place);
      if (range.contains(node) && (found < 0 || range.size() <= ranges.get(found).size())) {
        found = place;
      }
    }
    return found;
  }
}

package dev.longshore.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table of text with aligned columns. */
public final class TextTable {
  private final List<String> titles;
  private final List<Boolean> left;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param titles of the columns; one that starts with {@code <} is aligned to the left
   */
  public TextTable(String... titles) {
    this.titles = List.of(titles).stream().map(title -> title.replaceFirst("^<", "")).toList();
    this.left = List.of(titles).stream().map(title -> title.startsWith("<")).toList();
  }

  /** Adds a row with a cell for each column. */
  public void row(Object... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, titles.size()));
    }
    rows.add(List.of(cells).stream().map(Object::toString).toList());
  }

  /** Titles and rows, columns two blanks apart, no blanks at the ends. */
  public List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(titles);
    all.addAll(rows);
    int[] widths = new int[titles.size()];
    for (List<String> row : all) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < widths.length; column++) {
      String gap = " ".repeat(widths[column] - row.get(column).length());
      cells.add(left.get(column) ? row.get(column) + gap : gap + row.get(column));
    }
    return cells.stream().collect(Collectors.joining("  ")).stripTrailing();
  }
}

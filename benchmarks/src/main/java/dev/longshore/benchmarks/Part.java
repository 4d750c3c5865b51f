package dev.longshore.benchmarks;

import dev.longshore.local.demo.TextTable;
import java.util.ArrayList;
import java.util.List;

/**
 * One part of the report.
 *
 * @param title what it is about
 * @param figures in the order of printing
 * @param notes lines below the table
 */
record Part(String title, List<Figure> figures, List<String> notes) {
  Part {
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
  }

  /** Lines of a plain table. */
  List<String> lines() {
    TextTable table = new TextTable("<figure", "value", "<", "<goal", "<");
    for (Figure figure : figures) {
      table.row(
          figure.name(),
          Goal.number(figure.value()),
          figure.unit(),
          figure.goal().text(figure.unit()),
          figure.verdict());
    }
    List<String> lines = new ArrayList<>();
    lines.add(title);
    table.lines().forEach(line -> lines.add("  " + line));
    notes.forEach(note -> lines.add("  " + note));
    return lines;
  }

  /** How many goals were missed. */
  long missed() {
    return figures.stream().filter(Figure::isMissed).count();
  }
}

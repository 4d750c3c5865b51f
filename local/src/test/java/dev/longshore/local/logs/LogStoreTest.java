package dev.longshore.local.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest {
  private static final LogName NAME = new LogName("/aws/batch/job", "def/default/1");

  @TempDir private Path directory;

  private LogStore store() {
    return new LogStore(directory.resolve("logs"));
  }

  private static void write(Path file, String text, long time) throws IOException {
    Files.writeString(file, text, UTF_8, StandardOpenOption.APPEND);
    Files.setLastModifiedTime(file, FileTime.fromMillis(time));
  }

  private static List<LogLine> lines(LogStore store) {
    try (LogReader reader = store.read(NAME).orElseThrow()) {
      return reader.forward(0, Long.MAX_VALUE, 1_000, 1 << 20);
    }
  }

  @Test
  @DisplayName("A line has the time at which it was seen complete, and keeps it")
  void times() throws IOException {
    LogStore store = store();
    Path file = store.open(NAME);
    write(file, "one\ntw", 1_000);
    store.tick();
    write(file, "o\nthree\n", 2_000);
    store.tick();
    write(file, "four\n", 3_000);

    List<Long> live = lines(store).stream().map(LogLine::time).toList();
    store.close(NAME);
    Files.setLastModifiedTime(file, FileTime.fromMillis(9_000));

    assertThat(live).containsExactly(1_000L, 2_000L, 2_000L, 3_000L);
    assertThat(lines(store()).stream().map(LogLine::time)).containsExactlyElementsOf(live);
  }

  @Test
  @DisplayName("While a job runs a line without its line feed is not there; at the end it is")
  void lastLine() throws IOException {
    LogStore store = store();
    write(store.open(NAME), "one\ntwo", 1_000);

    assertThat(lines(store)).extracting(LogLine::text).containsExactly("one");
    store.close(NAME);
    assertThat(lines(store)).extracting(LogLine::text).containsExactly("one", "two");
  }

  @Test
  @DisplayName("A stream exists from the moment it is opened, without a line")
  void empty() throws IOException {
    LogStore store = store();
    store.open(NAME);

    assertThat(lines(store)).isEmpty();
    assertThat(store.read(new LogName("/aws/batch/job", "def/default/2"))).isEmpty();
  }

  @Test
  @DisplayName("Forwards and backwards in small pages read the same lines, empty ones left out")
  void pages() throws IOException {
    LogStore store = store();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append(i % 7 == 0 ? "\n" : "line %d äöü%n".formatted(i));
    }
    write(store.open(NAME), text.toString(), 1_000);
    store.close(NAME);
    List<LogLine> all = lines(10_000, Integer.MAX_VALUE).stream().toList();

    assertThat(all).hasSize(5_000 - 715);
    assertThat(lines(3, 100)).isEqualTo(all);
    assertThat(linesBackward(7)).isEqualTo(all);
  }

  private List<LogLine> lines(int limit, int bytes) {
    List<LogLine> all = new ArrayList<>();
    try (LogReader reader = store().read(NAME).orElseThrow()) {
      for (List<LogLine> page = reader.forward(0, reader.end(), limit, bytes);
          !page.isEmpty();
          page = reader.forward(page.getLast().end(), reader.end(), limit, bytes)) {
        all.addAll(page);
      }
    }
    return all;
  }

  private List<LogLine> linesBackward(int limit) {
    List<LogLine> all = new ArrayList<>();
    try (LogReader reader = store().read(NAME).orElseThrow()) {
      for (List<LogLine> page = reader.backward(0, reader.end(), limit, 1 << 20);
          !page.isEmpty();
          page = reader.backward(0, page.getFirst().start(), limit, 1 << 20)) {
        all.addAll(0, page);
      }
    }
    return all;
  }

  @Test
  @DisplayName("A line that is longer than an event may be is several lines with nothing lost")
  void longLine() throws IOException {
    LogStore store = store();
    String text = "x".repeat(LogReader.LINE * 2 + 10);
    write(store.open(NAME), text + "\nnext\n", 1_000);
    store.close(NAME);

    List<LogLine> lines = lines(1_000, Integer.MAX_VALUE);
    assertThat(lines).hasSize(4);
    assertThat(lines.getLast().text()).isEqualTo("next");
    assertThat(lines.get(0).text() + lines.get(1).text() + lines.get(2).text()).isEqualTo(text);
  }

  @Test
  @DisplayName("The first line at a time is the one that was completed then")
  void firstAt() throws IOException {
    LogStore store = store();
    Path file = store.open(NAME);
    write(file, "one\ntw", 1_000);
    store.tick();
    write(file, "o\n", 2_000);
    store.tick();
    store.close(NAME);

    try (LogReader reader = store.read(NAME).orElseThrow()) {
      assertThat(reader.firstAt(0)).isZero();
      assertThat(reader.firstAt(1_001)).isEqualTo(4);
      assertThat(reader.firstAt(2_001)).isEqualTo(reader.end());
    }
  }

  @Test
  @DisplayName("Streams are listed by prefix under their own names, whatever these contain")
  void names() throws IOException {
    LogStore store = store();
    List<String> names = List.of("a/default/1", "a/default/2", "ab/default/3", "../x/..", "ö b//c");
    for (String name : names) {
      store.open(new LogName("/g", name));
    }

    assertThat(store.streams("/g", ""))
        .extracting(it -> it.name().stream())
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(store.streams("/g", "a/def"))
        .extracting(it -> it.name().stream())
        .containsExactly("a/default/1", "a/default/2");
    assertThat(store.streams("/g", "a")).hasSize(3);
    assertThat(store.streams("/other", "")).isEmpty();
    assertThat(store.groups()).containsExactly("/g");
    try (var paths = Files.walk(directory)) {
      assertThat(paths.filter(Files::isRegularFile))
          .allMatch(file -> file.startsWith(directory.resolve("logs")));
    }
  }

  @Test
  @DisplayName("Only streams that ended before the time are purged")
  void purge() throws IOException {
    LogStore store = store();
    LogName running = new LogName("/aws/batch/job", "def/default/2");
    write(store.open(NAME), "old\n", 1_000);
    write(store.open(running), "old\n", 1_000);
    store.close(NAME);

    assertThat(store.purge(1_000)).isZero();
    assertThat(store.purge(1_001)).isEqualTo(1);
    assertThat(store.read(NAME)).isEmpty();
    assertThat(store.read(running)).isPresent();
  }
}

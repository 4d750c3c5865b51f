package dev.longshore.local.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;

/**
 * Name of a log stream, and where its file is: {@code a/b/c} of a group is {@code c.log} in the
 * directories {@code a} and {@code b}, so that listing by prefix does not read everything.
 *
 * @param group log group, such as {@code /aws/batch/job}
 * @param stream log stream
 */
public record LogName(String group, String stream) implements Comparable<LogName> {
  static final String SUFFIX = ".log";

  /** The file of this stream below {@code root}. */
  Path under(Path root) {
    Path path = groupUnder(root, group);
    String[] parts = stream.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      path = path.resolve(encode(parts[i]) + (i == parts.length - 1 ? SUFFIX : ""));
    }
    return path;
  }

  static Path groupUnder(Path root, String group) {
    return root.resolve(encode(group));
  }

  /** The stream whose file this is; the reverse of {@link #under}. */
  static LogName of(Path root, Path file) {
    Path relative = root.relativize(file);
    StringBuilder stream = new StringBuilder();
    for (int i = 1; i < relative.getNameCount(); i++) {
      String part = relative.getName(i).toString();
      boolean last = i == relative.getNameCount() - 1;
      stream.append(decode(last ? part.substring(0, part.length() - SUFFIX.length()) : part));
      stream.append(last ? "" : "/");
    }
    return new LogName(decode(relative.getName(0).toString()), stream.toString());
  }

  static String decode(String part) {
    return part.equals("%") ? "" : URLDecoder.decode(part, UTF_8);
  }

  /** One path element: no slash, never empty, never {@code .} or {@code ..}. */
  static String encode(String part) {
    if (part.isEmpty()) {
      return "%";
    }
    String encoded = URLEncoder.encode(part, UTF_8);
    return encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
  }

  @Override
  public int compareTo(LogName other) {
    int byGroup = group.compareTo(other.group);
    return byGroup != 0 ? byGroup : stream.compareTo(other.stream);
  }
}

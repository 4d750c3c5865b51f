package dev.longshore.functions.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Log records as lines of JSON. Member {@code jobs} has the IDs of all jobs that the record names,
 * so that everything about one job is found by its ID.
 */
public final class JsonLog extends Handler {
  private static final String ID =
      "\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}(?:[:#]\\d+)?";

  /** As keys of items, as members of messages and in sentences; a bare UUID may be a request's. */
  private static final Pattern JOB =
      Pattern.compile("(?:\\bJ#|\"(?:job|target|parent)\":\"|\\bjob )(" + ID + ")");

  private final JsonLines lines;
  private final Formatter text = new SimpleFormatter();

  JsonLog(JsonLines lines) {
    this.lines = lines;
  }

  /** Makes this the only handler of this process, from INFO on. */
  public static void install(JsonLines lines) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    root.addHandler(new JsonLog(lines));
  }

  @Override
  public void publish(LogRecord record) {
    String message = text.formatMessage(record);
    String trace = trace(record.getThrown());
    lines.write(json -> {
      json.writeStringField("timestamp", record.getInstant().toString());
      json.writeStringField("level", record.getLevel().getName());
      json.writeStringField("logger", record.getLoggerName());
      json.writeStringField("message", message);
      jobs(json, message + trace);
      if (!trace.isEmpty()) {
        json.writeStringField("exception", trace);
      }
    });
  }

  private static void jobs(JsonGenerator json, String text) throws IOException {
    Set<String> jobs = new TreeSet<>();
    for (Matcher job = JOB.matcher(text); job.find(); ) {
      jobs.add(job.group(1));
    }
    if (!jobs.isEmpty()) {
      json.writeArrayFieldStart("jobs");
      for (String job : jobs) {
        json.writeString(job);
      }
      json.writeEndArray();
    }
  }

  private static String trace(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

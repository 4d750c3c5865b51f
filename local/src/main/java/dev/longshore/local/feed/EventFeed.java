package dev.longshore.local.feed;

import dev.longshore.core.port.BatchEvent;
import dev.longshore.core.port.EventBus;
import dev.longshore.core.usecase.EventDetails;
import dev.longshore.local.feed.EventRing.Numbered;
import dev.longshore.wire.Arns;
import dev.longshore.wire.event.EventJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event bus of this machine: the latest events for listeners, and a file when one is asked for.
 */
public final class EventFeed implements EventBus {
  /** So many events are kept for listeners that come back. */
  static final int KEPT = 10_000;

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Of a file, which has no caller: those of a caller without a signature. */
  private static final Arns NOBODY = new Arns("us-east-1", "000000000000");

  private final EventRing ring;
  private final String run;
  private final EventJson json;
  private final @Nullable EventFile file;

  /**
   * A feed.
   *
   * @param run another text for each start of the service: numbers begin anew with it
   * @param file where events are appended, or null
   */
  public EventFeed(EventDetails details, String run, @Nullable EventFile file) {
    this(details, run, file, KEPT);
  }

  EventFeed(EventDetails details, String run, @Nullable EventFile file, int kept) {
    this.json = new EventJson(details, EventJson.AWS_SOURCE);
    this.run = run;
    this.file = file;
    this.ring = new EventRing(kept);
  }

  /** Takes what a listener gets; it throws when the listener is gone. */
  interface Out {
    void write(String text) throws IOException;
  }

  @Override
  public void publish(List<BatchEvent> events) {
    if (file != null && !events.isEmpty()) {
      file.append(json.render(events, NOBODY));
    }
    ring.add(events);
  }

  /** Ends all listening. */
  public void close() {
    ring.close();
  }

  /**
   * Writes server-sent events until the listener goes or the service ends.
   *
   * @param lastId ID of the last event that the listener has; empty for what comes from now on. One
   *     that is not known means all that is kept.
   * @param filter which events
   * @param arns region and account in the events
   */
  void listen(Optional<String> lastId, EventFilter filter, Arns arns, Out out)
      throws IOException, InterruptedException {
    long last = lastId.map(this::number).orElseGet(ring::last);
    out.write(": events of batch jobs\n\n");
    while (!ring.isClosed()) {
      if (last + 1 < ring.first()) {
        out.write(": events before this place are not kept any more\n\n");
      }
      List<Numbered> news = ring.after(last, MOST, HEARTBEAT);
      if (news.isEmpty()) {
        out.write(":\n\n");
        continue;
      }
      last = news.getLast().number();
      List<Numbered> wanted = news.stream().filter(one -> filter.test(one.event())).toList();
      if (!wanted.isEmpty()) {
        out.write(text(wanted, arns));
      }
    }
  }

  private String text(List<Numbered> events, Arns arns) {
    List<String> rendered =
        json.render(new ArrayList<>(events.stream().map(Numbered::event).toList()), arns);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < events.size(); i++) {
      text.append("id: ").append(run).append('-').append(events.get(i).number());
      text.append("\ndata: ").append(rendered.get(i)).append("\n\n");
    }
    return text.toString();
  }

  private long number(String id) {
    String prefix = run + "-";
    try {
      long number = id.startsWith(prefix) ? Long.parseLong(id.substring(prefix.length())) : 0;
      return number < 0 || number > ring.last() ? 0 : number;
    } catch (NumberFormatException madeUp) {
      return 0;
    }
  }
}

package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.LaneKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Jobs as items. A whole job has all of itself and an index entry; a child or node has its own
 * course only and shares the spec of its parent.
 */
final class JobCodec {
  /**
   * How much longer than their job those items stay that are not rewritten at its end. It is never
   * seen: reads go by the job's own expiry.
   */
  static final Duration MARGIN = Duration.ofDays(90);

  private static final List<String> WHOLE_COURSE = wholeCourse();

  private final long retention;

  JobCodec(Duration retention) {
    this.retention = retention.toMillis();
  }

  /** A new whole job. */
  Item writeWhole(Job job) {
    Item item = ItemKey.job(job.key()).item();
    SpecCodec.write(item, job.key().job(), job.spec());
    writeCourse(item, job);
    return item;
  }

  /** The change that makes a stored whole job be as {@code after}; its document and tags stay. */
  Update toWhole(Job after) {
    Item course = new Item();
    writeCourse(course, after);
    return Update.to(course, WHOLE_COURSE);
  }

  private void writeCourse(Item item, Job job) {
    CourseCodec.write(item, job);
    item.put(Attr.LINE, SpecCodec.lane(LaneKey.of(job.spec(), job.state())));
    if (job.state() instanceof JobState.Ended ended) {
      item.put(Attr.EXPIRY, seconds(ended.stoppedAt() + retention));
    }
  }

  /** A child or node, all of it. */
  Item writeMember(Job job) {
    Item item = ItemKey.job(job.key()).item();
    CourseCodec.write(item, job);
    if (job.state() instanceof JobState.Ended ended) {
      item.put(Attr.EXPIRY, lateExpiry(ended.stoppedAt()));
    }
    return item;
  }

  Job readWhole(JobKey key, Item item) {
    return CourseCodec.read(key, SpecCodec.read(item), item);
  }

  Job readMember(JobKey key, JobSpec parent, Item item) {
    return CourseCodec.read(key, parent, item);
  }

  boolean isExpired(Item whole, long now) {
    return whole.has(Attr.EXPIRY) && whole.number(Attr.EXPIRY) * 1_000 <= now;
  }

  /** False while the end of this child proves that its parent's retention cannot be over. */
  boolean mayBeExpired(Job member, long now) {
    return member.state() instanceof JobState.Ended ended && ended.stoppedAt() + retention <= now;
  }

  /** Epoch seconds of the expiry of an item that belongs to a job. */
  long lateExpiry(long at) {
    return seconds(at + retention + MARGIN.toMillis());
  }

  static long seconds(long millis) {
    return (millis + 999) / 1_000;
  }

  private static List<String> wholeCourse() {
    List<String> all = new ArrayList<>(CourseCodec.ALL);
    all.add(Attr.LINE);
    all.add(Attr.EXPIRY);
    return List.copyOf(all);
  }
}

package dev.longshore.core.port;

import dev.longshore.core.model.Attempt;
import dev.longshore.core.model.ChildOrder;
import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.Dispatch;
import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobDocument;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobSpec;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.NodeGroups.Group;
import dev.longshore.core.model.ResourceStatus;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.core.model.StopRequest;
import dev.longshore.core.model.TimeLimit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Jobs that the contract tests store. */
final class Samples {
  /** 2026-03-01T00:00:00Z, epoch ms. */
  static final long NOW = 1_772_323_200_000L;

  static final JobDocument NO_DOCUMENT = new JobDocument("{}", Map.of());

  static final Shape SMALL = new Shape(1, 2048, 0);

  static final StopRequest STOP =
      new StopRequest(StopRequest.Kind.TERMINATE, "not needed any more", NOW + 7);

  static final Dispatch DISPATCH =
      new Dispatch(
          new HostId("spot-c6", "i-0123456789abcdef0"),
          "0f5c9ad2b1d64d0a8c1d2e3f4a5b6c7d",
          1,
          0,
          NOW + 1234);

  private Samples() {}

  /** The ID with this number; IDs of larger numbers sort later as text. */
  static JobId id(int number) {
    return new JobId(new UUID(0x1000_4000L + ((long) number << 32), 0x8000_0000_0000_0000L));
  }

  static JobSpec spec(String queue, int arraySize, long createdAt) {
    return new JobSpec(
        "nightly-index",
        queue,
        new DefinitionId("indexer", 7),
        SMALL,
        RetryStrategy.ONCE,
        0,
        arraySize,
        null,
        0,
        createdAt);
  }

  /** Every member has a value that is not the usual one. */
  static JobSpec fullSpec(String queue) {
    RetryStrategy retry =
        new RetryStrategy(
            3,
            List.of(
                new ExitRule("Host EC2*", null, null, true),
                new ExitRule(null, "OutOfMemory*", "137", true),
                new ExitRule(null, null, "*", false)));
    return new JobSpec(
        "Full_one-2",
        queue,
        new DefinitionId("gpu-trainer", 12),
        new Shape(16, 65_536, 2),
        retry,
        3_600,
        0,
        "teamA",
        77,
        NOW - 5,
        new ChildOrder(Set.of(id(8), id(9)), true),
        List.of(new Need("licence", 2), new Need("seat_1-b", 1_000_000_000_000L)),
        new NodeGroups(
            1, List.of(new Group(1, SMALL), new Group(3, new Shape(4, 8192, 0))), "m6i.large"));
  }

  /** A waiting single job. */
  static Job job(int number, String queue) {
    return Job.fresh(
        JobKey.whole(id(number)), spec(queue, 0, NOW + number), new JobState.Runnable(0));
  }

  /** An open array parent. */
  static Job array(int number, String queue, int size) {
    return Job.fresh(JobKey.whole(id(number)), spec(queue, size, NOW + number), open());
  }

  /** A child that was just handed over. */
  static Job child(Job parent, int index) {
    return Job.fresh(
        JobKey.child(parent.key().job(), index),
        parent.spec(),
        new JobState.Starting(DISPATCH, null));
  }

  static JobState open() {
    return new JobState.Open();
  }

  static JobState ended(long at) {
    return new JobState.Ended(true, "Essential container in task exited", at);
  }

  /** An attempt of which everything is known, and one of which nothing is. */
  static List<Attempt> attempts() {
    return List.of(
        new Attempt(
            DISPATCH,
            "3f0e1d2c3b4a59687766554433221100",
            NOW + 10,
            NOW + 20,
            137,
            "OutOfMemoryError: Container killed due to memory usage",
            "Essential container in task exited"),
        new Attempt(
            new Dispatch(
                new HostId("spot-c6", "i-1"),
                "abc",
                2,
                3,
                NOW + 30,
                NOW + 3,
                List.of("i-1", "i-7")),
            null,
            0,
            NOW + 40,
            null,
            null,
            "Host EC2 (instance i-1) terminated."));
  }

  /** A queue; with a policy and time limits from version 2 on. */
  static JobQueue queue(String name, int priority, long version) {
    return new JobQueue(
        name,
        true,
        ResourceStatus.VALID,
        "JobQueue Healthy",
        priority,
        List.of("second", "first"),
        List.of(1, 20),
        version > 1 ? "fair" : null,
        version > 1
            ? List.of(new TimeLimit("CAPACITY:…", 600), new TimeLimit("M", 700))
            : List.of(),
        Map.of("team", "blue"),
        NOW,
        version);
  }
}

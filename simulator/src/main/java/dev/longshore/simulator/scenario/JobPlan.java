package dev.longshore.simulator.scenario;

import dev.longshore.core.model.ExitRule;
import dev.longshore.core.model.Need;
import dev.longshore.core.model.NodeGroups;
import dev.longshore.core.model.RetryStrategy;
import dev.longshore.core.model.Shape;
import dev.longshore.simulator.world.Behaviour;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that a client will submit, and what its program will do.
 *
 * @param name name of the job, different for each
 * @param queue where it goes
 * @param arraySize 0 for a single job
 * @param after names of the jobs it waits for
 * @param retry its retry strategy
 * @param timeoutSeconds 0 for none
 * @param shape what an attempt asks for
 * @param idempotent false for a client whose retried submission makes another job
 * @param program what its attempts do
 * @param nodes of a multi-node job, absent for any other
 * @param links what its children wait for and what it takes of consumable resources
 */
public record JobPlan(
    String name,
    String queue,
    int arraySize,
    List<String> after,
    RetryStrategy retry,
    int timeoutSeconds,
    Shape shape,
    boolean idempotent,
    Program program,
    @Nullable NodeGroups nodes,
    Links links) {
  private static final Shape SMALL = new Shape(1, 512, 0);

  public JobPlan {
    after = List.copyOf(after);
  }

  /** What the attempts of a job do. */
  public interface Program {
    /** {@code index} is that of the child, 0 for a single job; {@code attempt} counts from 1. */
    Behaviour of(int index, int attempt);
  }

  /** A small single job that runs for a second and succeeds. */
  public static JobPlan job(String name) {
    return new JobPlan(
        name,
        Setting.QUEUE,
        0,
        List.of(),
        RetryStrategy.ONCE,
        0,
        SMALL,
        true,
        (_, _) -> Behaviour.runs(1_000, 0),
        null,
        Links.NONE);
  }

  /** In another queue. */
  public JobPlan in(String otherQueue) {
    return new JobPlan(
        name,
        otherQueue,
        arraySize,
        after,
        retry,
        timeoutSeconds,
        shape,
        idempotent,
        program,
        nodes,
        links);
  }

  /** As an array of so many children. */
  public JobPlan array(int size) {
    return new JobPlan(
        name, queue, size, after, retry, timeoutSeconds, shape, idempotent, program, nodes, links);
  }

  /** Waiting for these as well. */
  public JobPlan after(String... others) {
    List<String> all = new ArrayList<>(after);
    all.addAll(List.of(others));
    return new JobPlan(
        name,
        queue,
        arraySize,
        all,
        retry,
        timeoutSeconds,
        shape,
        idempotent,
        program,
        nodes,
        links);
  }

  /** With so many attempts, decided by these rules. */
  public JobPlan attempts(int attempts, ExitRule... rules) {
    RetryStrategy strategy = new RetryStrategy(attempts, List.of(rules));
    return new JobPlan(
        name,
        queue,
        arraySize,
        after,
        strategy,
        timeoutSeconds,
        shape,
        idempotent,
        program,
        nodes,
        links);
  }

  /** With this timeout for each attempt. */
  public JobPlan timeout(int seconds) {
    return new JobPlan(
        name, queue, arraySize, after, retry, seconds, shape, idempotent, program, nodes, links);
  }

  /** Asking for this much. */
  public JobPlan needs(int vcpus, int memoryMib) {
    Shape other = new Shape(vcpus, memoryMib, 0);
    return new JobPlan(
        name,
        queue,
        arraySize,
        after,
        retry,
        timeoutSeconds,
        other,
        idempotent,
        program,
        nodes,
        links);
  }

  /** From a client that sends no idempotency key. */
  public JobPlan withoutIdempotency() {
    return new JobPlan(
        name, queue, arraySize, after, retry, timeoutSeconds, shape, false, program, nodes, links);
  }

  /** As a multi-node job of so many nodes; the program gets a node's index, the main node's 0. */
  public JobPlan nodes(int count, int main) {
    NodeGroups groups = new NodeGroups(main, List.of(new NodeGroups.Group(count, shape)), null);
    return new JobPlan(
        name, queue, 0, after, retry, timeoutSeconds, shape, idempotent, program, groups, links);
  }

  /** Doing this in each attempt. */
  public JobPlan doing(Program other) {
    return new JobPlan(
        name,
        queue,
        arraySize,
        after,
        retry,
        timeoutSeconds,
        shape,
        idempotent,
        other,
        nodes,
        links);
  }

  /** Running for so long, then exiting with this code, in each attempt. */
  public JobPlan runs(int seconds, int exitCode) {
    return doing((_, _) -> Behaviour.runs(seconds * 1000L, exitCode));
  }

  /**
   * What children wait for one by one, and what attempts take.
   *
   * @param pairs names of arrays whose children its own wait for, one for one
   * @param sequential true when each child waits for the one before
   * @param needs what an attempt takes of consumable resources
   */
  public record Links(List<String> pairs, boolean sequential, List<Need> needs) {
    /** Nothing of this. */
    public static final Links NONE = new Links(List.of(), false, List.of());

    public Links {
      pairs = List.copyOf(pairs);
      needs = List.copyOf(needs);
    }
  }

  /** Names of arrays whose children its own wait for, one for one. */
  public List<String> pairs() {
    return links.pairs();
  }

  /** True when each child waits for the one before. */
  public boolean sequential() {
    return links.sequential();
  }

  /** What an attempt takes of consumable resources. */
  public List<Need> needs() {
    return links.needs();
  }

  /** With children that wait for those of these arrays, one for one. */
  public JobPlan paired(String... others) {
    List<String> all = new ArrayList<>(pairs());
    all.addAll(List.of(others));
    return with(new Links(all, sequential(), needs()));
  }

  /** With children that run one after the other. */
  public JobPlan inSequence() {
    return with(new Links(pairs(), true, needs()));
  }

  /** Taking so much of a consumable resource in each attempt, as well. */
  public JobPlan taking(String resource, long quantity) {
    List<Need> all = new ArrayList<>(needs());
    all.add(new Need(resource, quantity));
    return with(new Links(pairs(), sequential(), all));
  }

  private JobPlan with(Links other) {
    return new JobPlan(
        name,
        queue,
        arraySize,
        after,
        retry,
        timeoutSeconds,
        shape,
        idempotent,
        program,
        nodes,
        other);
  }
}

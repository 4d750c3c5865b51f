package dev.longshore.simulator.scenario;

import java.util.ArrayList;
import java.util.List;

/** What a client does, in words that a person reads. */
final class Words {
  private Words() {}

  static String of(JobPlan plan) {
    List<String> words = new ArrayList<>();
    words.add("%s in %s".formatted(plan.name(), plan.queue()));
    if (plan.arraySize() > 0) {
      words.add("array of " + plan.arraySize());
    }
    if (plan.nodes() != null) {
      words.add("%d nodes, main node %d".formatted(plan.nodes().count(), plan.nodes().main()));
    }
    words.add("%d vCPUs, %d MiB".formatted(plan.shape().vcpus(), plan.shape().memoryMib()));
    if (!plan.after().isEmpty()) {
      words.add("after " + String.join(" and ", plan.after()));
    }
    if (!plan.pairs().isEmpty()) {
      words.add("children paired with " + String.join(" and ", plan.pairs()));
    }
    if (plan.sequential()) {
      words.add("one child after the other");
    }
    if (plan.retry().attempts() > 1) {
      String rules = plan.retry().rules().isEmpty() ? "" : " by rules";
      words.add("%d attempts%s".formatted(plan.retry().attempts(), rules));
    }
    if (plan.timeoutSeconds() > 0) {
      words.add("timeout %d s".formatted(plan.timeoutSeconds()));
    }
    plan.needs()
        .forEach(need -> words.add("takes %d %s".formatted(need.quantity(), need.resource())));
    if (!plan.idempotent()) {
      words.add("client without idempotency");
    }
    return String.join(", ", words);
  }
}

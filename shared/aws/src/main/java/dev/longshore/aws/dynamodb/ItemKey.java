package dev.longshore.aws.dynamodb;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.LineSearch;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where each kind of item is.
 *
 * @param pk partition key
 * @param sk sort key
 */
record ItemKey(String pk, String sk) {
  static final String JOB_PARTITION = "J#";
  static final String QUEUE_PARTITION = "Q#";
  static final String WHOLE = "job";
  static final String CHILD = "c#";
  static final String NODE = "n#";
  static final String PAGE = "p#";
  static final String EDGE = "e#";
  static final String PAIR = "a#";
  static final String HOST = "h#";
  static final String HOLDS = "holds";
  static final String QUEUES = "queues";
  static final String ENVIRONMENTS = "environments";
  static final String POLICIES = "policies";
  static final String CONSUMABLES = "consumables";
  static final String DEFINITIONS = "definitions";

  private static final int LAST_REVISION = 999_999_999;

  static String partition(JobId job) {
    return JOB_PARTITION + job;
  }

  static String partition(String environment) {
    return "E#" + environment;
  }

  static ItemKey job(JobKey key) {
    String sk =
        switch (key.member()) {
          case WHOLE -> WHOLE;
          case CHILD -> childSort(key.index());
          case NODE -> String.format(Locale.ROOT, "%s%03d", NODE, key.index());
        };
    return new ItemKey(partition(key.job()), sk);
  }

  static String childSort(int index) {
    return String.format(Locale.ROOT, "%s%05d", CHILD, index);
  }

  static ItemKey document(JobId job) {
    return new ItemKey(partition(job), "doc");
  }

  static ItemKey page(JobId job, int number) {
    return new ItemKey(partition(job), PAGE + number);
  }

  static ItemKey edge(JobId target, JobId dependent) {
    return new ItemKey(partition(target), EDGE + dependent);
  }

  static ItemKey pair(JobId target, JobId dependent) {
    return new ItemKey(partition(target), PAIR + dependent);
  }

  static ItemKey holds(String queue) {
    return new ItemKey(QUEUE_PARTITION + queue, HOLDS);
  }

  static ItemKey shares(String queue) {
    return new ItemKey("Q#" + queue, "shares");
  }

  static ItemKey search(String queue, LineSearch.Reader reader) {
    return new ItemKey(QUEUE_PARTITION + queue, "search#" + reader.name().toLowerCase(Locale.ROOT));
  }

  static ItemKey host(HostId host) {
    return new ItemKey(partition(host.environment()), HOST + host.instance());
  }

  /**
   * Of a host that was removed. Apart from the hosts, so that those who list them do not read it.
   */
  static ItemKey grave(HostId host) {
    return new ItemKey(partition(host.environment()), "g#" + host.instance());
  }

  static ItemKey fleet(String environment) {
    return new ItemKey(partition(environment), "fleet");
  }

  static ItemKey queue(String name) {
    return new ItemKey(QUEUES, name);
  }

  static ItemKey environment(String name) {
    return new ItemKey(ENVIRONMENTS, name);
  }

  static ItemKey policy(String name) {
    return new ItemKey(POLICIES, name);
  }

  static ItemKey consumable(String name) {
    return new ItemKey(CONSUMABLES, name);
  }

  /** Sorts by name, then newest first: no character of a name is smaller than {@code #}. */
  static ItemKey definition(DefinitionId id) {
    int order = LAST_REVISION - id.revision();
    return new ItemKey(
        DEFINITIONS, String.format(Locale.ROOT, "%s%09d", revisionsOf(id.name()), order));
  }

  /** What was registered in ECS for a revision, by its content. */
  static ItemKey taskDefinition(DefinitionId id, String hash) {
    return new ItemKey("D#" + id.name(), "t#" + id.revision() + "#" + hash);
  }

  static String revisionsOf(String name) {
    return name + "#";
  }

  static ItemKey salt() {
    return new ItemKey("meta", "salt");
  }

  static ItemKey types() {
    return new ItemKey("meta", "types");
  }

  static ItemKey of(Map<String, AttributeValue> item) {
    Item read = new Item(item);
    return new ItemKey(read.text(Attr.PARTITION), read.text(Attr.SORT));
  }

  Map<String, AttributeValue> attributes() {
    return Map.of(Attr.PARTITION, Item.value(pk), Attr.SORT, Item.value(sk));
  }

  /** A new item at this place. */
  Item item() {
    return new Item().put(Attr.PARTITION, pk).put(Attr.SORT, sk);
  }
}

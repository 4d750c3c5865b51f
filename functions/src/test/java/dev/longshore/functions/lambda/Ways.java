package dev.longshore.functions.lambda;

import dev.longshore.aws.repair.Repair;
import dev.longshore.aws.repair.RepairMessages;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.port.Change;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The ways on which functions ask AWS for something, each walked in a stack of its own. What an
 * emulator cannot take is here all the same: fleets, Spot warnings, hosts that are lost.
 */
final class Ways {
  private static final String DEFINITION =
      """
      {"jobDefinitionName":"%s","type":"container","propagateTags":true,"tags":{"team":"dock"},
       "containerProperties":{"image":"busybox","jobRoleArn":"arn:aws:iam::111122223333:role/job",
        "executionRoleArn":"arn:aws:iam::111122223333:role/exec","resourceRequirements":[
        {"type":"VCPU","value":"1"},{"type":"MEMORY","value":"512"}]}}\
      """;
  private static final String NODES =
      """
      {"jobDefinitionName":"nodes","type":"multinode","nodeProperties":{"numNodes":2,"mainNode":0,
       "nodeRangeProperties":[{"targetNodes":"0:1","container":{"image":"busybox",
        "resourceRequirements":[{"type":"VCPU","value":"2"},{"type":"MEMORY","value":"512"}]}}]}}\
      """;

  private final Set<String> seen = new TreeSet<>();

  private Ways() {}

  /** What the functions needed on all of them. */
  static Set<String> needed() {
    Ways ways = new Ways();
    ways.jobsOfAllKinds();
    ways.rolesAndTags();
    ways.nodes();
    ways.stopsAtOnce();
    ways.lostStarts();
    ways.failedStarts();
    ways.lostHosts();
    ways.catalog();
    ways.environments();
    ways.nothingJoins();
    ways.types();
    ways.repairs();
    ways.repairedEnvironments();
    ways.manyDependents();
    ways.pairs();
    return ways.seen;
  }

  private void walked(Rig rig) {
    seen.addAll(rig.calls().seen());
  }

  private static void call(Rig rig, String path, String body) {
    rig.call(path, body);
    rig.settle();
  }

  private static void seconds(Rig rig, int many) {
    for (int second = 0; second < many; second++) {
      rig.pass(Duration.ofSeconds(1));
      rig.settle();
    }
  }

  private static void minutes(Rig rig, int many) {
    for (int minute = 0; minute < many; minute++) {
      rig.pass(Duration.ofMinutes(1));
      rig.tick();
      rig.settle();
    }
  }

  private void jobsOfAllKinds() {
    Rig rig = new Rig();
    new Story(rig).prepare().begin().end();
    walked(rig);
  }

  private void rolesAndTags() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(2);
    call(rig, "/v1/registerjobdefinition", DEFINITION.formatted("d"));
    story.submit("single", "");
    rig.settle();
    // Not the scheduler but its repetition is the first to register this one.
    call(rig, "/v1/registerjobdefinition", DEFINITION.formatted("d"));
    rig.stream().cutOffAfter(Entry.SCHEDULER, 1);
    story.submit("again", "");
    try {
      rig.settle();
    } catch (StreamTap.CutOff expected) {
      rig.settle();
    }
    minutes(rig, 3);
    walked(rig);
  }

  private void nodes() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(4);
    call(rig, "/v1/registerjobdefinition", NODES);
    rig.agents().ending(_ -> null);
    story.submit("many", "", "nodes");
    rig.settle();
    minutes(rig, 2);
    rig.agents().ending(_ -> 0);
    rig.settle();
    walked(rig);
  }

  /** Jobs that are stopped while they wait, start and run, and with their queue. */
  private void stopsAtOnce() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(2);
    rig.agents().ending(_ -> null);
    story.submit("first", "");
    rig.settle();
    String waiting =
        story.submit(
            "later",
            ",\"arrayProperties\":{\"size\":2},\"dependsOn\":[{\"jobId\":\"%s\"}]"
                .formatted(story.id("first")));
    rig.settle();
    call(rig, "/v1/terminatejob", "{\"jobId\":\"%s:1\",\"reason\":\"no\"}".formatted(waiting));
    rig.agents().silence();
    String starting = story.submit("single", "");
    rig.settle();
    call(rig, "/v1/terminatejob", "{\"jobId\":\"%s\",\"reason\":\"no\"}".formatted(starting));
    rig.agents().speak();
    rig.settle();
    call(rig, "/v1/canceljob", "{\"jobId\":\"%s\",\"reason\":\"no\"}".formatted(waiting));
    call(rig, "/v1/updatejobqueue", "{\"jobQueue\":\"q\",\"state\":\"DISABLED\"}");
    call(rig, "/v1/deletejobqueue", "{\"jobQueue\":\"q\"}");
    seconds(rig, 90);
    walked(rig);
  }

  /** RunTask is not answered, tasks do not come to run, others are not known any more. */
  private void lostStarts() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(2);
    rig.agents().ending(_ -> null);
    rig.ecs().after.add(SdkClientException.create("connection reset"));
    story.submit("single", "");
    rig.settle();
    minutes(rig, 15);
    rig.agents().silence();
    story.submit("stuck", "");
    rig.settle();
    minutes(rig, 35);
    walked(rig);
  }

  /** An image cannot be pulled, and is tried again a while later. */
  private void failedStarts() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(2);
    rig.agents().silence();
    story.submit("single", ",\"retryStrategy\":{\"attempts\":2}");
    rig.settle();
    rig.report(rig.agents().failedStarts());
    rig.settle();
    rig.agents().speak();
    seconds(rig, 10);
    walked(rig);
  }

  private void lostHosts() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(4);
    rig.agents().ending(_ -> null);
    story.submit("single", "");
    rig.settle();
    List<String> hosts = rig.agents().running();
    rig.ecs().silent.add(hosts.getFirst());
    rig.report(
        rig.agents().reconnects().stream()
            .filter(it -> it.contains(hosts.getFirst()) && it.contains("\"agentConnected\":false"))
            .toList());
    minutes(rig, 17);
    story.submit("another", "");
    rig.settle();
    for (String host : rig.agents().running()) {
      rig.report(
          List.of(
              """
              {"detail-type":"EC2 Spot Instance Interruption Warning","time":"%s",
               "detail":{"instance-id":"%s","instance-action":"terminate"}}\
              """
                  .formatted(rig.clock().instant(), host)));
    }
    minutes(rig, 3);
    rig.report(rig.agents().ended());
    minutes(rig, 10);
    walked(rig);
  }

  /** Policies, resources and definitions are made, changed, listed and deleted. */
  private void catalog() {
    Rig rig = new Rig();
    new Story(rig).prepare(2);
    call(
        rig,
        "/v1/createconsumableresource",
        "{\"consumableResourceName\":\"licence\",\"totalQuantity\":2,"
            + "\"resourceType\":\"REPLENISHABLE\"}");
    call(
        rig,
        "/v1/createschedulingpolicy",
        "{\"name\":\"fair\",\"fairsharePolicy\":{\"shareDistribution\":["
            + "{\"shareIdentifier\":\"a\",\"weightFactor\":1}]}}");
    call(
        rig,
        "/v1/createjobqueue",
        """
        {"jobQueueName":"shares","priority":1,
         "schedulingPolicyArn":"arn:aws:batch:eu-west-1:123456789012:scheduling-policy/fair",
         "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"env"}]}\
        """);
    call(
        rig,
        "/v1/submitjob",
        """
        {"jobName":"shared","jobQueue":"shares","jobDefinition":"d","shareIdentifier":"a",
         "consumableResourcePropertiesOverride":{"consumableResourceList":[
          {"consumableResource":"licence","quantity":1}]}}\
        """);
    minutes(rig, 3);
    call(rig, "/v1/listjobs", "{\"jobQueue\":\"shares\",\"jobStatus\":\"SUCCEEDED\"}");
    call(rig, "/v1/getjobqueuesnapshot", "{\"jobQueue\":\"shares\"}");
    call(rig, "/v1/updatejobqueue", "{\"jobQueue\":\"shares\",\"state\":\"DISABLED\"}");
    call(rig, "/v1/deletejobqueue", "{\"jobQueue\":\"shares\"}");
    seconds(rig, 60);
    call(
        rig,
        "/v1/deleteschedulingpolicy",
        "{\"arn\":\"arn:aws:batch:eu-west-1:123456789012:scheduling-policy/fair\"}");
    call(rig, "/v1/deleteconsumableresource", "{\"consumableResource\":\"licence\"}");
    call(rig, "/v1/deregisterjobdefinition", "{\"jobDefinition\":\"d:1\"}");
    minutes(rig, 2);
    walked(rig);
  }

  private static void withoutHosts(Rig rig) {
    call(
        rig,
        "/v1/updatecomputeenvironment",
        "{\"computeEnvironment\":\"env\",\"computeResources\":{\"minvCpus\":0}}");
    minutes(rig, 30);
  }

  /** Environments of Spot instances that are updated, and deleted with hosts in them. */
  private void environments() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(2);
    call(
        rig,
        "/v1/updatecomputeenvironment",
        """
        {"computeEnvironment":"env","computeResources":{"minvCpus":6,"ec2KeyPair":"key",
         "placementGroup":"close","type":"SPOT","allocationStrategy":"SPOT_CAPACITY_OPTIMIZED",
         "tags":{"team":"dock"}}}\
        """);
    minutes(rig, 2);
    call(rig, "/v1/updatejobqueue", "{\"jobQueue\":\"q\",\"state\":\"DISABLED\"}");
    call(rig, "/v1/deletejobqueue", "{\"jobQueue\":\"q\"}");
    seconds(rig, 60);
    call(
        rig,
        "/v1/updatecomputeenvironment",
        "{\"computeEnvironment\":\"env\",\"state\":\"DISABLED\"}");
    call(rig, "/v1/deletecomputeenvironment", "{\"computeEnvironment\":\"env\"}");
    minutes(rig, 5);
    // One whose hosts have gone goes at once, and somebody's container instance with it.
    story.environment(2);
    minutes(rig, 2);
    withoutHosts(rig);
    rig.ecs().join(ComputeEnvironment.clusterOf("env"), "i-0abc");
    call(
        rig,
        "/v1/updatecomputeenvironment",
        "{\"computeEnvironment\":\"env\",\"state\":\"DISABLED\"}");
    call(rig, "/v1/deletecomputeenvironment", "{\"computeEnvironment\":\"env\"}");
    walked(rig);
  }

  /** More than one function call settles. */
  private void manyDependents() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(2);
    rig.agents().ending(_ -> null);
    String first = story.submit("first", "");
    for (int i = 0; i < 201; i++) {
      story.submit("later" + i, ",\"dependsOn\":[{\"jobId\":\"" + first + "\"}]");
    }
    rig.settle();
    rig.agents().ending(_ -> 0);
    rig.settle();
    walked(rig);
  }

  /** Children wait for their counterparts, and a round starts one job only. */
  private void pairs() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(2);
    rig.startAtMost(1);
    String first = story.submit("first", ",\"arrayProperties\":{\"size\":2}");
    story.submit(
        "second",
        ",\"arrayProperties\":{\"size\":2},\"dependsOn\":[{\"jobId\":\"%s\",\"type\":\"N_TO_N\"}]"
            .formatted(first));
    rig.settle();
    minutes(rig, 2);
    walked(rig);
  }

  /** What could not be done, and an event that no bus took. */
  private void repairs() {
    Rig rig = new Rig();
    Story story = new Story(rig).prepare(2);
    String first = story.submit("first", "");
    story.submit("later", ",\"dependsOn\":[{\"jobId\":\"" + first + "\"}]");
    rig.stream().refuse(story.id("later"));
    rig.eventBridge().refuse(true);
    rig.settle();
    minutes(rig, 3);
    rig.stream().refuse(null);
    rig.eventBridge().refuse(false);
    minutes(rig, 15);
    walked(rig);
  }

  /** An environment whose changes nobody followed comes, and goes with what is in its cluster. */
  private void repairedEnvironments() {
    Rig rig = new Rig();
    rig.deliverBy(next -> next.to() == Entry.PROGRESS ? List.of() : List.of(next));
    new Story(rig).environment(2);
    Repair repair = Repair.of(new Repair.Task.Follow(new Change.EnvironmentChanged("env")));
    Delivery again =
        Delivery.messages(Entry.WORK, List.of(rig.sqs().message(RepairMessages.write(repair))));
    rig.deliver(again);
    minutes(rig, 2);
    withoutHosts(rig);
    rig.deliver(again);
    rig.ecs().join(ComputeEnvironment.clusterOf("env"), "i-0abc");
    rig.call(
        "/v1/updatecomputeenvironment", "{\"computeEnvironment\":\"env\",\"state\":\"DISABLED\"}");
    rig.deliver(again);
    rig.settle();
    rig.call("/v1/deletecomputeenvironment", "{\"computeEnvironment\":\"env\"}");
    rig.deliver(again);
    walked(rig);
  }

  private void nothingJoins() {
    Rig rig = new Rig();
    rig.agents().silence();
    new Story(rig).environment(2);
    minutes(rig, 45);
    walked(rig);
  }

  private void types() {
    Rig rig = new Rig();
    new Story(rig).prepare();
    rig.forgetTypes();
    rig.tick();
    rig.settle();
    walked(rig);
  }
}

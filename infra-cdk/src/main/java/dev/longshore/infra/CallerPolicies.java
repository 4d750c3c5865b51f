package dev.longshore.infra;

import dev.longshore.wire.http.Paths;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** Ready policies for those who call: nobody has one unless it is attached. */
final class CallerPolicies {
  private static final List<String> SUBMITTING =
      List.of("SubmitJob", "CancelJob", "TerminateJob", "CancelJobs", "TerminateJobs");

  CallerPolicies(Construct scope, HttpApi api) {
    policy(scope, api, "Reader", "Describes and lists everything.", Paths::onlyReads);
    policy(
        scope,
        api,
        "Submitter",
        "Submits, cancels and terminates jobs, and reads everything.",
        operation -> Paths.onlyReads(operation) || SUBMITTING.contains(operation));
    policy(scope, api, "Administrator", "Calls every operation.", _ -> true);
  }

  private static void policy(
      Construct scope, HttpApi api, String name, String task, Predicate<String> allowed) {
    List<String> resources =
        Paths.routes().entrySet().stream()
            .filter(route -> allowed.test(route.getKey()))
            .map(Map.Entry::getValue)
            .map(route -> route.replace(" ", "").replaceAll("\\{[^}]*}", "*"))
            .map(api::resource)
            .toList();
    ManagedPolicy policy =
        ManagedPolicy.Builder.create(scope, name)
            .description("Longshore: " + task)
            .statements(
                List.of(
                    PolicyStatement.Builder.create()
                        .effect(Effect.ALLOW)
                        .actions(List.of("execute-api:Invoke"))
                        .resources(resources)
                        .build()))
            .build();
    Explained.wildcards(
        policy, "A tag's path ends with the resource's ARN, an explanation's has a job ID.");
    CfnOutput.Builder.create(scope, name + "Policy").value(policy.getManagedPolicyArn()).build();
  }
}

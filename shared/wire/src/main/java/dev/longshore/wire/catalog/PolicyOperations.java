package dev.longshore.wire.catalog;

import dev.longshore.core.model.FairShare;
import dev.longshore.core.model.SchedulingPolicy;
import dev.longshore.core.usecase.catalog.Policies;
import dev.longshore.core.validation.Require;
import dev.longshore.core.validation.ShareRules;
import dev.longshore.wire.Arns.Kind;
import dev.longshore.wire.codec.WireJson;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operations;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.CreateSchedulingPolicyRequest;
import software.amazon.awssdk.services.batch.model.CreateSchedulingPolicyResponse;
import software.amazon.awssdk.services.batch.model.DeleteSchedulingPolicyRequest;
import software.amazon.awssdk.services.batch.model.DeleteSchedulingPolicyResponse;
import software.amazon.awssdk.services.batch.model.DescribeSchedulingPoliciesRequest;
import software.amazon.awssdk.services.batch.model.DescribeSchedulingPoliciesResponse;
import software.amazon.awssdk.services.batch.model.FairsharePolicy;
import software.amazon.awssdk.services.batch.model.ListSchedulingPoliciesRequest;
import software.amazon.awssdk.services.batch.model.ListSchedulingPoliciesResponse;
import software.amazon.awssdk.services.batch.model.SchedulingPolicyDetail;
import software.amazon.awssdk.services.batch.model.SchedulingPolicyListingDetail;
import software.amazon.awssdk.services.batch.model.ShareAttributes;
import software.amazon.awssdk.services.batch.model.UpdateSchedulingPolicyRequest;
import software.amazon.awssdk.services.batch.model.UpdateSchedulingPolicyResponse;

/** Scheduling policies ({@code batch-semantics} 2.12). */
final class PolicyOperations {
  private final Policies policies;

  PolicyOperations(Policies policies) {
    this.policies = policies;
  }

  Operations operations() {
    return Operations.none()
        .with("CreateSchedulingPolicy", CreateSchedulingPolicyRequest::builder, this::create)
        .with("UpdateSchedulingPolicy", UpdateSchedulingPolicyRequest::builder, this::update)
        .with("DeleteSchedulingPolicy", DeleteSchedulingPolicyRequest::builder, this::delete)
        .with(
            "DescribeSchedulingPolicies",
            DescribeSchedulingPoliciesRequest::builder,
            this::describe)
        .with("ListSchedulingPolicies", ListSchedulingPoliciesRequest::builder, this::list);
  }

  private CreateSchedulingPolicyResponse create(
      CreateSchedulingPolicyRequest request, Caller caller) {
    String name = Require.text("name", request.name());
    FairsharePolicy settings = settings(request.fairsharePolicy());
    policies.create(name, fairShare(settings), document(settings), request.tags());
    return CreateSchedulingPolicyResponse.builder()
        .name(name)
        .arn(caller.arns().policy(name))
        .build();
  }

  private UpdateSchedulingPolicyResponse update(
      UpdateSchedulingPolicyRequest request, Caller caller) {
    String name = Refs.nameInArn(Kind.SCHEDULING_POLICY, "arn", request.arn());
    FairsharePolicy settings = settings(request.fairsharePolicy());
    policies.update(name, caller.arns().policy(name), fairShare(settings), document(settings));
    return UpdateSchedulingPolicyResponse.builder().build();
  }

  private DeleteSchedulingPolicyResponse delete(
      DeleteSchedulingPolicyRequest request, Caller caller) {
    String name = Refs.nameInArn(Kind.SCHEDULING_POLICY, "arn", request.arn());
    policies.delete(name, caller.arns().policy(name));
    return DeleteSchedulingPolicyResponse.builder().build();
  }

  private DescribeSchedulingPoliciesResponse describe(
      DescribeSchedulingPoliciesRequest request, Caller caller) {
    Require.framed(!request.arns().isEmpty(), "arns is required.");
    List<SchedulingPolicyDetail> found =
        Refs.names(Kind.SCHEDULING_POLICY, "arns", request.arns()).stream()
            .map(policies::find)
            .flatMap(Optional::stream)
            .map(policy -> detail(policy, caller))
            .toList();
    return DescribeSchedulingPoliciesResponse.builder().schedulingPolicies(found).build();
  }

  private ListSchedulingPoliciesResponse list(
      ListSchedulingPoliciesRequest request, Caller caller) {
    Listing<SchedulingPolicy> page =
        Listing.of(
            policies.all(),
            SchedulingPolicy::name,
            "ListSchedulingPolicies",
            request.maxResults(),
            request.nextToken());
    return ListSchedulingPoliciesResponse.builder()
        .schedulingPolicies(
            page.entries().stream()
                .map(each -> caller.arns().policy(each.name()))
                .map(arn -> SchedulingPolicyListingDetail.builder().arn(arn).build())
                .toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static SchedulingPolicyDetail detail(SchedulingPolicy policy, Caller caller) {
    return WireJson.read(policy.document(), SchedulingPolicyDetail.builder()).toBuilder()
        .name(policy.name())
        .arn(caller.arns().policy(policy.name()))
        .tags(policy.tags())
        .build();
  }

  /** A policy without settings is one with all defaults. */
  private static FairsharePolicy settings(@Nullable FairsharePolicy given) {
    FairsharePolicy settings = given == null ? FairsharePolicy.builder().build() : given;
    ShareRules.checkPolicy(settings.shareDecaySeconds(), settings.computeReservation());
    for (ShareAttributes share : settings.shareDistribution()) {
      Require.text("shareDistribution.shareIdentifier", share.shareIdentifier());
      ShareRules.checkWeight(share.weightFactor());
    }
    ShareRules.checkIdentifiers(
        settings.shareDistribution().stream().map(ShareAttributes::shareIdentifier).toList());
    return settings;
  }

  private static FairShare fairShare(FairsharePolicy settings) {
    return new FairShare(
        orZero(settings.shareDecaySeconds()),
        orZero(settings.computeReservation()),
        settings.shareDistribution().stream().map(PolicyOperations::weight).toList());
  }

  private static FairShare.Weight weight(ShareAttributes share) {
    Float factor = share.weightFactor();
    // A float's text is the number that the caller wrote.
    return new FairShare.Weight(
        share.shareIdentifier(), factor == null ? 1 : Double.parseDouble(factor.toString()));
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private static String document(FairsharePolicy settings) {
    return WireJson.write(SchedulingPolicyDetail.builder().fairsharePolicy(settings).build());
  }
}

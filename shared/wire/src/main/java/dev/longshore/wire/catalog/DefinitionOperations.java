package dev.longshore.wire.catalog;

import dev.longshore.core.model.DefinitionId;
import dev.longshore.core.model.JobDefinition;
import dev.longshore.core.usecase.catalog.Definitions;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.JobRoles;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.DeregisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.DeregisterJobDefinitionResponse;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsResponse;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionResponse;

/** Job definitions ({@code batch-semantics} 2.5 to 2.7). */
final class DefinitionOperations {
  private final Definitions definitions;
  private final JobRoles roles;

  DefinitionOperations(Definitions definitions, JobRoles roles) {
    this.definitions = definitions;
    this.roles = roles;
  }

  Operations operations() {
    return Operations.none()
        .with("RegisterJobDefinition", RegisterJobDefinitionRequest::builder, this::register)
        .with("DescribeJobDefinitions", DescribeJobDefinitionsRequest::builder, this::describe)
        .with("DeregisterJobDefinition", DeregisterJobDefinitionRequest::builder, this::deregister);
  }

  private RegisterJobDefinitionResponse register(
      RegisterJobDefinitionRequest request, Caller caller) {
    String name = Require.text("jobDefinitionName", request.jobDefinitionName());
    DefinitionChecks.check(request);
    DefinedRoles.of(request, caller).forEach(role -> roles.checkRegistration(caller.arn(), role));
    definitions.checkNeeds(Needs.requested(request.consumableResourceProperties()));
    definitions.checkNeeds(NodeChecks.needs(request.nodeProperties()));
    DefinitionId id =
        definitions.register(name, DefinitionDocuments.write(request), request.tags());
    return RegisterJobDefinitionResponse.builder()
        .jobDefinitionName(name)
        .jobDefinitionArn(caller.arns().definition(id))
        .revision(id.revision())
        .build();
  }

  private DescribeJobDefinitionsResponse describe(
      DescribeJobDefinitionsRequest request, Caller caller) {
    Boolean active = active(request.status());
    DescribeJobDefinitionsResponse.Builder response = DescribeJobDefinitionsResponse.builder();
    if (!request.jobDefinitions().isEmpty()) {
      List<JobDefinition> named =
          named(request.jobDefinitions()).stream()
              .filter(each -> active == null || active == each.active())
              .toList();
      return response.jobDefinitions(details(named, caller.arns())).build();
    }
    String name = name(request.jobDefinitionName());
    String query = "DescribeJobDefinitions %s %s".formatted(name, active);
    Definitions.Page page =
        definitions.list(
            name,
            active,
            position(query, request.nextToken()),
            Listing.limit(request.maxResults()));
    DefinitionId next = page.next();
    return response
        .jobDefinitions(details(page.definitions(), caller.arns()))
        .nextToken(next == null ? null : PageToken.of(query, next.toString()))
        .build();
  }

  private DeregisterJobDefinitionResponse deregister(
      DeregisterJobDefinitionRequest request, Caller caller) {
    String given = Require.text("jobDefinition", request.jobDefinition());
    DefinitionId id =
        Refs.revision(given)
            .orElseThrow(() ->
                new ClientFault(
                    "jobDefinition %s must be name:revision or an ARN with a revision."
                        .formatted(given)));
    definitions.deregister(id, caller.arns().definition(id));
    return DeregisterJobDefinitionResponse.builder().build();
  }

  /** Each once, in the order asked for; unknown ones are left out. */
  private List<JobDefinition> named(List<String> namesOrArns) {
    Refs.checkCount("jobDefinitions", namesOrArns);
    return namesOrArns.stream()
        .map(Refs::revision)
        .flatMap(Optional::stream)
        .distinct()
        .map(definitions::find)
        .flatMap(Optional::stream)
        .toList();
  }

  private static @Nullable Boolean active(@Nullable String status) {
    if (status == null) {
      return null;
    }
    String known = status.toUpperCase(Locale.ROOT);
    Require.that(
        known.equals("ACTIVE") || known.equals("INACTIVE"), "status must be ACTIVE or INACTIVE.");
    return known.equals("ACTIVE");
  }

  private static @Nullable String name(@Nullable String nameOrArn) {
    return nameOrArn == null
        ? null
        : Refs.name(Arns.Kind.JOB_DEFINITION, "jobDefinitionName", nameOrArn);
  }

  private static @Nullable DefinitionId position(String query, @Nullable String token) {
    return token == null
        ? null
        : Refs.revision(PageToken.position(query, token))
            .orElseThrow(() -> new ClientFault(PageToken.INVALID));
  }

  private static List<software.amazon.awssdk.services.batch.model.JobDefinition> details(
      List<JobDefinition> definitions, Arns arns) {
    return definitions.stream().map(each -> DefinitionDetails.of(each, arns)).toList();
  }
}

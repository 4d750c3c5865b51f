package dev.longshore.wire.catalog;

import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.ConsumableResource.Kind;
import dev.longshore.core.usecase.catalog.Consumables;
import dev.longshore.core.usecase.catalog.Consumables.Operation;
import dev.longshore.core.validation.ClientFault;
import dev.longshore.core.validation.Require;
import dev.longshore.wire.Arns;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Operations;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ConsumableResourceSummary;
import software.amazon.awssdk.services.batch.model.CreateConsumableResourceRequest;
import software.amazon.awssdk.services.batch.model.CreateConsumableResourceResponse;
import software.amazon.awssdk.services.batch.model.DeleteConsumableResourceRequest;
import software.amazon.awssdk.services.batch.model.DeleteConsumableResourceResponse;
import software.amazon.awssdk.services.batch.model.DescribeConsumableResourceRequest;
import software.amazon.awssdk.services.batch.model.DescribeConsumableResourceResponse;
import software.amazon.awssdk.services.batch.model.KeyValuesPair;
import software.amazon.awssdk.services.batch.model.ListConsumableResourcesRequest;
import software.amazon.awssdk.services.batch.model.ListConsumableResourcesResponse;
import software.amazon.awssdk.services.batch.model.UpdateConsumableResourceRequest;
import software.amazon.awssdk.services.batch.model.UpdateConsumableResourceResponse;

/** Consumable resources ({@code batch-semantics} 2.13). */
public final class ConsumableOperations {
  private static final String MEMBER = "consumableResource";
  private static final String BY_NAME = "CONSUMABLE_RESOURCE_NAME";

  private final Consumables consumables;

  public ConsumableOperations(Consumables consumables) {
    this.consumables = consumables;
  }

  /** All but the listing of jobs. */
  public Operations operations() {
    return Operations.none()
        .with("CreateConsumableResource", CreateConsumableResourceRequest::builder, this::create)
        .with(
            "DescribeConsumableResource",
            DescribeConsumableResourceRequest::builder,
            this::describe)
        .with("ListConsumableResources", ListConsumableResourcesRequest::builder, this::list)
        .with("UpdateConsumableResource", UpdateConsumableResourceRequest::builder, this::update)
        .with("DeleteConsumableResource", DeleteConsumableResourceRequest::builder, this::delete);
  }

  private CreateConsumableResourceResponse create(
      CreateConsumableResourceRequest request, Caller caller) {
    String name = Require.text("consumableResourceName", request.consumableResourceName());
    Long total = request.totalQuantity();
    consumables.create(
        name, kind(request.resourceType()), total == null ? 0 : total, request.tags());
    return CreateConsumableResourceResponse.builder()
        .consumableResourceName(name)
        .consumableResourceArn(arn(caller, name))
        .build();
  }

  private DescribeConsumableResourceResponse describe(
      DescribeConsumableResourceRequest request, Caller caller) {
    String name = name(request.consumableResource());
    ConsumableResource found =
        consumables
            .find(name)
            .orElseThrow(() -> new ClientFault(arn(caller, name) + " does not exist"));
    return DescribeConsumableResourceResponse.builder()
        .consumableResourceName(name)
        .consumableResourceArn(arn(caller, name))
        .resourceType(found.kind().name())
        .totalQuantity(found.total())
        .inUseQuantity(found.inUse())
        .availableQuantity(found.available())
        .createdAt(found.createdAt())
        .tags(found.tags())
        .build();
  }

  private ListConsumableResourcesResponse list(
      ListConsumableResourcesRequest request, Caller caller) {
    Predicate<String> wanted = filter(request.filters());
    Listing<ConsumableResource> page =
        Listing.of(
            consumables.all().stream().filter(each -> wanted.test(each.name())).toList(),
            ConsumableResource::name,
            "ListConsumableResources " + request.filters(),
            request.maxResults(),
            request.nextToken());
    return ListConsumableResourcesResponse.builder()
        .consumableResources(page.entries().stream().map(each -> summary(each, caller)).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static ConsumableResourceSummary summary(ConsumableResource resource, Caller caller) {
    return ConsumableResourceSummary.builder()
        .consumableResourceName(resource.name())
        .consumableResourceArn(arn(caller, resource.name()))
        .resourceType(resource.kind().name())
        .totalQuantity(resource.total())
        .inUseQuantity(resource.inUse())
        .build();
  }

  private UpdateConsumableResourceResponse update(
      UpdateConsumableResourceRequest request, Caller caller) {
    String name = name(request.consumableResource());
    Long quantity = Require.present("quantity", request.quantity());
    ConsumableResource after =
        consumables.update(
            name,
            arn(caller, name),
            operation(request.operation()),
            quantity,
            request.clientToken());
    return UpdateConsumableResourceResponse.builder()
        .consumableResourceName(name)
        .consumableResourceArn(arn(caller, name))
        .totalQuantity(after.total())
        .build();
  }

  private DeleteConsumableResourceResponse delete(
      DeleteConsumableResourceRequest request, Caller caller) {
    String name = name(request.consumableResource());
    consumables.delete(name, arn(caller, name));
    return DeleteConsumableResourceResponse.builder().build();
  }

  private static String name(@Nullable String nameOrArn) {
    return Refs.name(Arns.Kind.CONSUMABLE_RESOURCE, MEMBER, nameOrArn);
  }

  private static String arn(Caller caller, String name) {
    return caller.arns().consumable(name);
  }

  private static Kind kind(@Nullable String type) {
    return switch (type == null ? "" : type.toUpperCase(Locale.ROOT)) {
      case "", "REPLENISHABLE" -> Kind.REPLENISHABLE;
      case "NON_REPLENISHABLE" -> Kind.NON_REPLENISHABLE;
      default -> throw new ClientFault("resourceType must be REPLENISHABLE or NON_REPLENISHABLE.");
    };
  }

  private static Operation operation(@Nullable String operation) {
    return switch (Require.text("operation", operation).toUpperCase(Locale.ROOT)) {
      case "SET" -> Operation.SET;
      case "ADD" -> Operation.ADD;
      case "REMOVE" -> Operation.REMOVE;
      default -> throw new ClientFault("operation must be SET, ADD or REMOVE.");
    };
  }

  /** In any case; a trailing asterisk stands for any end. Several values: any of them. */
  private static Predicate<String> filter(List<KeyValuesPair> filters) {
    Predicate<String> all = _ -> true;
    for (KeyValuesPair filter : filters) {
      Require.that(BY_NAME.equals(filter.name()), "filters.name must be " + BY_NAME + ".");
      Require.that(!filter.values().isEmpty(), "filters.values must have at least one entry.");
      List<String> values =
          filter.values().stream().map(value -> value.toLowerCase(Locale.ROOT)).toList();
      all =
          all.and(name ->
              values.stream().anyMatch(value -> isLike(name.toLowerCase(Locale.ROOT), value)));
    }
    return all;
  }

  private static boolean isLike(String name, String pattern) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}

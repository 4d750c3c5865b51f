package dev.longshore.wire.http;

import dev.longshore.wire.codec.WireJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Who serves which operation. Immutable: each {@code with} gives a new one. */
public final class Operations {
  private final Map<String, Served> byName;

  private Operations(Map<String, Served> byName) {
    this.byName = byName;
  }

  /** From a decoded request to the answer's JSON. */
  interface Served {
    byte[] answer(Arguments arguments, Caller caller);
  }

  /** Nothing is served. */
  public static Operations none() {
    return new Operations(Map.of());
  }

  /**
   * These and one more, such as {@code with("SubmitJob", SubmitJobRequest::builder, submit)}.
   *
   * @param name the operation's name in the model
   * @param request makes an empty request
   * @throws IllegalArgumentException when the API has no such operation, or it is served already
   */
  public <B extends SdkBuilder<B, I> & SdkPojo, I extends SdkPojo, O extends SdkPojo>
      Operations with(String name, Supplier<B> request, Operation<I, O> operation) {
    return with(
        name,
        (arguments, caller) -> {
          B builder = request.get();
          arguments.fill(builder);
          return WireJson.bytes(operation.call(builder.build(), caller));
        });
  }

  /**
   * These and one that the SDK's model does not have: it reads and writes JSON itself.
   *
   * @param operation from the request's body to the answer's
   */
  public Operations withJson(String name, UnaryOperator<byte[]> operation) {
    return with(name, (arguments, _) -> operation.apply(arguments.body()));
  }

  /** These and those. */
  public Operations and(Operations others) {
    Operations all = this;
    for (Map.Entry<String, Served> entry : others.byName.entrySet()) {
      all = all.with(entry.getKey(), entry.getValue());
    }
    return all;
  }

  /** These and one that answers without the SDK's model. */
  Operations with(String name, Served served) {
    if (!Routes.isKnown(name)) {
      throw new IllegalArgumentException("the API has no operation " + name);
    }
    Map<String, Served> all = new HashMap<>(byName);
    if (all.put(name, served) != null) {
      throw new IllegalArgumentException(name + " is served already");
    }
    return new Operations(all);
  }

  /** Who serves this operation, if anybody does. */
  Optional<Served> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}

package dev.longshore.wire.http;

import software.amazon.awssdk.core.SdkPojo;

/**
 * One operation of the API.
 *
 * @param <I> its request in the SDK's model
 * @param <O> its response in the SDK's model
 */
@FunctionalInterface
public interface Operation<I extends SdkPojo, O extends SdkPojo> {
  /**
   * Does it.
   *
   * @throws dev.longshore.core.validation.ClientFault when the request is wrong; nothing was
   *     changed
   */
  O call(I request, Caller caller);
}

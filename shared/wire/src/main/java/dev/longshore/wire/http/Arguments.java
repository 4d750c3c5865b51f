package dev.longshore.wire.http;

import dev.longshore.wire.codec.WireJson;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What a call brings for its operation.
 *
 * @param path members from the path, decoded
 * @param query members from the query, decoded
 * @param body JSON
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Arguments(Map<String, String> path, Map<String, List<String>> query, byte[] body) {

  /** Sets all members of a request, wherever they travel. */
  void fill(SdkPojo builder) {
    WireJson.fill(body, builder);
    for (SdkField<?> field : builder.sdkFields()) {
      switch (field.location()) {
        case PATH, GREEDY_PATH -> field.set(builder, path.get(field.locationName()));
        case QUERY_PARAM -> field.set(builder, query.get(field.locationName()));
        case PAYLOAD, HEADER, STATUS_CODE -> {}
      }
    }
  }
}

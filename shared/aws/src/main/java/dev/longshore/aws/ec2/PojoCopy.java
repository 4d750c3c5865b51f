package dev.longshore.aws.ec2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Copies what EC2 answers into what it is asked with: the two have classes of their own, whose
 * members are called alike.
 */
final class PojoCopy {
  private PojoCopy() {}

  /** Sets the members of {@code target}, a builder, that {@code source} has under the same name. */
  static void copy(SdkPojo source, SdkPojo target) {
    Map<String, SdkField<?>> from = new HashMap<>();
    source.sdkFields().forEach(field -> from.put(field.memberName(), field));
    for (SdkField<?> field : target.sdkFields()) {
      SdkField<?> same = from.get(field.memberName());
      Object value = same == null ? null : same.getValueOrDefault(source);
      if (value != null && !isAbsent(value)) {
        field.set(target, converted(value, field));
      }
    }
  }

  /** An absent list comes as an empty one; setting it would say something else. */
  private static boolean isAbsent(Object value) {
    return value instanceof List<?> list && list.isEmpty();
  }

  private static Object converted(Object value, SdkField<?> field) {
    if (value instanceof SdkPojo pojo) {
      SdkPojo builder = field.constructor().get();
      copy(pojo, builder);
      return ((Buildable) builder).build();
    }
    if (value instanceof List<?> list) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      List<Object> copied = new ArrayList<>();
      list.forEach(each -> copied.add(converted(each, member)));
      return copied;
    }
    return value;
  }
}

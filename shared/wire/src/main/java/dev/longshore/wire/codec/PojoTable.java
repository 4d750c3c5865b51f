package dev.longshore.wire.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** The members of one model class that travel in the body. Made once per class. */
final class PojoTable {
  private static final Map<Class<?>, PojoTable> TABLES = new ConcurrentHashMap<>();

  private final List<Member> members;
  private final Map<String, Member> byName = new HashMap<>();

  private PojoTable(List<Member> members) {
    this.members = members;
    members.forEach(member -> byName.put(member.name(), member));
  }

  /** A member: its name in JSON, how to get and set it, and what it is. */
  record Member(String name, SdkField<?> field, ValueType type) {}

  /** The table of the class of this object, a model object or a builder of one. */
  static PojoTable of(SdkPojo pojo) {
    PojoTable known = TABLES.get(pojo.getClass());
    return known != null ? known : TABLES.computeIfAbsent(pojo.getClass(), type -> of(type, pojo));
  }

  private static PojoTable of(Class<?> type, SdkPojo pojo) {
    Class<?> outer = type.getEnclosingClass();
    Class<?> model = outer != null ? outer : type;
    return new PojoTable(
        pojo.sdkFields().stream()
            .filter(field -> field.location() == MarshallLocation.PAYLOAD)
            .map(field -> new Member(field.locationName(), field, ValueType.of(model, field)))
            .toList());
  }

  List<Member> members() {
    return members;
  }

  /** The member with this name, or null when the model has none. */
  @Nullable Member find(String name) {
    return byName.get(name);
  }
}

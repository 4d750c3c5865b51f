package dev.longshore.wire.codec;

import dev.longshore.wire.codec.PojoTable.Member;
import dev.longshore.wire.codec.ValueType.Decimal;
import dev.longshore.wire.codec.ValueType.Flag;
import dev.longshore.wire.codec.ValueType.Listing;
import dev.longshore.wire.codec.ValueType.Mapping;
import dev.longshore.wire.codec.ValueType.Structure;
import dev.longshore.wire.codec.ValueType.Text;
import dev.longshore.wire.codec.ValueType.Whole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** Model objects with arbitrary contents, the same ones for the same seed. */
final class RandomPojos {
  private static final String[] TEXTS = {"", "a", "x y", "\"q\"\n\t\\", "ü€", "😀", "\u0000"};

  private final Random random;

  RandomPojos(long seed) {
    this.random = new Random(seed);
  }

  /** All requests, responses and structures of the SDK's Batch model. */
  static List<Class<?>> models() {
    URI jar =
        URI.create(
            "jar:" + SubmitJobRequest.class.getProtectionDomain().getCodeSource().getLocation());
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
        Stream<Path> entries = Files.list(files.getPath(folder()))) {
      return entries
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.endsWith(".class") && !name.contains("$"))
          .sorted()
          .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
          .filter(RandomPojos::hasBuilder)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String folder() {
    return SubmitJobRequest.class.getPackageName().replace('.', '/');
  }

  private static Class<?> load(String simpleName) {
    try {
      return Class.forName(SubmitJobRequest.class.getPackageName() + "." + simpleName);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean hasBuilder(Class<?> type) {
    return SdkPojo.class.isAssignableFrom(type)
        && !Throwable.class.isAssignableFrom(type)
        && Stream.of(type.getMethods())
            .anyMatch(m -> m.getName().equals("builder") && m.getParameterCount() == 0);
  }

  static SdkPojo builderOf(Class<?> model) {
    try {
      return (SdkPojo) model.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A model object in which about two thirds of the members are set. */
  SdkPojo next(Class<?> model) {
    return fill(builderOf(model));
  }

  private SdkPojo fill(SdkPojo builder) {
    for (Member member : PojoTable.of(builder).members()) {
      // The model makes up a client token where there is none; it would be another one each time.
      if (random.nextInt(3) > 0 || member.field().containsTrait(DefaultValueTrait.class)) {
        member.field().set(builder, value(member.type()));
      }
    }
    return (SdkPojo) ((Buildable) builder).build();
  }

  private Object value(ValueType type) {
    return switch (type) {
      case Text text -> text.names() == null ? text() : oneOf(text.names());
      case Whole whole -> whole.wide() ? (Object) random.nextLong() : (Object) random.nextInt();
      case Decimal decimal ->
          decimal.wide() ? (Object) random.nextDouble() : (Object) (float) random.nextInt(100);
      case Flag _ -> random.nextBoolean();
      case Structure structure -> fill(structure.builder().get());
      case Listing list -> {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          values.add(value(list.element()));
        }
        yield values;
      }
      case Mapping map -> {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          values.put(text() + i, value(map.value()));
        }
        yield values;
      }
    };
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)] + random.nextInt(1000);
  }

  private String oneOf(EnumNames names) {
    String[] all = names.toString().replaceAll("[\\[\\] ]", "").split(",", -1);
    return all[random.nextInt(all.length)];
  }
}

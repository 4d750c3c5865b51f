package dev.longshore.aws.prices;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.Shape;
import dev.longshore.core.port.InstanceTypes.InstanceType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Instance types as text, one a line: name, vCPUs, usable MiB, GPUs, architecture, price. About
 * 1,000 types are 16 KB when compressed.
 */
final class TypeTable {
  private static final int WORDS = 6;

  private TypeTable() {}

  static String pack(List<InstanceType> types) {
    StringBuilder text = new StringBuilder();
    for (InstanceType type : types) {
      Shape usable = type.usable();
      text.append(type.name()).append(' ').append(usable.vcpus()).append(' ');
      text.append(usable.memoryMib()).append(' ').append(usable.gpus()).append(' ');
      text.append(type.arm64() ? "arm" : "x86").append(' ').append(type.hourlyPrice()).append('\n');
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.toString().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  static List<InstanceType> unpack(String packed) {
    String text;
    try (GZIPInputStream zip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
      text = new String(zip.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<InstanceType> types = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", WORDS);
      types.add(
          new InstanceType(
              words[0],
              new Shape(
                  Integer.parseInt(words[1]),
                  Integer.parseInt(words[2]),
                  Integer.parseInt(words[3])),
              words[4].equals("arm"),
              Double.parseDouble(words[5])));
    }
    return types;
  }
}

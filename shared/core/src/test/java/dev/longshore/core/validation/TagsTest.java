package dev.longshore.core.validation;

import static dev.longshore.core.validation.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
  private static Map<String, String> tags(int first, int count) {
    Map<String, String> tags = new HashMap<>();
    for (int i = first; i < first + count; i++) {
      tags.put("key" + i, "");
    }
    return tags;
  }

  @Test
  @DisplayName("A resource has at most 50 tags, also after adding some")
  void count() {
    assertThat(Tags.check(tags(0, 50))).hasSize(50);
    refused("A resource can have at most 50 tags, not 51.", () -> Tags.check(tags(0, 51)));
    refused(
        "A resource can have at most 50 tags, not 51.",
        () -> Tags.merged(tags(0, 30), tags(30, 21)));
    assertThat(Tags.merged(tags(0, 30), tags(25, 20))).hasSize(45);
  }

  @Test
  @DisplayName("Keys have 1 to 128 characters, values up to 256")
  void lengths() {
    String value = "v".repeat(256);
    assertThat(Tags.check(Map.of("k".repeat(128), value, "K", ""))).hasSize(2);
    refused("Tag keys must have between 1 and 128 characters.", () -> Tags.check(Map.of("", "")));
    refused(
        "Tag keys must have between 1 and 128 characters.",
        () -> Tags.check(Map.of("k".repeat(129), "")));
    refused(
        "The value of tag a must have at most 256 characters.",
        () -> Tags.check(Map.of("a", value + "v")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:x", "AWS:x", "aWs:"})
  @DisplayName("The prefix aws: is reserved in any case")
  void reserved(String key) {
    refused(
        "Tag key %s is not allowed: the prefix aws: is reserved.".formatted(key),
        () -> Tags.check(Map.of(key, "1")));
  }

  @Test
  @DisplayName("Adding tags keeps the others and replaces equal keys; keys differ by case")
  void merge() {
    assertThat(Tags.merged(Map.of("a", "1", "b", "1"), Map.of("b", "2", "B", "3")))
        .isEqualTo(Map.of("a", "1", "b", "2", "B", "3"));
  }

  @Test
  @DisplayName("Removing keys ignores those that are not there")
  void remove() {
    assertThat(Tags.without(Map.of("a", "1", "b", "2"), List.of("b", "c")))
        .isEqualTo(Map.of("a", "1"));
  }

  @Test
  @DisplayName("Adding or removing nothing is refused")
  void nothing() {
    refused("tags must have at least one entry.", () -> Tags.merged(Map.of(), Map.of()));
    refused("tagKeys must have between 1 and 50 entries.", () -> Tags.without(Map.of(), List.of()));
  }
}

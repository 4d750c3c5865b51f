package dev.longshore.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ShareBook;
import dev.longshore.core.model.ShareBook.Share;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShareCodecTest {
  private static final long NOW = 1_772_323_200_000L;

  @Test
  @DisplayName("A book that says not when priorities were noted has them noted with their share")
  void readsOldBooks() {
    Item share =
        new Item()
            .put(Attr.NAME, "a")
            .putNumbers("p", List.of(0, 7))
            .put("r", "1.5")
            .put("h", 2)
            .put(Attr.CREATED_AT, NOW);
    Item stored =
        ItemKey.shares("q")
            .item()
            .put(Attr.VERSION, 3)
            .put(Attr.CREATED_AT, NOW + 5)
            .putMaps("s", List.of(share));
    assertThat(ShareCodec.read("q", stored))
        .isEqualTo(
            new ShareBook(
                "q", List.of(new Share("a", Map.of(0, NOW, 7, NOW), 1.5, 2, NOW)), NOW + 5, 3));
  }

  @Test
  @DisplayName("When a priority was noted is kept in seconds, never earlier than it was")
  void roundsUp() {
    Share share = new Share("a", Map.of(0, NOW + 1, 7, NOW), 0, 0, NOW);
    Item stored = ShareCodec.write(new ShareBook("q", List.of(share), NOW, 1));
    assertThat(ShareCodec.read("q", stored).shares().getFirst().priorities())
        .isEqualTo(Map.of(0, NOW + 1_000, 7, NOW));
  }
}

package dev.longshore.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ChildState;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.StopRequest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageCodecTest {
  private static final JobId ID = JobId.of("8f7a0c1e-52d3-4b6f-9e0a-1b2c3d4e5f60");

  private static ArrayPage pageWithReasons(int length) {
    Map<Integer, StopRequest> stops = new HashMap<>();
    for (int index = 0; index < ArrayPage.SIZE; index++) {
      String reason = index + "é".repeat(length);
      stops.put(index, new StopRequest(StopRequest.Kind.CANCEL, reason, index));
    }
    ArrayPage page = ArrayPage.unwritten(ID, 0, ArrayPage.SIZE, ChildState.STOPPED_UNSTARTED);
    return new ArrayPage(ID, 0, page.states(), stops, null, 1);
  }

  @Test
  @DisplayName("A page is half a byte a child")
  void isSmall() {
    ArrayPage page = ArrayPage.unwritten(ID, 9, 10_000, ChildState.RUNNABLE);
    assertThat(ItemSize.of(PageCodec.write(page).attributes())).isLessThan(600);
  }

  @Test
  @DisplayName("A thousand different short reasons are kept whole")
  void keepsReasons() {
    ArrayPage page = pageWithReasons(20);
    assertThat(PageCodec.read(ID, 0, PageCodec.write(page))).isEqualTo(page);
  }

  @Test
  @DisplayName("A thousand different long reasons are cut so that the item can be stored")
  void cutsReasons() {
    Item item = PageCodec.write(pageWithReasons(1_000));
    assertThat(ItemSize.of(item.attributes())).isLessThan(400_000);
    ArrayPage read = PageCodec.read(ID, 0, item);
    assertThat(read.stops()).hasSize(1_000);
    assertThat(read.stops().get(7)).satisfies(stop -> assertThat(stop.reason()).startsWith("7é"));
  }
}

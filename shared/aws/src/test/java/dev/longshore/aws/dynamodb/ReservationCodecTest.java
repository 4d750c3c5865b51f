package dev.longshore.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.JobId;
import dev.longshore.core.model.JobKey;
import dev.longshore.core.model.JobKey.Member;
import dev.longshore.core.model.Reservation;
import dev.longshore.core.model.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservationCodecTest {
  private static final JobId JOB = JobId.of("8f7a0c1e-52d3-4b6f-9e0a-1b2c3d4e5f60");
  private static final List<Member> MEMBERS = List.of(Member.WHOLE, Member.CHILD, Member.NODE);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("Any reservation survives its 36 bytes, or 40 when a share pays for it")
  void roundTrip(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      Reservation reservation = reservation(random);
      byte[] bytes = ReservationCodec.write(reservation);
      assertThat(bytes).hasSize(reservation.payer() == 0 ? 36 : 40);
      assertThat(ReservationCodec.read(bytes)).isEqualTo(reservation);
    }
  }

  private static Reservation reservation(SplittableRandom random) {
    JobId job = new JobId(new UUID(random.nextLong(), random.nextLong()));
    Member member = MEMBERS.get(random.nextInt(MEMBERS.size()));
    JobKey key = new JobKey(job, member, random.nextInt(65_536));
    return new Reservation(
        new AttemptKey(key, random.nextInt(256), random.nextInt(65_536)),
        new Shape(random.nextInt(65_536), random.nextInt(Integer.MAX_VALUE), random.nextInt(256)),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(1 << 24),
        random.nextBoolean() ? 0 : random.nextInt());
  }

  @Test
  @DisplayName("A timeout of more than thirty years is kept as a lower bound")
  void longTimeouts() {
    AttemptKey key = new AttemptKey(JobKey.whole(JOB), 1, 0);
    Reservation century = new Reservation(key, Shape.NONE, 1, Integer.MAX_VALUE / 60);
    assertThat(ReservationCodec.read(ReservationCodec.write(century)).timeoutMinutes())
        .isEqualTo((1 << 24) - 1);
  }

  @Test
  @DisplayName("What does not fit is refused, not cut")
  void refusesWhatDoesNotFit() {
    AttemptKey key = new AttemptKey(JobKey.whole(JOB), 256, 0);
    Reservation reservation = new Reservation(key, Shape.NONE, 1, 0);
    assertThatThrownBy(() -> ReservationCodec.write(reservation))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

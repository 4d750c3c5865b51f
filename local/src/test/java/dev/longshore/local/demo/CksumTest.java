package dev.longshore.local.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CksumTest {
  /** The figures are those that {@code printf TEXT | cksum} prints. */
  @ParameterizedTest
  @CsvSource({"'', 4294967295", "123456789, 930766865", "hello, 3287646509"})
  void isTheChecksumOfTheTool(String text, long checksum) {
    byte[] bytes = text.getBytes(US_ASCII);
    Cksum cksum = new Cksum();
    cksum.update(bytes, bytes.length);
    assertThat(cksum.value()).isEqualTo(checksum);
  }
}

package dev.longshore.local.demo;

/** The checksum of {@code cksum} as POSIX defines it: a CRC of the bytes and of their number. */
final class Cksum {
  private static final int POLYNOMIAL = 0x04C11DB7;
  private static final int[] TABLE = table();

  private int crc;
  private long length;

  /** Takes in the first {@code count} bytes. */
  void update(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      add(bytes[i]);
    }
    length += count;
  }

  /** The checksum of all that was taken in. Ends the calculation. */
  long value() {
    for (long rest = length; rest != 0; rest >>>= 8) {
      add((byte) rest);
    }
    return Integer.toUnsignedLong(~crc);
  }

  private void add(byte next) {
    crc = (crc << 8) ^ TABLE[((crc >>> 24) ^ next) & 0xff];
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
      }
      table[i] = crc;
    }
    return table;
  }
}

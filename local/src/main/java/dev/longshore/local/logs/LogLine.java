package dev.longshore.local.logs;

/**
 * A line of a log stream.
 *
 * @param start offset of its first byte
 * @param end offset after its last byte, line feed included
 * @param time epoch ms at which it was seen complete, which is up to {@link LogStore#TICK} after it
 *     was written
 * @param text without the line feed
 */
public record LogLine(long start, long end, long time, String text) {}

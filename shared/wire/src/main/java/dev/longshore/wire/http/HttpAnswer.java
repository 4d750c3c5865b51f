package dev.longshore.wire.http;

import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status HTTP status
 * @param headers by name
 * @param body JSON in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {}

package dev.longshore.wire.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.longshore.core.validation.ClientFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The JSON of the Batch protocol, generic over the SDK's model classes: whatever member the model
 * has exists here. Absent members are left out; integers are JSON integers; enumerations are read
 * in any case and come out as the model writes them ({@code batch-semantics} 1.1). Members that
 * travel in path or query are no part of it.
 */
public final class WireJson {
  private static final int MAX_DEPTH = 100;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private WireJson() {}

  /** A model object as JSON text. */
  public static String write(SdkPojo pojo) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator((Writer) text)) {
      PojoWriter.write(pojo, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** A model object as JSON in UTF-8. */
  public static byte[] bytes(SdkPojo pojo) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      PojoWriter.write(pojo, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a model object, such as {@code read(text, SubmitJobRequest.builder())}.
   *
   * @throws ClientFault when it is no JSON object, or a member has the wrong type
   */
  public static <B extends SdkBuilder<B, T> & SdkPojo, T> T read(String text, B builder) {
    try (JsonParser json = JSON.createParser(text)) {
      fill(json, builder);
    } catch (IOException e) {
      throw malformed(e);
    }
    return builder.build();
  }

  /**
   * Sets the members of a builder from a request's body; an empty body is {@code {}}.
   *
   * @throws ClientFault when it is no JSON object, or a member has the wrong type
   */
  public static void fill(byte[] body, SdkPojo builder) {
    try (JsonParser json = JSON.createParser(body)) {
      fill(json, builder);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private static void fill(JsonParser json, SdkPojo builder) throws IOException {
    JsonToken first = json.nextToken();
    if (first == null) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw new ClientFault("The request body must be a JSON object.");
    }
    new PojoReader(json).read(builder);
    if (json.nextToken() != null) {
      throw new ClientFault("The request body must be one JSON object with nothing after it.");
    }
  }

  /** The parser's own texts name its classes; the place is what a caller needs. */
  private static ClientFault malformed(IOException e) {
    JsonLocation at = e instanceof JsonProcessingException json ? json.getLocation() : null;
    return new ClientFault(
        at == null
            ? "The request body is not valid JSON."
            : "The request body is not valid JSON (line %d, column %d)."
                .formatted(at.getLineNr(), at.getColumnNr()));
  }
}

package dev.longshore.functions;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import dev.longshore.aws.stream.AttributeView;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes as Lambda delivers them. */
final class LambdaAttributes implements AttributeView<AttributeValue> {
  @Override
  public @Nullable String text(AttributeValue value) {
    return value.getS();
  }

  @Override
  public @Nullable String number(AttributeValue value) {
    return value.getN();
  }

  @Override
  public @Nullable Boolean flag(AttributeValue value) {
    return value.getBOOL();
  }

  @Override
  public @Nullable ByteBuffer bytes(AttributeValue value) {
    return value.getB();
  }

  @Override
  public @Nullable List<ByteBuffer> bytesSet(AttributeValue value) {
    return value.getBS();
  }

  @Override
  public @Nullable List<AttributeValue> list(AttributeValue value) {
    return value.getL();
  }

  @Override
  public @Nullable Map<String, AttributeValue> map(AttributeValue value) {
    return value.getM();
  }
}

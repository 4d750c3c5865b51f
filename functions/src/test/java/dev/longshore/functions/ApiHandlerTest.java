package dev.longshore.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.IAM;
import dev.longshore.wire.http.Caller;
import dev.longshore.wire.http.Callers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests in payload format 2.0. */
class ApiHandlerTest {
  private static Caller caller(@Nullable Authorizer authorizer, String accessKey) {
    return Callers.of(
        ApiHandler.callOf(
            APIGatewayV2HTTPEvent.builder()
                .withRawPath("/v1/submitjob")
                .withRawQueryString("")
                .withHeaders(
                    Map.of(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential="
                            + accessKey
                            + "/20260101/eu-west-1/execute-api/aws4_request, Signature=0"))
                .withRequestContext(
                    RequestContext.builder()
                        .withAuthorizer(authorizer)
                        .withHttp(Http.builder().withMethod("POST").withSourceIp("::1").build())
                        .build())
                .build()));
  }

  @Test
  @DisplayName("The account is the one whose signature the gateway has checked, whatever the key")
  void signer() {
    Authorizer checked =
        Authorizer.builder().withIam(IAM.builder().withAccountId("123456789012").build()).build();
    assertThat(caller(checked, "000000000001").account()).isEqualTo("123456789012");
    assertThat(caller(checked, "000000000001").region()).isEqualTo("eu-west-1");
  }

  @Test
  @DisplayName("The gateway's word for who signed is the caller's ARN; without it there is none")
  void arn() {
    String session = "arn:aws:sts::123456789012:assumed-role/pipeline/run-1";
    IAM signer = IAM.builder().withAccountId("123456789012").withUserArn(session).build();
    assertThat(caller(Authorizer.builder().withIam(signer).build(), "AKIA").arn())
        .isEqualTo(session);
    assertThat(caller(Authorizer.builder().build(), "AKIA").arn()).isEmpty();
    assertThat(caller(null, "AKIA").arn()).isEmpty();
  }

  @Test
  @DisplayName("Where no gateway checks, the key names the account as local emulators have it")
  void unchecked() {
    assertThat(caller(null, "000000000001").account()).isEqualTo("000000000001");
  }
}

package dev.holdfast.alibaba;

import static dev.holdfast.alibaba.SeedRow.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcErrorsTest {
    private static final String DENIED =
            "\"AccessDeniedDetail\":{\"AuthAction\":\"slb:CreateLoadBalancer\",\"AuthResource\":\"acs:slb:*:1:*\","
                    + "\"AuthPrincipalDisplayName\":\"ops\",\"EncodedDiagnosticMessage\":\"AQEAAAAA\","
                    + "\"NoPermissionType\":\"ImplicitDeny\",\"PolicyType\":\"AccountLevelIdentityBasedPolicy\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Code\":\"SystemBusy\",\"Message\":\"The system is busy.\"}",
                "\uFEFF  {\"Message\":\"The system is busy.\",\"Code\":\"SystemBusy\",\"HttpStatus\":449}",
                "{\"code\":\"SystemBusy\",\"message\":\"The system is busy.\",\"requestid\":\"1\"}",
                "{\"errorCode\":\"SystemBusy\",\"errorMessage\":\"The system is busy.\"}",
                "{\"ErrorCode\":\"SystemBusy\",\"ErrorMessage\":\"The system is busy.\"}",
                "{\"Error\":{\"Code\":\"SystemBusy\",\"Message\":\"The system is busy.\"},\"RequestId\":\"1\"}",
                "<Error><Code>SystemBusy</Code><Message>The system is busy.</Message></Error>",
                "<?xml version=\"1.0\"?><KMS><HttpStatus>449</HttpStatus><Code>SystemBusy</Code><Message>The system is busy.</Message></KMS>",
                "<Response><Error><Code>SystemBusy</Code><Message>The system is busy.</Message></Error></Response>"
            })
    void readsEveryShape(String body) {
        // The content type is wrong on purpose: only the bytes count.
        Decision decision = AlibabaSlb.SERVICE.decide(answer(449, "application/octet-stream", body));

        assertThat(decision.rule()).isEqualTo("alibaba/slb/system-busy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"Code\":\"\",\"Message\":\"(null)\"}",
                "{\"Code\":\"(null)\"}",
                "{\"Code\":{\"a\":1}}",
                "<html><head><title>503 Service Unavailable</title></head></html>",
                "{\"Code\":\"Unser"
            })
    void whatSaysNothingIsLeftToTheStatus(String body) {
        Decision decision = AlibabaSlb.SERVICE.decide(answer(503, "text/html", body));

        assertThat(decision.rule()).isEqualTo("alibaba/slb/status-503");
        assertThat(decision.error().code()).isNull();
    }

    @Test
    void aNumberIsACodeToo() {
        ServiceError error = RpcErrors.parse(answer(400, "application/json", "{\"Code\":-22001,\"Message\":\"busy\"}"));

        assertThat(error.code()).isEqualTo("-22001");
        assertThat(error.message()).isEqualTo("busy");
    }

    @Test
    void requestIdsStandInTheOrderOfTheirWorth() {
        ResponseView answer = answer(
                500,
                "application/json",
                "{\"HostId\":\"slb.aliyuncs.com\",\"RequestId\":\"body-id\",\"Code\":\"InternalError\"}",
                "X-Acs-Request-Id",
                "header-id");

        Decision decision = AlibabaSlb.SERVICE.decide(answer);

        assertThat(decision.error().requestIds().entrySet())
                .extracting(Object::toString)
                .containsExactly("x-acs-request-id=header-id", "RequestId=body-id", "HostId=slb.aliyuncs.com");
        assertThat(decision.error().requestId()).isEqualTo("header-id");
    }

    /** Every verdict but FAIL would be wrong: the permission has to be granted. */
    @ParameterizedTest
    @CsvSource({
        "403, Forbidden.RAM, Forbidden.RAM",
        "403, NoPermission, NoPermission",
        "401, Unauthorized, NoPermission",
        "400, InvalidAccessKeyId.NotFound, NoPermission",
        "400, InvalidIdentity, NoPermission",
        "503, ServiceUnavailable, NoPermission",
        "500, Forbidden.Whatever, NoPermission"
    })
    void accessDeniedDetailIsALackOfPermissionWhateverTheCode(int status, String code, String decided) {
        Decision decision = AlibabaSlb.SERVICE.decide(answer(
                status,
                "application/json",
                "{\"Code\":\"" + code + "\",\"Message\":\"no\"," + DENIED + "}",
                "x-acs-retry-after",
                "1000"));

        ServiceError error = decision.error();
        assertThat(decision.verdict()).isEqualTo(Verdict.fail());
        assertThat(decision.kind()).isEqualTo(ErrorKind.FORBIDDEN);
        assertThat(decision.rule().equals("alibaba/slb/no-permission")).isEqualTo(decided.equals("NoPermission"));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.target()).isEqualTo("slb:CreateLoadBalancer");
        assertThat(error.further())
                .containsExactly(new ServiceError.Further(
                        "AccessDeniedDetail", "ImplicitDeny, AccountLevelIdentityBasedPolicy", "acs:slb:*:1:*"));
        assertThat(error.toString()).doesNotContain("AQEAAAAA", "ops");
    }

    @Test
    void accessDeniedDetailMayBeJsonInAString() {
        Decision decision = AlibabaSlb.SERVICE.decide(answer(
                401,
                "application/json",
                "{\"code\":\"Oops\",\"accessDeniedDetail\":\"{\\\"AuthAction\\\":\\\"slb:X\\\"}\"}"));

        assertThat(decision.verdict()).isEqualTo(Verdict.fail());
        assertThat(decision.error().target()).isEqualTo("slb:X");
    }

    @ParameterizedTest
    @CsvSource({
        "400, WhoKnows, Throttling",
        "403, Forbidden.RAM, Throttling",
        "500, InternalError, Throttling",
        "400, Throttling.User, Throttling.User",
        "429, Rejected.Throttling, Rejected.Throttling",
        "503, '', Throttling"
    })
    void retryAfterInMillisecondsIsAThrottleWhateverTheCode(int status, String code, String decided) {
        String body = code.isEmpty() ? "" : "{\"Code\":\"" + code + "\",\"Message\":\"m\"}";

        Decision decision =
                AlibabaSlb.SERVICE.decide(answer(status, "application/json", body, "X-Acs-Retry-After", " 1500 "));

        assertThat(decision.verdict()).isEqualTo(Verdict.retry(Pace.THROTTLE, Duration.ofMillis(1500)));
        assertThat(decision.kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(decision.rule().equals("alibaba/slb/throttling")).isEqualTo(decided.equals("Throttling"));
        assertThat(decision.error().code()).isEqualTo(code.isEmpty() ? null : code);
        assertThat(decision.error().further()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "1.5", "soon", "", "12s"})
    void aRetryAfterThatIsNoPositiveNumberIsNotThere(String value) {
        Decision decision = AlibabaSlb.SERVICE.decide(
                answer(400, "application/json", "{\"Code\":\"WhoKnows\"}", "x-acs-retry-after", value));

        assertThat(decision.rule()).isEqualTo("alibaba/slb/status-4xx");
        assertThat(decision.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Specified signature is not matched with our calculation. server string to sign is:GET&%2F&AccessKeyId%3DLTAIabcdefgh1234%26SecurityToken%3DCAISxyz",
                "Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\nLTAIabcdefgh1234] server CanonicalRequest is [GET CAISxyz]",
                "GET&%2F&AccessKeyId%3DLTAIabcdefgh1234%26SecurityToken%3DCAISxyz",
                "Specified access key LTAIabcdefgh1234 is not found.",
                "Bad request /?AccessKeyId=LTAIabcdefgh1234&SecurityToken=CAISxyz&Action=X",
                "The token CAISxyzCAISxyzCAISxyzCAISxyzCAISxyzCAISxyzCAISxyzCAISxyzCAISxyzCAISxyz is bad"
            })
    void noEchoOfARequestLeavesTheParser(String message) {
        for (ResponseView answer : SeedRow.shapes(400, "SignatureDoesNotMatch", message)) {
            Decision decision = AlibabaSlb.SERVICE.decide(answer);

            assertThat(decision.rule()).isEqualTo("alibaba/slb/signature-does-not-match");
            assertThat(decision.toString()).doesNotContain("abcdefgh1234", "CAISxyz");
        }
        assertThat(AlibabaSlb.SERVICE.decide(answer(400, "text/plain", message)).toString())
                .doesNotContain("abcdefgh1234", "CAISxyz");
    }

    @Test
    void whatIsNoEchoStays() {
        String message = "Specified signature is not matched with our calculation.";

        assertThat(SignatureEcho.cut(message + " server string to sign is:GET&"))
                .isEqualTo(message + " [string to sign withheld]");
        assertThat(SignatureEcho.cut("code: 400, SecurityToken.Expired request id: 1"))
                .isEqualTo("code: 400, SecurityToken.Expired request id: 1");
    }

    /** A proxy's 401 must not cost a credential; the gateway's own 401 may. */
    @Test
    void aPageThatRefusesIsSomebodyElses() {
        String page = "<!DOCTYPE html><html><head><title>Sign in</title></head></html>";

        assertThat(AlibabaSlb.SERVICE.decide(answer(401, "text/html", page)).rule())
                .isEqualTo("alibaba/slb/foreign-web-page");
        assertThat(AlibabaSlb.SERVICE
                        .decide(answer(401, "text/html", page, "x-acs-request-id", "1"))
                        .rule())
                .isEqualTo("alibaba/slb/status-401");
        assertThat(AlibabaSlb.SERVICE.decide(answer(502, "text/html", page)).rule())
                .isEqualTo("alibaba/slb/status-502");
    }
}

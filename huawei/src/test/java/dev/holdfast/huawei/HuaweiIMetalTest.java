package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuaweiIMetalTest {
    private static final String THROTTLED = "{\"error\":{\"code\":\"Common.0024\",\"message\":\"flow over limit\"}}";

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/p/instances, read, ALWAYS",
        "POST, /v1/p/instances, create, IF_NOT_PROCESSED",
        "POST, /v1/p/instances/batch-create, create, IF_NOT_PROCESSED",
        "POST, /v1/p/instances/batch-delete, change, IF_NOT_PROCESSED",
        "PUT, /v1/p/instances/reinstall, change, IF_NOT_PROCESSED",
        "DELETE, /v1/p/instances/i, change, IF_NOT_PROCESSED",
    })
    void operations(String method, String path, String operation, RetrySafety retrySafety) {
        var found = HuaweiBody.IMETAL.operation(RequestView.of(method, path));
        assertThat(found.id()).isEqualTo(operation);
        assertThat(found.retrySafety()).isEqualTo(retrySafety);
    }

    @ParameterizedTest
    @CsvSource({
        "302, read, fail, INTERMEDIARY",
        "400, read, fail, INVALID_REQUEST",
        "401, read, reauthenticate, UNAUTHENTICATED",
        "403, read, fail, FORBIDDEN",
        "404, read, fail, NOT_FOUND",
        "405, read, fail, UNSUPPORTED",
        "408, read, retry, UNAVAILABLE",
        "409, read, fail, CONFLICT",
        "425, read, retry, UNAVAILABLE",
        "429, create, retry, THROTTLED",
        "494, read, fail, INVALID_REQUEST",
        "500, create, retry, UNAVAILABLE",
        "501, read, fail, UNSUPPORTED",
        "502, read, retry, UNAVAILABLE",
        "503, read, retry, UNAVAILABLE",
        "504, create, retry, UNAVAILABLE",
        "505, read, fail, UNSUPPORTED",
        "599, read, retry, UNAVAILABLE",
    })
    void statusDefaults(int status, String operation, String verdict, ErrorKind kind) {
        for (String body : new String[] {"", "{}", "<html><title>x</title></html>", "Something happened"}) {
            Decision decision = HuaweiBody.IMETAL.decide(
                    HuaweiBody.json(status, body, "X-Request-Id", "1"), HuaweiBody.IMETAL_REQUESTS.get(operation));
            assertThat(decision.verdict().id()).isEqualTo(verdict);
            assertThat(decision.kind()).isEqualTo(kind);
        }
    }

    /** A login page must not cost a credential; the gateway names the request in whatever it sends. */
    @Test
    void aPageThatRefusesIsSomebodyElses() {
        Decision decision = HuaweiBody.IMETAL.decide(HuaweiBody.json(401, "<html><title>Sign in</title></html>"));
        assertThat(decision.rule()).isEqualTo("huawei/imetal/foreign-web-page");
        assertThat(decision.kind()).isEqualTo(ErrorKind.INTERMEDIARY);
    }

    /** 401 is believed only from those who mean authentication by it. */
    @ParameterizedTest
    @CsvSource({
        "APIGW.9999, reauthenticate",
        "IAM.9999, reauthenticate",
        "Common.9999, reauthenticate",
        "iMetal.9999, reauthenticate",
        "APIC.0399, reauthenticate",
        "APIC.0901, reauthenticate",
        "APIG.0901, reauthenticate",
        "SVCSTG.00401116, fail",
        "DWS.0047, fail",
        "FSS.0401, fail",
    })
    void whoseCodeMakesA401(String code, String verdict) {
        assertThat(HuaweiBody.IMETAL
                        .decide(HuaweiBody.answer(401, code, "m"))
                        .verdict()
                        .id())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AK access failed to reach the limit,forbidden: ak|gw-0301-key-locked",
                "Incorrect IAM authentication information: calc aksk signature fail:signature expired, signature"
                        + " time:20211217T064303Z,server time:20211217T065804Z|gw-0301-signature-expired-clock",
                "Incorrect IAM authentication information: signature expired|gw-0301-signature-expired",
                "Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:GET /v1|gw-0301-wrong-signature",
                "Incorrect IAM authentication information: decrypt token fail|gw-0301-token-unreadable",
                "Incorrect IAM authentication information: Get secretKey failed,ak:x,err:ak not exist|gw-0301-key-lookup-failed",
                "Incorrect IAM authentication information: Unauthorized|gw-0301-other",
            })
    void oneCodeWithSevenCauses(String message, String row) {
        for (String code : new String[] {"APIGW.0301", "APIG.0301", "APIC.0301"}) {
            assertThat(HuaweiBody.IMETAL
                            .decide(HuaweiBody.answer(401, code, message))
                            .rule())
                    .isEqualTo("huawei/imetal/" + row);
        }
    }

    @ParameterizedTest
    @CsvSource({"202, create, true", "202, change, true", "202, read, false", "200, create, false"})
    void aThrottleThatCallsItselfAccepted(int status, String operation, boolean failure) {
        Decision decision = HuaweiBody.IMETAL
                .inspect(HuaweiBody.json(status, THROTTLED), HuaweiBody.IMETAL_REQUESTS.get(operation))
                .orElse(null);
        assertThat(decision != null).isEqualTo(failure);
        if (decision != null) {
            assertThat(decision.verdict()).isEqualTo(Verdict.retry(Pace.THROTTLE));
            assertThat(decision.kind()).isEqualTo(ErrorKind.THROTTLED);
            assertThat(decision.processed()).isEqualTo(Processed.NO);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"i\"}",
                "",
                "{\"instances\":[{\"error_status\":{\"error_code\":\"iMetal.0110\",\"error_msg\":\"m\"}}]}"
            })
    void anAcceptedOrderIsASuccess(String body) {
        assertThat(HuaweiBody.IMETAL.inspect(HuaweiBody.json(202, body), HuaweiBody.IMETAL_REQUESTS.get("create")))
                .isEmpty();
    }

    @Test
    void aRegionHasItsOwnHostAndNoOther() {
        assertThat(HuaweiIMetal.in("ap-southeast-3").baseUrl())
                .hasToString("https://clouddc.ap-southeast-3.myhuaweicloud.com");
        assertThat(HuaweiBody.IMETAL.hosts()).containsExactly("clouddc.cn-southwest-2.myhuaweicloud.com");
        for (String wrong : new String[] {"", "evil.com/", "CN-EAST-3", "cn east", "cn-east-3.evil"}) {
            assertThatThrownBy(() -> HuaweiIMetal.in(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theEuropeanCloudHasADomainOfItsOwn() {
        assertThat(HuaweiIMetal.in("eu-west-101").origins())
                .containsExactly("https://clouddc.eu-west-101.myhuaweicloud.eu");
    }

    @ParameterizedTest
    @CsvSource({
        "eu-de, T-Systems, otc.t-systems.com",
        "eu-nl, T-Systems, otc.t-systems.com",
        "eu-west-0, Orange, prod-cloud-ocb.orange-business.com",
        "ru-moscow-1, SberCloud, hc.sbercloud.ru",
        "ae-ad-1, G42, g42cloud.com"
    })
    void aRegionOfAnotherOperatorIsRefusedWithWhatToUse(String region, String operator, String domain) {
        assertThatThrownBy(() -> HuaweiIMetal.in(region))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("region \"" + region + "\" belongs to ")
                .hasMessageContaining(operator)
                .hasMessageContaining(".endpoint(URI)")
                .hasMessageEndingWith("https://SERVICE." + region + "." + domain);
    }

    @Test
    void presets() {
        assertThat(HuaweiIMetal.interactive("cn-east-3").build().policy().patience(Pace.STARTUP))
                .isZero();
        assertThat(HuaweiIMetal.background("cn-east-3").build().policy().deadline())
                .as("a signature lives for 15 minutes")
                .isLessThan(Duration.ofMinutes(15));
    }

    /** 504 is no promise that nothing was done, 202 with a throttle is. */
    @Test
    void anOrderIsRepeatedOnlyWhereNothingWasDone() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().code(202).body(THROTTLED).build());
            server.enqueue(new MockResponse.Builder().code(504).build());
            server.start();
            Holdfast holdfast = Holdfast.builder(HuaweiBody.IMETAL)
                    .endpoint(server.url("/").uri())
                    .backoff(Pace.THROTTLE, Backoff.fixed(Duration.ZERO))
                    .build();
            Request order = new Request.Builder()
                    .url("https://clouddc.cn-southwest-2.myhuaweicloud.com/v1/p/instances")
                    .post(RequestBody.create(new byte[] {'{', '}'}))
                    .build();
            try (Response response = HoldfastOkHttp.wrap(new OkHttpClient(), holdfast)
                    .newCall(order)
                    .execute()) {
                assertThat(response.code()).isEqualTo(504);
            }
            assertThat(server.getRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerWithoutARequestIsReadToo() {
        assertThat(HuaweiBody.IMETAL.decide(ResponseView.of(503)).isRetry()).isTrue();
    }

    /** Law 16: a throttle of one project is none of another's. */
    @Test
    void aThrottleHoldsForTheProject() {
        String project = "0123456789abcdef0123456789abcdef";
        Service service = HuaweiIMetal.in("cn-north-4");
        assertThat(service.throttleScope(RequestView.of("GET", "/v1/" + project + "/instances/1"), "p"))
                .isEqualTo(service.throttleScope(RequestView.of("POST", "/v1/" + project), "q"))
                .isEqualTo(project);
        assertThat(service.throttleScope(RequestView.of("GET", "/v1/instances"), "p"))
                .isEmpty();
    }
}

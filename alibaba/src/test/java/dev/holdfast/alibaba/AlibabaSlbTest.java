package dev.holdfast.alibaba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlibabaSlbTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /?Action=DescribeLoadBalancers&RegionId=x, read, ALWAYS",
        "POST, /?Format=JSON&Action=ListTagResources, read, ALWAYS",
        "POST, /?Action=QueryX&ClientToken=t, read, ALWAYS",
        "GET, /?Action=CreateLoadBalancer, write, IF_NOT_PROCESSED",
        "GET, /?Action=CreateLoadBalancer&ClientToken=, write, IF_NOT_PROCESSED",
        "POST, /?Action=CreateLoadBalancer&ClientToken=5f1, write-with-token, ALWAYS",
        "POST, /?Action=DeleteLoadBalancerDescribeX, write, IF_NOT_PROCESSED",
        "GET, /, write, IF_NOT_PROCESSED"
    })
    void requestsAreSortedByAction(String method, String url, String id, RetrySafety retrySafety) {
        Operation operation = AlibabaSlb.SERVICE.operation(RequestView.of(method, url));

        assertThat(operation.id()).isEqualTo(id);
        assertThat(operation.retrySafety()).isEqualTo(retrySafety);
    }

    @Test
    void theActionMayStandInAHeader() {
        RequestView request = new RequestView(
                "POST", "/", "RegionId=x", name -> name.equals("x-acs-action") ? "DescribeRegions" : null);

        assertThat(AlibabaSlb.SERVICE.operation(request).id()).isEqualTo("read");
    }

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, https://slb.eu-central-1.aliyuncs.com",
        "cn-hangzhou, https://slb.aliyuncs.com",
        "ap-southeast-1, https://slb.aliyuncs.com",
        "cn-zhangjiakou, https://slb.cn-zhangjiakou.aliyuncs.com"
    })
    void eachRegionHasItsEndpoint(String region, String url) {
        Service service = AlibabaSlb.in(region);

        assertThat(service.id()).isEqualTo("alibaba/slb");
        assertThat(service.baseUrl()).hasToString(url);
        assertThat(service.allows("slb.aliyuncs.com")).isTrue();
        assertThat(service.origins())
                .containsOnlyOnce(
                        url,
                        "https://slb.aliyuncs.com",
                        "https://slb." + region + ".aliyuncs.com",
                        "https://slb-vpc." + region + ".aliyuncs.com")
                .hasSize(3);
        assertThat(service.allows("slb.aliyuncs.com.evil.example")).isFalse();
        assertThat(service.allows("slb.me-east-1.aliyuncs.com")).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "cn-hangzhou.evil.example/", "CN-HANGZHOU", "cn", "cn-hangzhou#"})
    void whatIsNoRegionNeverBecomesAHost(String region) {
        assertThatThrownBy(() -> AlibabaSlb.in(region))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("region");
    }

    @ParameterizedTest
    @CsvSource({
        "400, fail, invalid_request", "401, reauthenticate, unauthenticated", "403, fail, forbidden",
                "404, fail, not_found",
        "407, fail, invalid_request", "408, retry, unavailable", "418, fail, invalid_request", "429, retry, throttled",
        "449, retry, unavailable", "500, retry, unavailable", "501, fail, unsupported", "502, retry, unavailable",
        "503, retry, unavailable", "504, retry, unavailable", "505, fail, unsupported", "302, fail, intermediary"
    })
    void theStatusAloneDecides(int status, String verdict, String kind) {
        Decision decision = AlibabaSlb.SERVICE.decide(ResponseView.of(status));

        assertThat(decision.verdict().id()).isEqualTo(verdict);
        assertThat(decision.kind().id()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Rejected.Throttling, retry",
        "403, Throttling.User, retry",
        "404, InvalidFoo.NotFound, fail",
        "404, InvalidAccessKeyId.NotFound, reauthenticate",
        "409, IncorrectStatus.Listener, retry",
        "400, FooIsConfiguring, retry",
        "400, FooProcessing, retry",
        "400, FooConflict, retry",
        "400, MissingFoo, fail",
        "400, InvalidParamater, fail",
        "409, Foo, fail",
        "400, SignatureNonceUsed, reauthenticate",
        "400, InvalidTimeStamp.Expired, reauthenticate",
        "400, IncompleteSignature, fail",
        "500, Foo, retry"
    })
    void codesBeyondTheDocument(int status, String code, String verdict) {
        Decision decision = AlibabaSlb.SERVICE.decide(
                SeedRow.shapes(status, code, "Something new.").get(0));

        assertThat(decision.verdict().id()).isEqualTo(verdict);
    }

    @Test
    void anExpiredTokenMayHideBehindAnInvalidParameter() {
        Decision decision = AlibabaSlb.SERVICE.decide(
                SeedRow.shapes(400, "InvalidParameter", "code: 400, SecurityToken.Expired request id: 1")
                        .get(0));

        assertThat(decision.rule()).isEqualTo("alibaba/slb/invalid-parameter-security-token-expired");
    }

    /** The bounds that the Javadoc names. */
    @Test
    void presetsWaitAsDocumented() {
        assertThat(AlibabaSlb.SERVICE.policy().backoff(Pace.TRANSIENT).range(4))
                .isEqualTo(new Backoff.Range(Duration.ofSeconds(4), Duration.ofSeconds(8)));
        assertThat(AlibabaSlb.SERVICE.policy().backoff(Pace.THROTTLE).range(4))
                .isEqualTo(new Backoff.Range(Duration.ofSeconds(10), Duration.ofSeconds(20)));
        assertThat(AlibabaSlb.background("me-east-1")
                        .build()
                        .policy()
                        .backoff(Pace.TRANSIENT)
                        .range(5))
                .isEqualTo(new Backoff.Range(Duration.ofSeconds(20), Duration.ofSeconds(40)));
        assertThat(AlibabaSlb.background("me-east-1")
                        .build()
                        .policy()
                        .backoff(Pace.THROTTLE)
                        .range(3))
                .isEqualTo(new Backoff.Range(Duration.ofSeconds(12), Duration.ofSeconds(24)));
        assertThat(AlibabaSlb.interactive("me-east-1").build().policy().deadline())
                .hasSeconds(20);
        assertThat(AlibabaSlb.SERVICE.policy().deadline())
                .isGreaterThan(AlibabaSlb.SERVICE.policy().patience(Pace.MAINTENANCE));
    }

    /** Law 16: a throttle of one API is none of another's. */
    @Test
    void aThrottleHoldsForAccountAndApi() {
        RequestView one = RequestView.of("GET", "/?Action=DescribeLoadBalancers&RegionId=a");
        String scope = AlibabaSlb.SERVICE.throttleScope(one, "p");
        assertThat(AlibabaSlb.SERVICE.throttleScope(
                        RequestView.of("GET", "/?RegionId=b&Action=DescribeLoadBalancers"), "p"))
                .isEqualTo(scope);
        assertThat(AlibabaSlb.SERVICE.throttleScope(RequestView.of("GET", "/?Action=DescribeRegions"), "p"))
                .isNotEqualTo(scope);
        assertThat(AlibabaSlb.SERVICE.throttleScope(one, "q")).isNotEqualTo(scope);
    }
}

package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the services behind the gateway mean beyond the table. None of these sentences stands in it. */
class GatewayReadingsTest {
    private static Decision decide(int status, String code, String message) {
        return HuaweiBody.IMETAL.decide(HuaweiBody.answer(status, code, message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "400|DBS.200019|words",
                "403|DBS.200019|words",
                "409|DBS.201014|words",
                "500|DBS.280036|words",
                "409|APIG.3711|words",
                "409|conflictingRequest|Cannot stop instance 7 while it is in task_state powering-off",
                "400|Unheard.0001|The volume is being attached to a server",
                "409|ELB.8904|Load Balancer 7 is immutable and cannot be updated",
                "409|null|Another operation of this cluster is in progress",
                "423|Unheard.0002|The instance is locked by another task",
                "403|null|The instance is busy",
                "400|Ecs.0999|A previous job is pending"
            })
    void aChangeThatIsRunningIsWaitedFor(int status, String code, String message) {
        Decision decision = decide(status, code, message);

        assertThat(decision.isRetry()).as("%s", decision).isTrue();
        assertThat(decision.kind()).isEqualTo(ErrorKind.CONFLICT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "409|conflictingRequest|Cannot stop instance 7 while it is in vm_state stopped|conflict",
                "409|SubnetInUse|words|conflict",
                "500|VPC.0209|words|conflict",
                "500|Unheard.0003|Remove the routes first and call again|conflict",
                "400|Ecs.0998|Try again later or contact customer service|invalid_request",
                "409|OverQuota|words|quota_exceeded",
                "409|VPC.0114|words|quota_exceeded",
                "403|overLimit|words|quota_exceeded",
                "400|Unheard.0004|The volume quota was exceeded|quota_exceeded",
                "403|Unheard.0005|The account balance is insufficient|billing",
                "401|VPC.0005|words|billing",
                "401|DWS.0047|words|unknown",
                "404|PortNotFound|words|not_found"
            })
    void whatSomebodyMustChangeFails(int status, String code, String message, String kind) {
        Decision decision = decide(status, code, message);

        assertThat(decision.verdict().id()).as("%s", decision).isEqualTo("fail");
        assertThat(decision.kind().id()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "403|APIGW.0307|words",
                "400|IAM.0066|words",
                "403|APIG.1002|words",
                "403|Unheard.0006|The security token of the request has expired",
                "400|null|the access token is no longer good, it expired at noon"
            })
    void anExpiredCredentialIsRenewedUnderAnyStatus(int status, String code, String message) {
        Decision decision = decide(status, code, message);

        assertThat(decision.verdict().id()).as("%s", decision).isEqualTo("reauthenticate");
        assertThat(decision.kind()).isEqualTo(ErrorKind.EXPIRED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "400|APIG.0308|words",
                "403|Common.1503|words",
                "413|overLimit|words",
                "400|Unheard.0007|Too many requests of this user",
                "400|null|The system is overloaded",
                "429|Unheard.0008|The quota of calls is exceeded"
            })
    void aThrottleIsOneUnderAnyStatus(int status, String code, String message) {
        Decision decision = decide(status, code, message);

        assertThat(decision.isRetry()).as("%s", decision).isTrue();
        assertThat(decision.kind()).isEqualTo(ErrorKind.THROTTLED);
    }

    @Test
    void aStatedWaitIsBelieved() {
        for (int status : new int[] {409, 423, 425}) {
            ResponseView answer = ResponseView.of(
                    status, HeaderFields.of("Retry-After", "9"), "{\"error_code\":\"X.1\",\"error_msg\":\"words\"}");
            assertThat(HuaweiBody.IMETAL.decide(answer).retryAfter())
                    .as("%d", status)
                    .contains(Duration.ofSeconds(9));
        }
        assertThat(decide(409, "X.1", "words").isRetry()).isFalse();
    }
}

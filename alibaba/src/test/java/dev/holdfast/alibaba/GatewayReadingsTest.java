package dev.holdfast.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.response.ResponseView;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway and the products behind it mean beyond the table. None of these sentences stands in it. */
class GatewayReadingsTest {
    private static Decision decide(int status, String code, String message, String... headers) {
        String said = code == null ? "" : "\"Code\":\"" + code + "\",";
        String body = "{\"RequestId\":\"4C467B38\"," + said + "\"Message\":\"" + message + "\"}";
        ResponseView answer = SeedRow.answer(status, "application/json", body, headers);
        return AlibabaSlb.SERVICE.decide(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "400|TaskConflict|The operation is too close to another one, wait a moment",
                "409|ResourceConflict|words",
                "403|IncorrectInstanceStatus|The current status of the resource does not support this operation.",
                "403|IncorrectInstanceStatus.Initializing|words",
                "400|IncorrectDiskStatus.Creating|words",
                "400|IncorrectEipState|words",
                "403|OperationDenied.InstanceCreating|words",
                "409|Vpc.Updating|words",
                "400|DiskInAttaching|words",
                "423|DependencyViolation.SLBConfiguring|words",
                "400|OperationInProgress|words",
                "400|OperationFailed.LockFailed|words",
                "400|Unheard|The instance is busy, wait for it.",
                "403|InvalidOperation.Snapshot|The disk is being attached to an instance",
                "409|null|Another operation on this listener is in progress",
                "423|Unheard|The VPC is locked by another task."
            })
    void aChangeThatIsRunningIsWaitedFor(int status, String code, String message) {
        Decision decision = decide(status, code, message);

        assertThat(decision.isRetry()).as("%s", decision).isTrue();
        assertThat(decision.kind()).isEqualTo(ErrorKind.CONFLICT);
        assertThat(decision.processed()).isEqualTo(Processed.NO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "400|InvalidCidrBlock.Conflict|words|conflict",
                "403|DeleteWithInstance.Conflict|words|conflict",
                "400|VRouterRouteConflict|words|conflict",
                "400|PrivateIpConflict|words|conflict",
                "403|OperationDenied.InstanceRunning|words|conflict",
                "403|InstanceLockedForSecurity|The instance is locked for security reasons|forbidden",
                "400|Unheard|Please retry later.|invalid_request",
                "403|OperationDenied.NoStock|words|quota_exceeded",
                "400|SecurityGroupLimitExceeded|words|quota_exceeded",
                "403|Disk.QuotaExceed|words|quota_exceeded",
                "400|Unheard|The quota of disks is exceeded|quota_exceeded",
                "403|InvalidAccountStatus.NotEnoughBalance|words|billing",
                "403|InstanceExpiredOrInArrears|words|billing",
                "400|null|Your account is in arrears.|billing",
                "404|EntityNotExist.Role|words|not_found",
                "400|DiskNotFound|words|not_found",
                "500|DependencyViolation.RouteEntry|words|conflict",
                "500|InternalError|Delete the listeners first.|conflict",
                "503|ServiceUnavailable|The group cannot be deleted, a rule uses it|conflict",
                "500|VServerGroupInUse|words|conflict"
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
                "403|SecurityTokenExpired|words|reauthenticate|expired",
                "400|AccessToken.Expired|words|reauthenticate|expired",
                "403|Unheard|The security token you sent has expired|reauthenticate|expired",
                "403|Forbidden|The specified token has expired|reauthenticate|expired",
                "400|NextToken.Expired|words|fail|invalid_request",
                "401|Unauthorized|words|reauthenticate|unauthenticated",
                "401|InvalidAccessKeyId|words|reauthenticate|unauthenticated",
                "401|null|words|reauthenticate|unauthenticated",
                "401|QuotaCheckFailed|words|fail|unknown",
                "401|Instance.NotFound|words|fail|not_found"
            })
    void aCredentialIsRenewedWhereItIsTheReason(int status, String code, String message, String verdict, String kind) {
        Decision decision = decide(status, code, message);

        assertThat(decision.verdict().id()).as("%s", decision).isEqualTo(verdict);
        assertThat(decision.kind().id()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "400|Request.TooFrequent|words",
                "403|ApiRateLimited|words",
                "400|null|Too many requests of this API were sent",
                "429|QuotaExceeded.Api|words",
                "400|Unheard|Denied by flow control"
            })
    void aThrottleIsOneUnderAnyStatus(int status, String code, String message) {
        Decision decision = decide(status, code, message);

        assertThat(decision.isRetry()).as("%s", decision).isTrue();
        assertThat(decision.kind()).isEqualTo(ErrorKind.THROTTLED);
    }

    @Test
    void aStatedWaitIsBelieved() {
        for (int status : new int[] {409, 423, 425}) {
            Decision decision = decide(status, "Unheard", "words", "Retry-After", "9");

            assertThat(decision.retryAfter()).as("%d", status).contains(Duration.ofSeconds(9));
        }
        assertThat(decide(409, "Unheard", "words").isRetry()).isFalse();
        assertThat(decide(409, "InstanceExpired", "words", "Retry-After", "9").isRetry())
                .isFalse();
    }
}

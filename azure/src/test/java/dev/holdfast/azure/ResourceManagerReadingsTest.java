package dev.holdfast.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Resource Manager and the providers behind it mean beyond the table. None of these sentences stands in it. */
class ResourceManagerReadingsTest {
    private static Decision decide(int status, String code, String message, String... headers) {
        String said = code == null ? "" : "\"code\":\"" + code + "\",";
        return AzureVmInspector.SERVICE.decide(ResponseView.of(
                status, HeaderFields.of(headers), "{\"error\":{" + said + "\"message\":\"" + message + "\"}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "409|StorageAccountOperationInProgress|An operation is currently performing on this storage account",
                "400|VmOperationInProgress|words",
                "403|AnotherOperationInProgress|words",
                "423|CanceledAndSupersededDueToAnotherOperation|words",
                "409|AttachDiskWhileBeingDetached|Cannot attach disk a to VM b",
                "409|DiskBeingUpdated|words",
                "409|OperationPreempted|words",
                "409|ServerBusy|words",
                "409|Conflict|Cannot modify this site because another operation is in progress. Details: Id: 7",
                "409|OperationNotAllowed|Operation is not allowed because there's an in progress upgrade managed cluster operation",
                "400|OperationNotAllowed|Disk d cannot be deleted while it is being attached to VM v",
                "400|Unheard|The disk d is currently being detached from VM v",
                "423|null|The resource is being updated by a different request.",
                "403|null|The vault is busy.",
                "409|Unheard|The resource is locked by another operation",
                "429|ReferencedResourceNotProvisioned|Resource s is in Updating state and the last operation is PutSubnet",
                "409|Unheard|Provisioning state is 'Updating'.",
                "409|DeploymentActive|words"
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
                "409|ScopeLocked|The scope cannot perform delete because these scopes are locked. Please remove the lock and try again.|conflict",
                "409|PropertyChangeNotAllowed|Changing property dataDisk.managedDisk.id is not allowed.|conflict",
                "409|ResourceGroupBeingDeleted|words|conflict",
                "409|OperationNotAllowed|Disk d is being used by VM v|conflict",
                "409|ReferencedResourceNotProvisioned|Resource s is in Failed state|conflict",
                "409|Unheard|Please retry the request later.|conflict",
                "400|Unheard|Fix the request and try again later.|invalid_request",
                "409|null|There is no operation in progress to cancel|conflict",
                "409|OperationNotAllowed|Operation results in exceeding approved Total Regional Cores quota.|quota_exceeded",
                "403|Unheard|The core quota would be exceeded|quota_exceeded",
                "409|SubscriptionQuotaReached|words|quota_exceeded",
                "400|PublicIPCountLimitReached|words|quota_exceeded",
                "409|ZonalAllocationFailed|words|quota_exceeded",
                "403|SubscriptionIsDisabled|words|billing",
                "403|Unheard|The account balance is insufficient|billing",
                "409|SubscriptionNotRegistered|words|not_configured",
                "409|ParentResourceNotFound|words|not_found",
                "400|InvalidResourceReference|words|not_found",
                "500|InUseSubnetCannotBeDeleted|words|conflict",
                "500|InternalServerError|The subnet cannot be deleted because a network interface uses it|conflict",
                "503|Unheard|Detach the disk first, then delete it.|conflict",
                "500|NicInUse|words|conflict"
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
                "400|ExpiredAuthenticationToken|words|reauthenticate|expired",
                "403|AccessTokenExpired|words|reauthenticate|expired",
                "403|null|The access token has meanwhile expired.|reauthenticate|expired",
                "400|Unheard|Lifetime validation failed, the token is expired.|reauthenticate|expired",
                "400|Unheard|The continuation token has expired|fail|invalid_request",
                "403|Unheard|The SAS token has expired|fail|expired",
                "401|InvalidAuthenticationTokenSignature|words|reauthenticate|unauthenticated",
                "401|Unauthorized|words|reauthenticate|unauthenticated",
                "401|null|words|reauthenticate|unauthenticated",
                "401|AuthorizationFailed|words|fail|forbidden",
                "401|ResourceNotFound|words|fail|not_found",
                "401|VaultSoftDeleted|words|fail|unknown",
                "401|null|The access token has been obtained for wrong audience or resource 'x'.|fail|unauthenticated",
                "401|InvalidAuthenticationToken|The access token has been obtained for wrong audience or resource 'x'.|fail|unauthenticated"
            })
    void aTokenIsRenewedWhereItIsTheReason(int status, String code, String message, String verdict, String kind) {
        Decision decision = decide(status, code, message);

        assertThat(decision.verdict().id()).as("%s", decision).isEqualTo(verdict);
        assertThat(decision.kind().id()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "400|RequestsThrottled|words",
                "403|null|Too many requests were sent",
                "400|ApiRateLimitExceeded|words",
                "429|ReadQuotaExceeded|words",
                "429|Unheard|The quota of calls a minute is exceeded",
                "429|OperationNotAllowed|The quota of calls is used up"
            })
    void aThrottleIsOneUnderAnyStatus(int status, String code, String message) {
        Decision decision = decide(status, code, message);

        assertThat(decision.isRetry()).as("%s", decision).isTrue();
        assertThat(decision.kind()).isEqualTo(ErrorKind.THROTTLED);
    }

    @Test
    void aStatedWaitIsBelievedButNotBesideALastingReason() {
        assertThat(decide(409, "OperationNotAllowed", "words", "Retry-After", "9")
                        .retryAfter())
                .contains(java.time.Duration.ofSeconds(9));
        assertThat(decide(423, null, "words", "Retry-After", "9").isRetry()).isTrue();
        assertThat(decide(409, "MissingSubscriptionRegistration", "words", "Retry-After", "9")
                        .isRetry())
                .isFalse();
    }
}

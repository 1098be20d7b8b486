package dev.holdfast.ibm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.ServiceError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VpcErrorsTest {
    static Stream<Arguments> shapes() {
        return Stream.of(
                arguments(
                        "VPC", 400, "{\"errors\":[{\"code\":\"a\",\"message\":\"m\"}],\"trace\":\"t\"}", "a", "m", "t"),
                arguments(
                        "errors as one object", 400, "{\"errors\":{\"code\":\"a\",\"message\":\"m\"}}", "a", "m", null),
                arguments("errors as sentences", 400, "{\"errors\":[\"m\"]}", null, "m", null),
                arguments(
                        "IAM",
                        400,
                        "{\"errorCode\":\"BXNIM0408E\",\"errorMessage\":\"m\",\"context\":{\"requestId\":\"r\"}}",
                        "BXNIM0408E",
                        "m",
                        "r"),
                arguments(
                        "IAM management",
                        404,
                        "{\"trace\":\"t\",\"errors\":[{\"code\":\"not_found\",\"message_code\":\"BXNIM0102E\",\"message\":\"m\"}]}",
                        "BXNIM0102E",
                        "m",
                        "t"),
                arguments(
                        "containers",
                        404,
                        "{\"incidentID\":\"i\",\"code\":\"G0002\",\"description\":\"m\",\"type\":\"x\"}",
                        "G0002",
                        "m",
                        "i"),
                arguments(
                        "resource controller",
                        401,
                        "{\"message\":\"m\",\"code\":401,\"global_transaction_id\":\"g\"}",
                        null,
                        "m",
                        "g"),
                arguments("gateway", 429, "{\"statusCode\":429,\"message\":\"m\"}", null, "m", null),
                arguments("error as a sentence", 500, "{\"error\":\"m\"}", null, "m", null),
                arguments("error as an object", 500, "{\"error\":{\"code\":\"a\",\"message\":\"m\"}}", "a", "m", null),
                arguments("a bare JSON string", 500, "\"m\"", null, "m", null),
                arguments("page", 502, "<html><head><title>m</title></head><body>x</body></html>", null, "m", null),
                arguments("text", 503, "m", null, "m", null),
                arguments("nothing", 503, "", null, null, null),
                arguments(
                        "cut off",
                        400,
                        "{\"errors\":[{\"code\":\"a\",\"message\":\"m\",\"target\":{\"na",
                        "a",
                        "m",
                        null),
                arguments("broken", 400, "{\"errors\":[{\"code\" \"a\"}]}", null, null, null),
                arguments("sentences alone", 400, "[\"m\"]", null, "m", null),
                arguments("numbers", 400, "{\"a\":[1,2]}", null, null, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void readsEachShape(String name, int status, String body, String code, String message, String id) {
        ServiceError error = VpcErrors.parse(VpcBody.json(status, body));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.requestId()).isEqualTo(id);
    }

    @Test
    void allRequestIdsInOneOrderedMap() {
        Decision decision = IbmVpcMetadata.SERVICE.decide(VpcBody.json(
                500,
                "{\"trace\":\"1\",\"incidentID\":\"2\",\"errors\":[{\"code\":\"x\"}]}",
                "cf-ray",
                "5",
                "Transaction-ID",
                "4",
                "x-request-id",
                "3"));
        assertThat(decision.error().requestIds().values()).containsExactly("1", "2", "3", "4", "5");
        assertThat(decision.error().requestIds()).containsEntry("CF-RAY", "5");
    }

    @Test
    void theTargetIsANameAndNeverAValue() {
        assertThat(target("{\"name\":\"expires_in\",\"type\":\"field\",\"value\":\"7200\"}"))
                .isEqualTo("expires_in (field)");
        assertThat(target("{\"name\":\"Bearer s3cret\",\"type\":\"header\"}")).isEqualTo("header");
        assertThat(target("{\"name\":\"" + "j".repeat(65) + "\",\"type\":\"header\"}"))
                .isEqualTo("header");
    }

    private static String target(String target) {
        return VpcErrors.parse(VpcBody.json(400, "{\"errors\":[{\"code\":\"a\",\"target\":" + target + "}]}"))
                .target();
    }

    @Test
    void ofVeryManyErrorsTheFirstAreKept() {
        String errors = VpcBody.error("invalid_value", "m") + ("," + VpcBody.error("not_found", "m")).repeat(200);
        ServiceError error = VpcErrors.parse(VpcBody.json(400, "{\"errors\":[" + errors + "]}"));
        assertThat(error.code()).isEqualTo("invalid_value");
        assertThat(error.further()).hasSizeLessThan(30);
    }

    static Stream<Arguments> several() {
        return Stream.of(
                arguments(400, "BXNIM0407E,invalid_value,unheard_of", "invalid_value", "what must be corrected"),
                arguments(401, "unheard_of,unauthenticated", "unauthenticated", "what is known"),
                arguments(400, "unheard_of,BXNIM0408E", "BXNIM0408E", "a renewal before an unknown code"),
                arguments(409, "x_pending,not_a_code", "x_pending", "a busy resource before an unknown code"),
                arguments(409, "share_operation_pending,invalid_value", "share_operation_pending", "not under 409"),
                arguments(400, "unheard_of,other_one", "unheard_of", "the first of the unknown"),
                arguments(500, "unheard_of,service_error", "service_error", "known under this status"),
                arguments(429, "invalid_value,unheard_of", "invalid_value", "the status speaks, whatever they say"),
                arguments(
                        503,
                        "profile_not_linked,backend_service_unavailable",
                        "backend_service_unavailable",
                        "status"));
    }

    @ParameterizedTest(name = "{0} {1}: {2}, {3}")
    @MethodSource("several")
    void oneOfSeveralErrorsDecides(int status, String codes, String deciding, String why) {
        StringBuilder errors = new StringBuilder();
        for (String code : codes.split(",")) {
            errors.append(errors.isEmpty() ? "" : ",").append(VpcBody.error(code, "Some words"));
        }
        ServiceError error = VpcErrors.parse(VpcBody.json(status, "{\"errors\":[" + errors + "]}"));
        assertThat(error.code()).isEqualTo(deciding);
        assertThat(error.further()).hasSize(codes.split(",").length - 1);
        assertThat(error.further()).extracting(ServiceError.Further::code).doesNotContain(deciding);
    }
}

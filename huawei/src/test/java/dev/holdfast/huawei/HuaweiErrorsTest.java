package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HuaweiErrorsTest {
    /** Named by the letters of the vendor's notes; a, b, d, g, h, i and j stand in {@link SeedRowsTest} too. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                arguments("a", "{'error_msg':'m','error_code':'AS.0001'}", "AS.0001", "m"),
                arguments("a, halved", "{'error_code':'AS.0001'}", "AS.0001", null),
                arguments("b", "{'error':{'code':'Ecs.0005','message':'m'}}", "Ecs.0005", "m"),
                arguments("c", "{'error':{'code':401,'message':'m','title':'Unauthorized'}}", "401", "m"),
                arguments("d", "{'code':'VPC.0008','message':'m'}", "VPC.0008", "m"),
                arguments("e", "{'itemNotFound':{'message':'m','code':404}}", "itemNotFound", "m"),
                arguments("e, no number", "{'badRequest':{'message':'m'}}", "badRequest", "m"),
                arguments("f", "{'NeutronError':{'message':'m','type':'OverQuota','detail':''}}", "OverQuota", "m"),
                arguments("g", "{'error':{'error_code':'CDN.0001','error_msg':'m'}}", "CDN.0001", "m"),
                arguments("h", "{'errCode':'DBS.280036','errMsg':'m'}", "DBS.280036", "m"),
                arguments("i", "{'errorCode':'400012','errorMessage':'m','detail':'d'}", "400012", "m"),
                arguments("j", "{'error_code':'00000010','error_description':'m'}", "00000010", "m"),
                arguments(
                        "k",
                        "{'code':400,'errorCode':'CCE.01400001','errorMessage':'x','error_code':'CCE_CM.0004','error_msg':'m',"
                                + "'message':'y','reason':'z'}",
                        "CCE_CM.0004",
                        "m"),
                arguments(
                        "l",
                        "{'unauthorized':{'code':'401','message':'Malformed request url'}}",
                        "unauthorized",
                        "Malformed request url"),
                arguments(
                        "m",
                        "<Error><Code>InvalidAccessKeyId</Code><Message>m</Message><HostId>h</HostId></Error>",
                        "InvalidAccessKeyId",
                        "m"),
                arguments(
                        "m, Nova",
                        "<itemNotFound><code>404</code><message>m</message></itemNotFound>",
                        "itemNotFound",
                        "m"),
                arguments(
                        "n",
                        "{'internalError':[{'id':'i','error_code':'Ecs.0001','error_message':'x'}],'error':{'code':'Ecs.0000','message':'m'}}",
                        "Ecs.0000",
                        "m"),
                arguments(
                        "o",
                        "{'error':{'code':'request body is illegal.','message':'Ecs.0005'}}",
                        "Ecs.0005",
                        "request body is illegal."),
                arguments("p, JSON string", "'m'", null, "m"),
                arguments("p, text", "m", null, "m"),
                arguments("p, page", "<html><title>m</title></html>", null, "m"),
                arguments("p, nothing", "", null, null),
                arguments("p, {}", "{}", null, null),
                arguments("sentence", "{'error':'m'}", null, "m"),
                arguments("no class of error", "{'data':{'message':'m'}}", null, "m"),
                arguments("deeper", "{'data':{'result':{'error_code':'AS.1','error_msg':'m'}}}", "AS.1", "m"),
                arguments("cut off", "{'error_code':'AS.0001','error_msg':'m','det", "AS.0001", "m"),
                arguments("null", "{'error_code':null,'error_msg':'m'}", null, "m"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void readsEachShape(String name, String body, String code, String message) {
        ServiceError error = HuaweiErrors.parse(answer(400, body));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // outer code | inner document | code | message
                "Ecs.1000|{'itemNotFound':{'message':'m','code':404}}|itemNotFound|m",
                "401|{'error_code':'IAM.0066','error_msg':'m'}|IAM.0066|m",
                "iMetal.0110|{'error_code':'Ecs.0005','error_msg':'m'}|iMetal.0110|{'error_code':'Ecs.0005','error_msg':'m'}",
                "Ecs.1000|{'message':'m'}|Ecs.1000|m",
                "Ecs.1000|{not JSON at all|Ecs.1000|{not JSON at all",
                // one level only
                "Ecs.1000|{'code':'Ecs.1000','message':'{\\\"code\\\":\\\"IAM.0066\\\"}'}|Ecs.1000|{'code':'IAM.0066'}",
            })
    void aDocumentInsideTheMessage(String outer, String inner, String code, String message) {
        ServiceError error = HuaweiErrors.parse(HuaweiBody.answer(400, outer, inner.replace('\'', '"')));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message.replace('\'', '"'));
    }

    @Test
    void whatIsNotTheErrorIsFurther() {
        ServiceError batch = HuaweiErrors.parse(answer(
                400,
                "{'error':{'code':'Ecs.0000','message':'m','details':[{'code':'A.1','message':'x'}]},"
                        + "'internalError':[{'id':'i','error_code':'B.2','error_message':'y'}]}"));
        assertThat(batch.further())
                .containsExactly(new ServiceError.Further("A.1", "x", null), new ServiceError.Further("B.2", "y", "i"));
        ServiceError folded =
                HuaweiErrors.parse(HuaweiBody.answer(400, "Ecs.1000", "{\"code\":\"VPC.0008\",\"message\":\"m\"}"));
        assertThat(folded.further()).extracting(ServiceError.Further::code).containsExactly("Ecs.1000");
    }

    @Test
    void aWideDocumentIsNotReadToItsEnd() {
        String failed = "{'error_code':'B.2'},".repeat(200) + "{}";
        assertThat(HuaweiErrors.parse(answer(400, "{'internalError':[" + failed + "]}"))
                        .further())
                .hasSizeLessThan(30);
        String objects =
                IntStream.range(0, 300).mapToObj(i -> "'k" + i + "':{},").collect(Collectors.joining());
        ServiceError error = HuaweiErrors.parse(answer(400, "{" + objects + "'error':{'code':'Ecs.0005'}}"));
        assertThat(error.code()).isEqualTo("Ecs.0005");
    }

    @ParameterizedTest
    @CsvSource({
        "APIG.0307, APIGW.0307", "APIC.0201, APIGW.0201", "apig.1002, APIGW.1002", "APIG.0801, APIGW.0801",
        "APIG.2203, APIG.2203", "APIG.3711, APIG.3711", "APIG.0901, APIG.0901", "APIG.03011, APIG.03011",
        "APIGW.0307, APIGW.0307",
    })
    void oneTableForAllGateways(String sent, String looked) {
        ResponseView answer = HuaweiBody.answer(401, sent, "m");
        ServiceError error = HuaweiErrors.parse(answer);
        assertThat(error.code()).isEqualTo(sent);
        assertThat(HuaweiErrors.lookedUp(answer, error)).isEqualTo(looked);
        assertThat(HuaweiBody.IMETAL.decide(answer).rule())
                .isEqualTo(HuaweiBody.IMETAL
                        .decide(HuaweiBody.answer(401, looked, "m"))
                        .rule());
    }

    @ParameterizedTest
    @CsvSource({"401, IAM.0001", "401, APIG.0301", "401, ''", "400, IAM.1108", "403, IAM.0002", "429, iMetal.0005"})
    void aPolicyDenialIsNeverRenewed(int status, String code) {
        String body = "{'error_code':'" + code + "','error_msg':'m','encoded_authorization_message':'XyZ'}";
        for (String shape : new String[] {body, "{'error':" + body + "}"}) {
            Decision decision = HuaweiBody.IMETAL.decide(answer(status, shape));
            assertThat(decision.verdict()).as(decision.rule()).isEqualTo(Verdict.fail());
            assertThat(decision.kind()).isEqualTo(ErrorKind.FORBIDDEN);
            assertThat(decision.error().code()).isEqualTo(code.isEmpty() ? null : code);
        }
    }

    @Test
    void allRequestIdsInOneOrderedMap() {
        Decision decision = HuaweiBody.IMETAL.decide(HuaweiBody.json(
                500, "{\"error_code\":\"x\",\"request_id\":\"1\"}", "x-iam-trace-id", "3", "X-Request-Id", "2"));
        assertThat(decision.error().requestIds().values()).containsExactly("1", "2", "3");
        assertThat(HuaweiErrors.parse(answer(403, "<Error><Code>x</Code><RequestId>9</RequestId></Error>"))
                        .requestId())
                .isEqualTo("9");
        assertThat(HuaweiErrors.parse(answer(403, "{'error':{'code':'x','request_id':'8'}}"))
                        .requestId())
                .isEqualTo("8");
    }

    @Test
    void headersSpeakWhereThereIsNoBody() {
        ServiceError error = HuaweiErrors.parse(HuaweiBody.json(
                403, "", "x-obs-error-code", "RequestTimeTooSkewed", "x-obs-error-message", "The difference …"));
        assertThat(error.code()).isEqualTo("RequestTimeTooSkewed");
        assertThat(error.message()).isEqualTo("The difference …");
    }

    private static ResponseView answer(int status, String body) {
        return HuaweiBody.json(status, body.replace('\'', '"'));
    }
}

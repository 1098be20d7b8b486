package dev.holdfast.emulators.azure;

import static dev.holdfast.emulators.PlainClient.VERSION;
import static dev.holdfast.emulators.PlainClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.emulators.PlainClient;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureImdsEmulatorTest {
    private final AzureImdsEmulator imds =
            new AzureImdsEmulator().withoutLimits().start();
    private final PlainClient client = new PlainClient(imds);

    @AfterEach
    void close() {
        imds.close();
        imds.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/metadata/instance?api-version=2021-02-01, /compute/location, westeurope",
        "/metadata/instance/?api-version=2025-04-07, /network/interface/0/macAddress, 000D3A4B5C6D",
        "/metadata/instance/compute?api-version=2021-02-01&format=json, /osType, Linux",
        "/metadata/instance/network/interface/0?api-version=2021-02-01, /ipv4/subnet/0/prefix, 24",
        "/metadata/loadbalancer?api-version=2020-10-01, /loadbalancer/inboundRules/0/protocol, tcp",
        "/metadata/identity/info?api-version=2018-02-01, /tenantId, 0e8d7c6b-5a49-4838-9271-60514f3e2d1c",
        "/metadata/scheduledevents?api-version=2020-07-01, /Events/0/EventType, Freeze",
        "/metadata/attested/document?api-version=2020-09-01, /encoding, pkcs7",
        "/metadata/versions, /apiVersions/34, 2025-04-07",
    })
    void servesDocuments(String target, String pointer, String value) throws Exception {
        HttpResponse<String> response = client.get(target);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at(pointer).asText()).isEqualTo(value);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        assertThat(response.headers().firstValue("Server")).hasValue("IMDS/150.870.65.1854");
        assertThat(response.headers().firstValue("Date").orElseThrow())
                .matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
        assertThat(UUID.fromString(
                        response.headers().firstValue("x-ms-request-id").orElseThrow()))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "compute/location, westeurope",
        "compute/userData, ''",
        "network/interface/0/ipv4/ipAddress/0/privateIpAddress, 10.20.4.5",
        "network/interface, 0/",
        "network/interface/0, 'ipv4/\nipv6/\nmacAddress'",
    })
    void servesLeavesAndListingsAsText(String path, String text) throws Exception {
        HttpResponse<String> response = client.get("/metadata/instance/" + path + "?" + VERSION + "&format=text");
        assertThat(response.body()).isEqualTo(text);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | /metadata/instance/compute/location?api-version=2021-02-01 | {\"error\":\"Bad request. A leaf needs format=text\"}",
                "404 | /metadata/instance/compute/nothing?api-version=2021-02-01 | {\"error\":\"Not found\"}",
                "404 | /metadata/instance/network/interface/1?api-version=2021-02-01 | {\"error\":\"Not found\"}",
                "404 | /metadata/nothing?api-version=2021-02-01 | {\"error\":\"Not found\"}",
                "404 | /metadata/attested?api-version=2021-02-01 | {\"error\":\"Not found\"}",
                "404 | /metadata/loadbalancer/x?api-version=2021-02-01 | {\"error\":\"API is not found: Path = \\\"/metadata/loadbalancer/x\\\", Method = \\\"GET\\\"\"}",
                "404 | /metadata/identity/x?api-version=2018-02-01 | {\"error\":\"not_found\",\"error_description\":\"Not found\"}",
                "400 | /metadata/loadbalancer | {\"error\":\"Missing required parameter \\\"api-version\\\". Please fix the request and retry.\"}",
                "400 | /metadata/loadbalancer?api-version=2020-09-01 | {\"error\":\"Parameter value \\\"2020-09-01\\\" is not allowed for parameter \\\"api-version\\\". Please fix the request and retry.\"}",
                "400 | /metadata/loadbalancer?api-version=2020-10-01&api-version=2020-10-01 | {\"error\":\"Unexpected request. Please check the query parameters and retry.\"}",
                "400 | /metadata/identity/info?a=1&a=2 | {\"error\":\"invalid_request\",\"error_description\":\"Duplicate query parameters\"}",
            })
    void explainsWhatIsWrong(int status, String target, String body) throws Exception {
        HttpResponse<String> response = client.get(target);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().map().keySet())
                .containsExactlyInAnyOrder("content-length", "content-type", "date", "server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metadata/instance",
                "/metadata/instance?api-version=1999-01-01",
                "/metadata/instance?api-version=%zz",
                "/metadata/identity/oauth2/token?resource=x",
            })
    void wantsAKnownVersion(String target) throws Exception {
        HttpResponse<String> response =
                target.contains("%") ? client.get(target.replace("%zz", "%25zz")) : client.get(target);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode body = json(response);
        assertThat(body.path("error").asText())
                .isEqualTo(
                        "Bad request. api-version is invalid or was not specified in the request. For more information refer to aka.ms/azureimds");
        assertThat(body.path("newest-versions")).hasToString("[\"2025-04-07\",\"2024-07-17\",\"2024-03-15\"]");
    }

    @Test
    void scheduledEventsHaveVersionsOfTheirOwn() throws Exception {
        HttpResponse<String> response = client.get("/metadata/scheduledevents?api-version=2021-02-01");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("newest-versions").get(0).asText()).isEqualTo("2020-07-01");
    }

    @Test
    void wantsTheMetadataHeader() throws Exception {
        HttpResponse<String> instance = client.send(client.bare("/metadata/instance?" + VERSION));
        assertThat(instance.statusCode()).isEqualTo(400);
        assertThat(instance.body())
                .isEqualTo("{ \"error\": \"Bad request: . Required metadata header not specified\" }");
        HttpResponse<String> identity =
                client.send(client.bare("/metadata/identity/oauth2/token").header("Metadata", "false"));
        assertThat(identity.statusCode()).isEqualTo(400);
        assertThat(identity.body())
                .isEqualTo(
                        "{\"error\":\"invalid_request\",\"error_description\":\"Required metadata header not specified\"}");
    }

    @Test
    void refusesForwardedRequests() throws Exception {
        for (String path : new String[] {"/metadata/instance", "/metadata/identity/info"}) {
            HttpResponse<String> response =
                    client.send(client.request(path + "?" + VERSION).header("X-Forwarded-For", "10.0.0.1"));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).path("error").asText()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /metadata/instance?api-version=2021-02-01 | {\"error\":\"Method not allowed\"}",
                "PUT | /metadata/scheduledevents?api-version=2020-07-01 | {\"error\":\"Method not allowed\"}",
                "POST | /metadata/identity/oauth2/token?api-version=2018-02-01 | {\"error\":\"method_not_allowed\",\"error_description\":\"Method not allowed\"}",
                "DELETE | /metadata/loadbalancer?api-version=2020-10-01 | {\"error\":\"Http method is not allowed: Path = \\\"/metadata/loadbalancer\\\", Method = \\\"DELETE\\\"\"}",
                "HEAD | /metadata/instance?api-version=2021-02-01 | ''",
            })
    void refusesOtherVerbs(String method, String target, String body) throws Exception {
        HttpResponse<String> response =
                client.method(method, target, method.equals("DELETE") || method.equals("HEAD") ? "" : "{}");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void aVmWithoutLoadBalancer() throws Exception {
        imds.withoutLoadBalancer();
        HttpResponse<String> response = client.get("/metadata/loadbalancer?" + VERSION);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":\"No load balancer metadata is found. Please check if your VM is using any non-basic SKU load balancer and retry later.\"}");
    }

    @Test
    void whatIsNotMetadataAnswersInXml() throws Exception {
        HttpResponse<String> response = client.get("/machine?comp=goalstate");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Server")).hasValue("Microsoft-IIS/10.0");
        assertThat(response.body()).startsWith("<?xml").contains("<Code>ResourceNotFound</Code>");
    }

    @Test
    void approvesEventsAsOftenAsAsked() throws Exception {
        String path = "/metadata/scheduledevents?api-version=2020-07-01";
        String id = json(client.get(path)).at("/Events/0/EventId").asText();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> approved =
                    client.method("POST", path, "{\"StartRequests\":[{\"EventId\":\"" + id + "\"}]}");
            assertThat(approved.statusCode()).isEqualTo(200);
            assertThat(approved.body()).isEmpty();
        }
        JsonNode document = json(client.get(path));
        assertThat(document.at("/Events/0/EventStatus").asText()).isEqualTo("Started");
        assertThat(document.path("DocumentIncarnation").asInt()).isEqualTo(2);
        assertThat(client.method("POST", path, "not json").statusCode()).isEqualTo(400);
        assertThat(client.method("POST", path, "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void recordsRequests() throws Exception {
        client.get("/metadata/versions");
        client.get("/nothing");
        imds.awaitRequests(2);
        assertThat(imds.requestCount()).isEqualTo(2);
        assertThat(imds.requests())
                .extracting(ReceivedRequest::target)
                .containsExactly("/metadata/versions", "/nothing");
        assertThat(imds.requests().get(0).headers().first("metadata")).isEqualTo("true");
        assertThat(imds.requests()).hasToString("[GET /metadata/versions, GET /nothing]");
    }

    @Test
    void listensOnTheLoopbackAddressOnly() throws Exception {
        assertThat(imds.url().getHost()).isEqualTo("127.0.0.1");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                AzureImdsEmulator second = new AzureImdsEmulator()) {
            assertThatThrownBy(() -> second.start(taken.getLocalPort()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
        assertThatThrownBy(() -> new AzureImdsEmulator().start(70_000)).hasMessageContaining("70000");
    }
}

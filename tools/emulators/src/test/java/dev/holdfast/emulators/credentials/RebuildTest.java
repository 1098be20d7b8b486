package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.RequestRebuild;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.Texts;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller's hook: what is signed within a URL or a body is made anew for each attempt. */
class RebuildTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Holdfast holdfast() {
        return bench.azure()
                .rule("sas", Rule.on(403).reauthenticate(Verdict.Renewal.REQUEST))
                .build();
    }

    private Outcome call(boolean jdk, CallOptions options) throws Exception {
        String url = bench.url(Bench.INSTANCE);
        if (jdk) {
            HttpClient plain =
                    HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .POST(HttpRequest.BodyPublishers.ofString("sas-0"))
                    .build();
            return HoldfastHttpClient.outcomeOf(
                    HoldfastHttpClient.wrap(plain, holdfast()).send(request, options, BodyHandlers.ofString()));
        }
        Request request = new Request.Builder()
                .url(url)
                .post(RequestBody.create("sas-0", null))
                .tag(CallOptions.class, options)
                .build();
        Call call = HoldfastOkHttp.wrap(bench.client, holdfast()).newCall(request);
        try (Response response = call.execute()) {
            return HoldfastOkHttp.outcomeOf(response);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachAttemptIsRebuiltAndARefusedOneOnceMore(boolean jdk) throws Exception {
        bench.answers(Bench.status(429), Bench.status(403), Bench.ok());
        CallOptions options = CallOptions.none().withRebuild((draft, attempt) -> {
            assertThat(draft.method()).isEqualTo("POST");
            draft.url(URI.create(draft.url() + "&sig=" + attempt));
            draft.setHeader("X-Sas", "sas-" + attempt);
            draft.body("{\"sas\":" + attempt + "}", "application/json");
        });
        Outcome outcome = call(jdk, options);
        assertThat(outcome.reason()).isEqualTo(StopReason.SUCCEEDED);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RecordedRequest request = bench.script.next();
            seen.add(request.getUrl().queryParameter("sig")
                    + " " + request.getHeaders().get("X-Sas") + " "
                    + request.getBody().utf8());
        }
        assertThat(seen).containsExactly("1 sas-1 {\"sas\":1}", "2 sas-2 {\"sas\":2}", "3 sas-3 {\"sas\":3}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutAHookItFailsWithTheAdvice(boolean jdk) throws Exception {
        bench.script.always(Bench.status(403));
        Outcome outcome = call(jdk, CallOptions.none());
        assertThat(outcome.reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(outcome.decision().verdict()).isEqualTo(Verdict.reauthenticate(Verdict.Renewal.REQUEST));
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHookCannotTurnARequestToAnotherHost(boolean jdk) {
        CallOptions options = CallOptions.none()
                .withRebuild((draft, attempt) -> draft.url(URI.create("http://localhost:9/metadata/instance")));
        assertThatThrownBy(() -> call(jdk, options))
                .isInstanceOf(HostRefusedException.class)
                .satisfies(e -> assertThat(Outcome.of(e).reason()).isEqualTo(StopReason.HOST_REFUSED));
        assertThat(bench.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAHookThrowsEndsTheCall(boolean jdk) {
        CallOptions options = CallOptions.none().withRebuild((draft, attempt) -> {
            throw new IllegalStateException("no SAS");
        });
        assertThatThrownBy(() -> call(jdk, options))
                .isInstanceOfAny(IllegalStateException.class, IOException.class)
                .satisfies(e -> assertThat(Outcome.of(e).reason()).isEqualTo(StopReason.CALLBACK_FAILED));
        assertThat(bench.requests()).isZero();
    }

    /** Azure's SAS and its kin put what must not be seen into the query. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAHookGetsWrongIsNotShown(boolean jdk) {
        RequestRebuild badHeader = (draft, attempt) -> draft.setHeader("X-Sas", "PLANTED\u00e9");
        RequestRebuild badType = (draft, attempt) -> draft.body("{}", "PLANTED\r\n");
        RequestRebuild badUrl = (draft, attempt) -> draft.url(URI.create("/metadata?sig=PLANTED"));
        for (RequestRebuild hook : List.of(badHeader, badType, badUrl)) {
            assertThatThrownBy(() -> call(jdk, CallOptions.none().withRebuild(hook)))
                    .satisfies(e -> assertThat(Outcome.of(e).reason()).isEqualTo(StopReason.CALLBACK_FAILED))
                    .satisfies(e -> assertThat(Texts.of(e)).doesNotContain("PLANTED"));
        }
        assertThat(bench.requests()).isZero();
    }

    @Test
    void aUrlThatJavaRefusesIsShownAsItIsSent() throws Exception {
        bench.answers(Bench.ok(), Bench.ok());
        List<String> shown = new ArrayList<>();
        CallOptions options = CallOptions.none().withRebuild((draft, attempt) -> {
            shown.add(draft.url().getRawPath() + "?" + draft.url().getRawQuery());
            draft.url(URI.create(draft.url() + "&sig=1"));
        });
        Request request = new Request.Builder()
                .url(bench.url("/metadata/[x]?filter={a|b}&to=^`&p=100%&q=a%20b+c"))
                .tag(CallOptions.class, options)
                .build();
        Call.Factory calls = HoldfastOkHttp.wrap(bench.client, holdfast());
        try (Response response = calls.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        String encoded = "/metadata/%5Bx%5D?filter=%7Ba%7Cb%7D&to=%5E%60&p=100%25&q=a%20b+c";
        assertThat(shown).containsExactly(encoded);
        assertThat(bench.script.next().getTarget()).isEqualTo(encoded + "&sig=1");
        CallOptions onlyLooks = CallOptions.none()
                .withRebuild((draft, attempt) -> shown.add(draft.url().getRawQuery()));
        try (Response response = calls.newCall(
                        request.newBuilder().tag(CallOptions.class, onlyLooks).build())
                .execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(bench.script.next().getTarget()).isEqualTo(encoded).endsWith(shown.get(1));
    }
}

package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.emulators.laws.Adapter.Ask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.RecordedRequest;
import okhttp3.Cache;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 11: what a metadata service must get, what it must never get, and what is never kept of its answers. */
class Law11HeadersTest {
    // Guards ForbiddenHeaders: removeHeader(name); HoldfastCallFactory: prepare, cookieJar(NO_COOKIES), cache(null)
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private RecordedRequest sent(Adapter adapter, Headers headers) throws Exception {
        bench.answers(Bench.ok());
        adapter.call(bench, bench.azure().build(), new Ask("GET", Bench.INSTANCE, headers));
        return bench.script.next();
    }

    @ParameterizedTest
    @EnumSource
    void metadataTrueIsAddedWhereItIsMissing(Adapter adapter) throws Exception {
        assertThat(sent(adapter, Headers.of()).getHeaders().values("Metadata")).containsExactly("true");
    }

    @ParameterizedTest
    @EnumSource
    void metadataIsKeptAsTheCallerSetIt(Adapter adapter) throws Exception {
        assertThat(sent(adapter, Headers.of("metadata", "True")).getHeaders().values("Metadata"))
                .containsExactly("True");
    }

    @ParameterizedTest
    @EnumSource
    void everyAttemptHasTheHeader(Adapter adapter) throws Exception {
        bench.answers(Bench.status(503), Bench.status(429), Bench.ok());
        adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
        for (int i = 0; i < 3; i++) {
            assertThat(bench.script.next().getHeaders().values("Metadata")).containsExactly("true");
        }
    }

    @ParameterizedTest
    @EnumSource
    void forwardedForOfTheRequestIsNotSent(Adapter adapter) throws Exception {
        assertThat(sent(adapter, Headers.of("x-forwarded-for", "10.0.0.1"))
                        .getHeaders()
                        .names())
                .doesNotContain("X-Forwarded-For");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void norThatOfAnInterceptor(boolean network) throws Exception {
        okhttp3.Interceptor adding = chain -> chain.proceed(chain.request()
                .newBuilder()
                .header("X-Forwarded-For", "10.0.0.1")
                .build());
        bench.client = bench.client(
                builder -> network ? builder.addNetworkInterceptor(adding) : builder.addInterceptor(adding));
        Headers headers = sent(Adapter.OKHTTP_EXECUTE, Headers.of()).getHeaders();
        assertThat(headers.get("X-Forwarded-For")).isNull();
        assertThat(headers.get("Metadata")).isEqualTo("true");
    }

    @Test
    void cookiesAreNeitherKeptNorSent() throws Exception {
        List<String> asked = new ArrayList<>();
        bench.client = bench.client(builder -> builder.cookieJar(new CookieJar() {
            @Override
            public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
                asked.add("save");
            }

            @Override
            public List<Cookie> loadForRequest(HttpUrl url) {
                asked.add("load");
                return List.of();
            }
        }));
        bench.answers(Bench.answer(200, "").addHeader("Set-Cookie", "a=b").build(), Bench.ok());
        for (int i = 0; i < 2; i++) {
            bench.call(bench.azure()).execute().close();
            assertThat(bench.script.next().getHeaders().get("Cookie")).isNull();
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aCacheOfTheCallersIsNotUsed(@TempDir Path directory) throws Exception {
        try (Cache cache = new Cache(directory.toFile(), 1_000_000)) {
            bench.client = bench.client(builder -> builder.cache(cache));
            bench.script.always(Bench.answer(200, "secret")
                    .addHeader("Cache-Control", "max-age=3600")
                    .build());
            for (int i = 0; i < 2; i++) {
                bench.call(bench.azure(), bench.get(Bench.TOKEN)).execute().close();
            }
            assertThat(bench.requests()).isEqualTo(2);
            assertThat(cache.writeSuccessCount()).isZero();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void theCallersOwnRequestIsNotChanged() throws Exception {
        bench.answers(Bench.ok());
        Request request = bench.get(Bench.INSTANCE);
        bench.call(bench.azure(), request).execute().close();
        assertThat(request.headers()).isEmpty();
    }
}

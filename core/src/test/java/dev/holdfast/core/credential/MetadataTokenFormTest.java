package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.call.EngineServiceClient;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTokenFormTest {
    private static final Service SERVICE = Service.builder("a/metadata")
            .baseUrl("http://192.0.2.1")
            .operation(Operation.named("any").retrySafety(RetrySafety.ALWAYS))
            .build();

    private final List<ServiceClient.Message> sent = new ArrayList<>();

    private final ServiceClient serviceClient = new EngineServiceClient(Access.of(Holdfast.of(SERVICE))) {
        @Override
        protected <T> CompletableFuture<T> call(Message request, Function<ResponseView, T> reader) {
            sent.add(request);
            return CompletableFuture.completedFuture(reader.apply(ResponseView.of(200, HeaderFields.empty(), "t0ken")));
        }
    };

    private static MetadataTokens.Form.Builder whole() {
        return MetadataTokens.form("a/token")
                .path("/latest/token?version=1")
                .lifetimeHeader("X-Ttl-Seconds")
                .tokenHeader("X-Token")
                .longestLifetime(Duration.ofHours(6));
    }

    private ServiceClient.Message asked(UnaryOperator<MetadataTokens> settings, MetadataTokens.Form form) {
        try (CachingCredentialSource source =
                settings.apply(MetadataTokens.of(serviceClient, form)).build()) {
            assertThat(source.current().join().secret().value()).isEqualTo("t0ken");
            return sent.get(sent.size() - 1);
        }
    }

    @Test
    void theLongestLifetimeIsAskedForAtThePath() {
        ServiceClient.Message put = asked(tokens -> tokens, whole().build());
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.url()).hasToString("http://192.0.2.1/latest/token?version=1");
        assertThat(put.headers()).isEqualTo(Map.of("X-Ttl-Seconds", "21600"));
    }

    @Test
    void anotherLifetimeIsAskedForWithinTheRange() {
        MetadataTokens.Form form =
                whole().shortestLifetime(Duration.ofMinutes(1)).build();
        assertThat(asked(tokens -> tokens.lifetime(Duration.ofMinutes(1)), form).headers())
                .containsEntry("X-Ttl-Seconds", "60");
        MetadataTokens tokens = MetadataTokens.of(serviceClient, form);
        for (Duration wrong : List.of(Duration.ofSeconds(59), Duration.ofHours(7), Duration.ofMillis(60_500))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tokens.lifetime(wrong))
                    .withMessage("lifetime must be 60 s to 6 h in whole seconds, but is " + wrong);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetadataTokens.of(
                                serviceClient,
                                whole().longestLifetime(Duration.ofMinutes(5)).build())
                        .lifetime(Duration.ofHours(1)))
                .withMessage("lifetime must be 1 s to 5 min in whole seconds, but is PT1H");
    }

    @Test
    void whatIsMissingIsNamed() {
        MetadataTokens.Form.Builder form = MetadataTokens.form("a/token");
        incomplete(form, "path");
        incomplete(form.path("/token"), "lifetimeHeader");
        incomplete(form.lifetimeHeader("X-Ttl"), "tokenHeader");
        incomplete(form.tokenHeader("X-Token"), "longestLifetime");
        assertThat(form.longestLifetime(Duration.ofHours(1)).build()).isNotNull();
    }

    private static void incomplete(MetadataTokens.Form.Builder form, String setting) {
        assertThatIllegalStateException()
                .isThrownBy(form::build)
                .withMessage(setting + " must be set for a/token, but is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest/token", "//192.0.2.9/token", "http://192.0.2.9/token", "/a b", "/a#b", "/a\n"})
    void aPathIsOfTheService(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().path(path))
                .withMessage("path must begin with one / and be a path of a URL, but is \"" + path + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Token", "X-Token:", "X-Töken", "X-Token\r\nHost"})
    void aHeaderHasAHeadersName(String name) {
        String rule = " must be a header's name, of letters, digits and hyphens, but is \"" + name + "\"";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().tokenHeader(name))
                .withMessage("tokenHeader" + rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().lifetimeHeader(name))
                .withMessage("lifetimeHeader" + rule);
    }

    @Test
    void timesAreWholeSeconds() {
        String rule = " must be 1 s or more in whole seconds, but is ";
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(1500))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> whole().shortestLifetime(wrong))
                    .withMessage("shortestLifetime" + rule + wrong);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> whole().longestLifetime(wrong))
                    .withMessage("longestLifetime" + rule + wrong);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> whole().askAgainAfter(wrong))
                    .withMessage("askAgainAfter" + rule + wrong);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole().shortestLifetime(Duration.ofHours(7)).build())
                .withMessage("shortestLifetime must not be above longestLifetime, which is PT6H, but is PT7H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void aNameCanStandInALogLine(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetadataTokens.form(name))
                .withMessage("name must be a text without control characters, but is \"" + name + "\"");
    }
}

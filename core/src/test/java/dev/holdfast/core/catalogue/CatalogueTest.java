package dev.holdfast.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.internal.decide.DecisionPipeline;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.Dialects;
import dev.holdfast.core.spi.ErrorDialect.Intermediary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final String TABLE = Tables.HEADER + "a\t-\t503\t-\t-\tfail\tunknown\t-\tunknown\tLook.\tdocs\n";

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Catalogue catalogue = Catalogue.resource("x/y", () -> {
        opened.incrementAndGet();
        return new ByteArrayInputStream(TABLE.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() throws IOException {
                closed.incrementAndGet();
                super.close();
            }
        };
    });

    @Test
    void isReadOnceAndNotBeforeItIsNeeded() {
        DecisionPipeline classifier = new DecisionPipeline(
                        "x/y",
                        List.of(),
                        Dialects.intermediary(context ->
                                context.response().status() == 502 ? Intermediary.fail("proxy", "a", "s") : null),
                        catalogue)
                .withRules(List.of(Rule.on(400).fail(ErrorKind.CONFLICT).named("mine")));
        assertThat(catalogue.name()).isEqualTo("x/y");
        classifier.decide(Dialects.context(ResponseView.of(400)), null);
        classifier.decide(Dialects.context(ResponseView.of(502)), null);
        classifier.decide(new IOException("x"), null, null);
        assertThat(opened).hasValue(0);

        assertThat(classifier
                        .decide(Dialects.context(ResponseView.of(503)), null)
                        .rule())
                .isEqualTo("x/y/a");
        assertThat(classifier
                        .decide(Dialects.context(ResponseView.of(401)), null)
                        .rule())
                .isEqualTo("default/401");
        assertThat(catalogue.rows()).hasSize(1);
        assertThat(opened).hasValue(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void severalThreadsReadItOnce() throws Exception {
        int threads = 16;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<CatalogueIndex>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(() -> {
                    start.await();
                    return catalogue.index();
                });
            }
            for (Future<CatalogueIndex> future : pool.invokeAll(tasks)) {
                assertThat(future.get()).isSameAs(catalogue.index());
            }
            assertThat(opened).hasValue(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aMissingFileIsReportedEachTime() {
        Catalogue missing = Catalogue.resource("x/y", () -> null);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(missing::rows)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("catalogue x/y is not where its class looks for it");
        }
    }

    @Test
    void theEmptyOneDecidesNothing() {
        assertThat(Catalogue.empty().rows()).isEmpty();
        assertThat(Catalogue.empty().find(ResponseView.of(500), ServiceError.of("a", "b"), null))
                .isNull();
    }

    @Test
    void aCodeMayBeLookedUpAsAnotherAndStaysAsItWasSent() {
        Catalogue table =
                Tables.of("0308|-|429|GW.0308|-|retry|throttled|-|no", "other|-|429|GW.*|-|fail|unknown|-|no");

        Decision exact = table.find(429, null, "GW.0308", null).about(ServiceError.of("OLD.0308", null));
        Decision pattern = table.find(429, null, "GW.0309", null).about(ServiceError.of("OLD.0309", null));

        assertThat(exact.rule()).isEqualTo("test/service/0308");
        assertThat(exact.error().code()).isEqualTo("OLD.0308");
        assertThat(pattern.rule()).isEqualTo("test/service/other");
        assertThat(table.find(429, "a", null, null)).isNull();
    }

    @Test
    void rowsCannotBeChanged() {
        assertThatThrownBy(() -> catalogue.rows().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}

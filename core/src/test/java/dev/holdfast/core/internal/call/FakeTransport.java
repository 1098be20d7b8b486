package dev.holdfast.core.internal.call;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The side of an HTTP client in one call, without a client: no socket, no thread but the fake service's own. */
final class FakeTransport implements Transport<FakeResponse> {
    private final FakeService service;
    private final RequestView request;

    FakeTransport(FakeService service, RequestView request) {
        this.service = service;
        this.request = request;
    }

    @Override
    public Exchange<FakeResponse> exchange(Duration timeout, Inspection inspects, Changes changes) {
        service.preparing();
        FakeRequest attempt = new FakeRequest(request.method(), request.path(), timeout);
        if (changes.rebuild() != null) {
            changes.rebuild().accept(attempt);
        }
        if (changes.sign() != null) {
            changes.sign().accept(attempt);
        }
        return new FakeExchange(attempt, inspects);
    }

    @Override
    public FakeResponse attach(FakeResponse response, Outcome outcome) {
        response.attach(outcome);
        return response;
    }

    @Override
    public FakeResponse rebuild(ResponseView kept) {
        return new FakeResponse(kept.status(), new String(kept.body(), StandardCharsets.UTF_8), true);
    }

    @Override
    public FakeResponse onClosed(FakeResponse response, Runnable closed) {
        response.whenClosed(closed);
        return response;
    }

    @Override
    public void discard(FakeResponse response) {
        service.discard(response);
    }

    @Override
    public void handOver(Runnable task) {
        service.handOver(task);
    }

    private final class FakeExchange implements Exchange<FakeResponse> {
        private final FakeRequest attempt;
        private final Inspection inspects;
        private volatile boolean canceled;
        private volatile @Nullable FakeAnswer coming;

        FakeExchange(FakeRequest attempt, Inspection inspects) {
            this.attempt = attempt;
            this.inspects = inspects;
        }

        @Override
        public AttemptResponse<FakeResponse> execute() throws Exception {
            FakeAnswer answer = service.next(attempt);
            coming = answer;
            if (canceled) {
                answer.canceled();
            }
            answer.await();
            if (canceled && !answer.ignoresCancel()) {
                throw new IOException("Canceled");
            }
            Exception fault = answer.fault();
            if (fault != null) {
                throw fault;
            }
            FakeResponse response = new FakeResponse(answer.status(), answer.body(), false);
            service.gave(response);
            return inspects.wants(
                            answer.status(), HeaderFields.of(answer.headers()).first("Content-Type"))
                    ? new AttemptResponse.Inspected<>(
                            response,
                            ResponseView.of(answer.status(), HeaderFields.of(answer.headers()), answer.body()))
                    : new AttemptResponse.Passed<>(response, answer.status());
        }

        @Override
        public void enqueue(Receiver<FakeResponse> receiver) {
            service.threads.execute(() -> {
                AttemptResponse<FakeResponse> received;
                try {
                    received = execute();
                } catch (Exception | Error e) {
                    receiver.onFault(e);
                    return;
                }
                receiver.onReceived(received);
            });
        }

        @Override
        public void cancel() {
            canceled = true;
            FakeAnswer answer = coming;
            if (answer != null) {
                answer.canceled();
            }
        }

        @Override
        public boolean isCanceled() {
            return canceled;
        }
    }
}

package dev.holdfast.testkit.emulator;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.ByteString;

/** Between the HTTP server and an emulated service: plays the scenarios and gives each answer its headers. */
final class ServiceDispatcher extends Dispatcher {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final TimeSource clock;
    private final EmulatedService service;
    private final ScenarioPlayer scenarios;
    private final RequestLog log;
    private final MockWebServer server;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    ServiceDispatcher(
            TimeSource clock, EmulatedService service, ScenarioPlayer scenarios, RequestLog log, MockWebServer server) {
        this.clock = clock;
        this.service = service;
        this.scenarios = scenarios;
        this.log = log;
        this.server = server;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
        // The server keeps every request until somebody takes it, and nobody else does.
        server.takeRequest(0, TimeUnit.MILLISECONDS);
        String[] pairs = new String[recorded.getHeaders().size() * 2];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = recorded.getHeaders().name(i / 2);
            pairs[i + 1] = recorded.getHeaders().value(i / 2);
        }
        HeaderFields headers = HeaderFields.of(pairs);
        ByteString body = recorded.getBody();
        EmulatedRequest request = EmulatedRequest.of(
                recorded.getMethod(),
                recorded.getTarget(),
                headers,
                body == null ? "" : body.string(StandardCharsets.UTF_8));
        boolean forToken = service.isForToken(request);
        Effect effect = scenarios.next(request.path(), forToken);
        // Who gives up on a stalled request cannot be seen from here, and must not be counted for ever.
        boolean working = !(effect instanceof Effect.Stalled) && service.enter(request);
        log.add(new ReceivedRequest(recorded.getMethod(), recorded.getTarget(), headers, clock.now()), forToken);
        try {
            MockResponse answer = effect == null ? usual(request, working) : played(effect, request, working);
            return closed.isDone() ? dropped() : answer;
        } finally {
            if (working) {
                service.leave(request);
            }
        }
    }

    private MockResponse played(Effect effect, EmulatedRequest request, boolean working) {
        if (effect instanceof Effect.Refusal refusal) {
            return complete(service.refused(refusal, request), request);
        }
        if (effect instanceof Effect.Fixed fixed) {
            return fixed(fixed, request);
        }
        if (effect instanceof Effect.Truncated) {
            return truncated(usual(request, working));
        }
        if (effect instanceof Effect.Slow slow) {
            return slowed(usual(request, working), slow.length());
        }
        if (effect instanceof Effect.Held held) {
            if (working) {
                CompletableFuture.anyOf(held.limiter().handle((value, thrown) -> "open"), closed)
                        .join();
            }
            return usual(request, working);
        }
        if (effect instanceof Effect.Credentials credentials) {
            return complete(toCredentials(credentials, request), request);
        }
        if (effect instanceof Effect.Stalled) {
            closed.join();
        }
        return dropped();
    }

    private Reply toCredentials(Effect.Credentials effect, EmulatedRequest request) {
        if (effect instanceof Effect.CredentialRefused) {
            return service.credentialRefused(request);
        }
        if (effect instanceof Effect.KeysRotated rotated) {
            service.rotateKeys(rotated.overlap());
        } else {
            service.expireCredentials();
        }
        return service.answer(request);
    }

    private MockResponse usual(EmulatedRequest request, boolean working) {
        return complete(
                working ? service.answer(request) : service.refused(Effect.Refusal.THROTTLED, request), request);
    }

    private MockResponse complete(Reply reply, EmulatedRequest request) {
        MockResponse.Builder builder = started(reply.status())
                .addHeader("Content-Type", reply.contentType())
                .addHeader("Date", HTTP_DATE.format(clock.now()));
        service.headers(reply, request).forEach(builder::addHeader);
        reply.headers().forEach(builder::addHeader);
        return withBody(builder, reply.body(), request);
    }

    private MockResponse fixed(Effect.Fixed fixed, EmulatedRequest request) {
        if (fixed.headers() == null) {
            return complete(Reply.json(fixed.status(), fixed.body()), request);
        }
        MockResponse.Builder builder = started(fixed.status());
        fixed.headers()
                .asMap()
                .forEach((name, values) -> values.forEach(value -> builder.addHeaderLenient(name, value)));
        return withBody(builder, fixed.body(), request);
    }

    private static MockResponse.Builder started(int status) {
        return new MockResponse.Builder().status("HTTP/1.1 " + status + " " + Reply.reason(status));
    }

    private static MockResponse withBody(MockResponse.Builder builder, String body, EmulatedRequest request) {
        return request.method().equals("HEAD")
                ? builder.build()
                : builder.body(body).build();
    }

    private static MockResponse truncated(MockResponse whole) {
        return whole.newBuilder().onResponseBody(new SocketEffect.CloseSocket()).build();
    }

    private static MockResponse slowed(MockResponse whole, Duration length) {
        long bytes = whole.getBody() == null ? 0 : whole.getBody().getContentLength();
        return whole.newBuilder()
                .throttleBody(bytes / 4 + 1, length.toMillis() / 3, TimeUnit.MILLISECONDS)
                .build();
    }

    /** At the response's start: at the request's start it would be ignored on a connection that is used again. */
    private static MockResponse dropped() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    /** Lets go of everything that is held or stalls. */
    @Override
    public void close() {
        closed.complete(null);
    }
}

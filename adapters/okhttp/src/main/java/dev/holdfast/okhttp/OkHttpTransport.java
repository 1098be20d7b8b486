package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.Transport;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.okhttp.HoldfastCallFactory.Prepared;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp's side of one call. What only an attempt needs is let go during a wait, because thousands of calls may wait at once: a waiting call then
 * holds 800 B in place of 1,160 B (ScaleMemoryTest, 2026-11-29).
 */
final class OkHttpTransport implements Transport<Response> {
    private final HoldfastCallFactory factory;
    private final Request original;
    private volatile @Nullable Prepared prepared;

    /** Guarded by the lock, which is the monitor of this object. */
    private @Nullable Call first;

    private @Nullable List<EventListener> listeners;
    private boolean firstUsed;
    private boolean tagged;
    private boolean looksFirst;
    private boolean leavesPool;
    private boolean leavesHttp2;
    private @Nullable AttemptReader<?> reader;
    private volatile @Nullable Call running;

    OkHttpTransport(HoldfastCallFactory factory, Request original) {
        this.factory = factory;
        this.original = original;
        this.prepared = factory.prepared(original);
    }

    /** As the caller made it. */
    Request original() {
        return original;
    }

    /** Successes are read within their attempt from now on. */
    void readBy(AttemptReader<?> reading) {
        reader = reading;
    }

    @Override
    public void read(Response response) throws IOException {
        AttemptReader<?> reading = reader;
        if (reading != null) {
            reading.read(response);
        }
    }

    /** What the request comes to, found out anew after a wait. */
    Prepared prepared() {
        Prepared known = prepared;
        if (known == null) {
            known = factory.prepared(original);
            prepared = known;
        }
        return known;
    }

    /** The call that holds the tags and what else is put on a call: that of the first attempt, kept from now on. */
    synchronized Call tagged() {
        tagged = true;
        return first();
    }

    private synchronized Call first() {
        Call made = first;
        if (made == null) {
            Prepared known = prepared();
            made = known.client().newCall(known.request());
            first = made;
        }
        return made;
    }

    synchronized void addEventListener(EventListener listener) {
        tagged().addEventListener(listener);
        if (listeners == null) {
            listeners = new ArrayList<>(1);
        }
        listeners.add(listener);
    }

    /** Has each attempt look at a connection of the pool before it is used. */
    void looksFirst() {
        looksFirst = true;
    }

    @Override
    public void leavePool(boolean http2) {
        leavesPool = true;
        leavesHttp2 = http2;
    }

    @Override
    public synchronized void pausing() {
        prepared = null;
        running = null;
        if (!tagged) {
            first = null;
        }
    }

    @Override
    public Exchange<Response> exchange(Duration timeout, Inspection inspects, Changes changes) {
        Call call;
        if (firstUsed || !changes.isNone()) {
            call = prepared().client().newCall(changed(changes));
            // OkHttp's clone does not copy what was added to a call, so neither would a new call have it.
            for (EventListener listener : listeners == null ? List.<EventListener>of() : listeners) {
                call.addEventListener(listener);
            }
        } else {
            call = first();
        }
        firstUsed = true;
        running = call;
        call.timeout().timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
        ShortKeepAlive keepAlive = factory.keepAlive();
        AttemptWatch watch = call.tag(AttemptWatch.class, AttemptWatch::new);
        if (looksFirst) {
            watch.lookFirst();
        }
        if (leavesPool) {
            watch.leavePool(leavesHttp2);
            leavesPool = false;
        }
        call.addEventListener(watch);
        if (keepAlive != null) {
            watch.tell(keepAlive);
            keepAlive.beforeAttempt();
        }
        return new OkHttpExchange(call, inspects, watch);
    }

    private Request changed(Changes changes) {
        Request changed = prepared().request();
        if (changes.rebuild() != null) {
            RebuiltRequest draft = new RebuiltRequest(changed);
            changes.rebuild().accept(draft);
            changed = factory.prepare(draft.request());
        }
        return changes.sign() == null
                ? changed
                : changed.newBuilder()
                        .tag(Signing.Mark.class, new Signing.Mark(changes.sign()))
                        .build();
    }

    @Override
    public Response attach(Response response, Outcome outcome) {
        Request told =
                response.request().newBuilder().tag(Outcome.class, outcome).build();
        return response.newBuilder().request(told).build();
    }

    @Override
    public Response rebuild(ResponseView kept) {
        Headers.Builder headers = new Headers.Builder();
        kept.headers().asMap().forEach((name, values) -> {
            // A line without a colon, or a name that is none, has come through OkHttp's reader; a copy cannot have it.
            if (isName(name)) {
                for (String value : values) {
                    headers.addUnsafeNonAscii(name, value);
                }
            }
        });
        MediaType type =
                MediaType.parse(Objects.requireNonNullElse(kept.headers().first("Content-Type"), "text/plain"));
        return new Response.Builder()
                .request(prepared()
                        .request()
                        .newBuilder()
                        .tag(ReplayedResponse.class, ReplayedResponse.MARK)
                        .build())
                .protocol(Protocol.HTTP_1_1)
                .code(kept.status())
                .message(kept.complete() ? "copy" : "copy of the beginning")
                .headers(headers.build())
                .body(ResponseBody.create(kept.body(), type))
                .build();
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    @Override
    public Response onClosed(Response response, Runnable closed) {
        ResponseBody body = response.body();
        BufferedSource source = Okio.buffer(new ClosingSource(body.source(), closed));
        return response.newBuilder()
                .body(ResponseBody.create(source, body.contentType(), body.contentLength()))
                .build();
    }

    @Override
    public void discard(Response response) {
        BodyView.close(response, running);
    }

    @Override
    public void handOver(Runnable task) {
        Thread caller = Thread.currentThread();
        AtomicBoolean inside = new AtomicBoolean(true);
        try {
            factory.client().dispatcher().executorService().execute(() -> {
                boolean inPlace = Thread.currentThread() == caller && inside.get();
                if (inPlace) {
                    ForkJoinPool.commonPool().execute(task);
                } else {
                    task.run();
                }
            });
        } catch (RejectedExecutionException shutDown) {
            ForkJoinPool.commonPool().execute(task);
        } finally {
            inside.set(false);
        }
    }
}

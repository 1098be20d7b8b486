package dev.holdfast.okhttp;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** A call as a future: cancelling the one cancels the other, and a response that comes too late is closed. */
final class CallFuture<T> extends CompletableFuture<T> {
    private final Call call;

    private CallFuture(Call call) {
        this.call = call;
    }

    static CompletableFuture<Response> send(Call call) {
        CallFuture<Response> future = new CallFuture<>(call);
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call ended, Response response) {
                if (!future.complete(response)) {
                    response.close();
                }
            }

            @Override
            public void onFailure(Call ended, IOException thrown) {
                future.completeExceptionally(thrown);
            }
        });
        return future;
    }

    static <T> CompletableFuture<T> fetch(Call call, HoldfastOkHttp.BodyReader<T> reader) {
        return read(call, response -> reader.read(response.body()));
    }

    static <T> CompletableFuture<T> read(Call call, Fetch.ResponseReader<T> reader) {
        CallFuture<T> future = new CallFuture<>(call);
        Fetch.ResponseReader<T> within = Fetch.within(call, reader);
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call ended, Response response) {
                try {
                    future.complete(Fetch.read(response, within));
                } catch (IOException | RuntimeException | Error e) {
                    future.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(Call ended, IOException thrown) {
                future.completeExceptionally(thrown);
            }
        });
        return future;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            call.cancel();
        }
        return cancelled;
    }
}

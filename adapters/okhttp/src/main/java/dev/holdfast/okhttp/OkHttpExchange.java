package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.AttemptFacts;
import dev.holdfast.core.internal.call.AttemptResponse;
import dev.holdfast.core.internal.call.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** One attempt: one call of the derived client. */
final class OkHttpExchange implements Transport.Exchange<Response> {
    private final Call call;
    private final Transport.Inspection inspects;
    private final AttemptWatch watch;

    /** OkHttp cancels a call that takes too long, and one whose interceptor throws: its own flag does not tell them apart. */
    private volatile boolean endedByItself;

    /** The dispatcher's executor was shut down: nobody will run this attempt, nor any other. */
    private volatile boolean rejected;

    OkHttpExchange(Call call, Transport.Inspection inspects, AttemptWatch watch) {
        this.call = call;
        this.inspects = inspects;
        this.watch = watch;
    }

    @Override
    public AttemptFacts facts() {
        return watch.facts();
    }

    @Override
    public AttemptResponse<Response> execute() throws IOException {
        try {
            return received(call.execute());
        } catch (IOException e) {
            throw noted(e);
        }
    }

    @Override
    public void enqueue(Transport.Receiver<Response> receiver) {
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call ended, Response response) {
                AttemptResponse<Response> received;
                try {
                    received = received(response);
                } catch (IOException e) {
                    receiver.onFault(noted(e));
                    return;
                } catch (RuntimeException | Error e) {
                    receiver.onFault(e);
                    return;
                }
                receiver.onReceived(received);
            }

            @Override
            public void onFailure(Call ended, IOException fault) {
                // What an interceptor threw comes as "canceled due to …" here, and as itself out of execute.
                Throwable cause = fault.getCause();
                if (cause != null && ("canceled due to " + cause).equals(fault.getMessage())) {
                    endedByItself = true;
                    receiver.onFault(cause);
                } else {
                    receiver.onFault(noted(fault));
                }
            }
        });
    }

    private AttemptResponse<Response> received(Response response) throws IOException {
        int status = response.code();
        if (!inspects.wants(status, response.header("Content-Type"))) {
            return new AttemptResponse.Passed<>(response, status);
        }
        try {
            return BodyView.peek(response, call);
        } catch (RuntimeException | Error e) {
            response.close();
            throw e;
        }
    }

    private IOException noted(IOException fault) {
        if (fault instanceof InterruptedIOException) {
            rejected = "executor rejected".equals(fault.getMessage());
            endedByItself = !rejected;
        }
        return fault;
    }

    @Override
    public void cancel() {
        call.cancel();
    }

    @Override
    public boolean isCanceled() {
        return rejected || (call.isCanceled() && !endedByItself);
    }
}

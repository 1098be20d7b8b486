package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.AttemptResponse;
import dev.holdfast.core.internal.call.Transport;
import java.io.IOException;

/** An attempt that must not be sent: the caller's hook has turned it to another host. */
record RefusedExchange<T>(IOException why) implements Transport.Exchange<JdkReply<T>> {

    @Override
    public AttemptResponse<JdkReply<T>> execute() throws IOException {
        throw why;
    }

    @Override
    public void enqueue(Transport.Receiver<JdkReply<T>> receiver) {
        Threads.LATER.execute(() -> receiver.onFault(why));
    }

    @Override
    public void cancel() {}

    @Override
    public boolean isCanceled() {
        return false;
    }
}

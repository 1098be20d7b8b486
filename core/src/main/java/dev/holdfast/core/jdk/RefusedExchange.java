package dev.holdfast.core.jdk;

import dev.holdfast.core.call.Port;
import dev.holdfast.core.call.Received;
import java.io.IOException;

/** An attempt that must not be sent: the caller's hook has turned it to another host. */
record RefusedExchange<T>(IOException why) implements Port.Exchange<JdkReply<T>> {

    @Override
    public Received<JdkReply<T>> execute() throws IOException {
        throw why;
    }

    @Override
    public void enqueue(Port.Receiver<JdkReply<T>> receiver) {
        JdkPort.ASYNC.execute(() -> receiver.onFault(why));
    }

    @Override
    public void cancel() {}

    @Override
    public boolean isCanceled() {
        return false;
    }
}

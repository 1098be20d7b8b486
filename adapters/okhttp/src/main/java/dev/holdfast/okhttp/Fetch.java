package dev.holdfast.okhttp;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;

/** A response read to its end: either what was wanted, or an exception that explains. */
final class Fetch {
    private Fetch() {}

    /** Reads a whole response, headers included. */
    @FunctionalInterface
    interface ResponseReader<T> {
        T read(Response response) throws IOException;
    }

    /**
     * Has a success read within its attempt where the call is one of ours, so that a body that breaks off is repeated. Any other call, such
     * as one of a client with an interceptor, ends before anything of its body is read.
     *
     * @return what gives the value after the call
     */
    static <T> ResponseReader<T> within(Call call, ResponseReader<T> reader) {
        if (!(call instanceof HoldfastCall ours)) {
            return reader;
        }
        AttemptReader<T> reading = new AttemptReader<>(reader);
        ours.readBy(reading);
        return response -> reading.value();
    }

    static <T> T read(Response response, ResponseReader<T> reader) throws IOException {
        try (response) {
            Outcome outcome = HoldfastOkHttp.outcomeOf(response);
            Decision decision = outcome == null ? null : outcome.decision();
            if (outcome != null && decision != null) {
                throw new ServiceException(response.code(), decision, outcome);
            }
            if (!response.isSuccessful()) {
                throw new IOException("the call was not made by a wrapped client, and was answered " + response.code());
            }
            return reader.read(response);
        }
    }
}

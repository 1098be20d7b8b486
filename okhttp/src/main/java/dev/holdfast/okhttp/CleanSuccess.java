package dev.holdfast.okhttp;

import dev.holdfast.core.Outcome;
import dev.holdfast.core.Service;
import dev.holdfast.core.error.RequestView;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.Response;

/** Marks the requests of a factory, so that the outcome of a first success need not be made before somebody asks for it. */
record CleanSuccess(Service service) {

    Outcome outcome(Response response) {
        String operation = service.operation(view(response.request())).id();
        Duration took =
                Duration.ofMillis(Math.max(0, response.receivedResponseAtMillis() - response.sentRequestAtMillis()));
        return Outcome.cleanSuccess(service.id(), operation, response.code(), took);
    }

    static RequestView view(Request request) {
        return new RequestView(
                request.method(), request.url().encodedPath(), request.url().encodedQuery(), request::header);
    }
}

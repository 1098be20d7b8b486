package dev.holdfast.okhttp;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Service;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.Response;

/** Marks the requests of a factory, so that the outcome of a first success need not be made before somebody asks for it. */
record FirstTrySuccess(Service service) {

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

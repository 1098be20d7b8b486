package dev.holdfast.okhttp;

import java.util.Set;
import okhttp3.Request;

/** Takes off what a service must never be sent, whoever put it on: metadata services refuse X-Forwarded-For. */
record ForbiddenHeaders(Set<String> names) {

    /** Returns the request itself where it has none of them, which is nearly always so. */
    Request without(Request request) {
        Request.Builder changed = null;
        for (String name : names) {
            if (request.header(name) != null) {
                changed = changed == null ? request.newBuilder() : changed;
                changed.removeHeader(name);
            }
        }
        return changed == null ? request : changed.build();
    }
}

package dev.holdfast.okhttp;

import java.util.List;
import okhttp3.Headers;
import okhttp3.Response;

/**
 * Hides {@code Retry-After} from OkHttp, which repeats a 503 with 0 by itself and dies of a NumberFormatException on large numbers
 * (measured with 5.5.1, 2026-11). Only the two statuses for which OkHttp reads it are touched.
 */
final class RetryAfterShield {
    private static final String SHOWN = "Retry-After";
    private static final String HIDDEN = "Holdfast-Retry-After";

    private RetryAfterShield() {}

    /** Right below OkHttp's own repetition. */
    static Response hidden(Response response) {
        if (!concerned(response)) {
            return response;
        }
        // A server's own header of this name must not come out as Retry-After.
        Response own = response.header(HIDDEN) == null
                ? response
                : response.newBuilder().removeHeader(HIDDEN).build();
        return renamed(own, SHOWN, HIDDEN);
    }

    /** Above OkHttp's own repetition, below the caller's interceptors: nobody else sees the hidden name. */
    static Response restored(Response response) {
        if (!concerned(response) || response.header(HIDDEN) == null) {
            return response;
        }
        Response shown = renamed(response, HIDDEN, SHOWN);
        Response network = response.networkResponse();
        return network == null
                ? shown
                : shown.newBuilder()
                        .networkResponse(renamed(network, HIDDEN, SHOWN))
                        .build();
    }

    private static boolean concerned(Response response) {
        return response.code() == 503 || response.code() == 408;
    }

    private static Response renamed(Response response, String from, String to) {
        List<String> values = response.headers(from);
        if (values.isEmpty()) {
            return response;
        }
        // OkHttp reads lines without a colon and names of any characters, which a builder that is filled anew refuses.
        Headers.Builder renamed = response.headers().newBuilder().removeAll(from);
        for (String value : values) {
            renamed.addUnsafeNonAscii(to, value);
        }
        return response.newBuilder().headers(renamed.build()).build();
    }
}

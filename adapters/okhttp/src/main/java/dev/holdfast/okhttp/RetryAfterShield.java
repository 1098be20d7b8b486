package dev.holdfast.okhttp;

import java.io.IOException;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Hides {@code Retry-After} from OkHttp, which repeats a 503 with 0 by itself and dies of a NumberFormatException on large numbers
 * (measured with 5.5.1, 2026-11). Only the two statuses for which OkHttp reads it are touched.
 */
final class RetryAfterShield implements Interceptor {
    private static final String SHOWN = "Retry-After";
    private static final String HIDDEN = "Holdfast-Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return concerned(response) ? renamed(response, SHOWN, HIDDEN) : response;
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
        Headers headers = response.headers();
        if (headers.get(from) == null) {
            return response;
        }
        Headers.Builder renamed = new Headers.Builder();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            renamed.addUnsafeNonAscii(name.equalsIgnoreCase(from) ? to : name, headers.value(i));
        }
        return response.newBuilder().headers(renamed.build()).build();
    }
}

package dev.holdfast.okhttp;

import java.net.Proxy;
import okhttp3.Connection;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Hides a 407 that comes without a proxy from OkHttp, which makes a ProtocolException of it (measured with 5.5.1, 2026-11). A proxy that
 * nobody has set answers so, and its page says what it is.
 */
final class ProxyStatusShield {
    private static final int SHOWN = 407;
    /** Assigned to nothing, and without a meaning for OkHttp. */
    private static final int HIDDEN = 597;

    private static final String MARK = "Holdfast-Status";

    private ProxyStatusShield() {}

    /** Right below OkHttp's own repetition. */
    static Response hidden(Response response, @Nullable Connection connection) {
        if (response.code() == HIDDEN) {
            return response.newBuilder().removeHeader(MARK).build();
        }
        boolean proxied = connection != null && connection.route().proxy().type() == Proxy.Type.HTTP;
        return response.code() == SHOWN && !proxied
                ? response.newBuilder().code(HIDDEN).header(MARK, "407").build()
                : response;
    }

    /** Above OkHttp's own repetition, below the caller's interceptors: nobody else sees the hidden status. */
    static Response restored(Response response) {
        if (response.code() != HIDDEN || response.header(MARK) == null) {
            return response;
        }
        Response shown = shown(response);
        Response network = response.networkResponse();
        return network == null
                ? shown
                : shown.newBuilder().networkResponse(shown(network)).build();
    }

    private static Response shown(Response response) {
        return response.newBuilder().code(SHOWN).removeHeader(MARK).build();
    }
}

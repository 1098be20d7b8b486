package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.AttemptFacts;
import dev.holdfast.core.internal.call.AttemptFacts.Progress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Watches one attempt, because an exception of OkHttp does not say where it struck. OkHttp connects on threads of its own, so each field is
 * volatile. An interceptor of the caller may send twice in one attempt: then the progress is that of the request that came furthest.
 */
final class AttemptWatch extends EventListener {
    private volatile @Nullable ShortKeepAlive keepAlive;

    /** Guarded by the monitor of this object. */
    private int sent;

    private volatile boolean looksFirst;
    private volatile boolean leavesPool;
    private volatile boolean leavesHttp2;
    private volatile boolean reachedClient;
    private volatile boolean connecting;
    private volatile @Nullable Protocol protocol;
    private volatile boolean reused;
    private volatile boolean stale;
    private volatile Progress progress = Progress.NOT_BEGUN;

    /** Tells what keeps connections for a short time only which of them the attempt uses. */
    void tell(ShortKeepAlive keeper) {
        keepAlive = keeper;
    }

    /** Counts a request on the wire. Returns how many the attempt has sent. */
    synchronized int sent() {
        return ++sent;
    }

    /** The request may not be repeated freely: a connection of the pool is looked at before it is used. */
    void lookFirst() {
        looksFirst = true;
    }

    boolean looksFirst() {
        return looksFirst;
    }

    /** A connection of the pool was dead: this attempt takes none of it. */
    void leavePool(boolean http2) {
        leavesPool = true;
        leavesHttp2 = http2;
    }

    boolean leavesPool() {
        return leavesPool;
    }

    boolean leavesHttp2() {
        return leavesHttp2;
    }

    /** Whether connections that were idle for too long are left unused. */
    boolean keepsShort() {
        return keepAlive != null;
    }

    /** Whether the connection of the pool that the attempt got was idle for too long. */
    boolean isStale() {
        return stale;
    }

    /** The caller's interceptors are passed: what fails from now on fails in OkHttp. */
    void reachedClient() {
        reachedClient = true;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        connecting = true;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        reused = !connecting;
        connecting = false;
        protocol = connection.protocol();
        ShortKeepAlive keeper = keepAlive;
        if (keeper != null) {
            stale = keeper.acquired(connection);
        }
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
        ShortKeepAlive keeper = keepAlive;
        if (keeper != null) {
            keeper.released(connection);
        }
    }

    @Override
    public void requestHeadersStart(Call call) {
        if (progress == Progress.NOT_BEGUN) {
            progress = Progress.BEGUN;
        }
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        progress = Progress.ANSWERED;
    }

    AttemptFacts facts() {
        Protocol spoken = protocol;
        boolean http2 = spoken == Protocol.HTTP_2 || spoken == Protocol.H2_PRIOR_KNOWLEDGE;
        return new AttemptFacts(connection(spoken), progress, http2);
    }

    private AttemptFacts.Connection connection(@Nullable Protocol spoken) {
        if (spoken != null) {
            return reused ? AttemptFacts.Connection.REUSED : AttemptFacts.Connection.FRESH;
        }
        // An interceptor of the caller that throws before OkHttp is asked says nothing about the way to the service.
        return reachedClient ? AttemptFacts.Connection.NONE : AttemptFacts.Connection.UNKNOWN;
    }
}

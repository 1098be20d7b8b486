package dev.holdfast.okhttp;

import java.util.List;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * One factory for several services: by host, then by the path that one of them has an operation for, because several clouds use the same
 * link-local address. A request that none of them knows goes to the first, which refuses it.
 */
record RoutingCallFactory(List<HoldfastCallFactory> factories) implements Call.Factory {

    @Override
    public Call newCall(Request request) {
        Objects.requireNonNull(request, "request must not be null");
        return factory(request).newCall(request);
    }

    /** The factory whose service the request is addressed to. */
    HoldfastCallFactory factory(Request request) {
        HoldfastCallFactory byHost = null;
        for (HoldfastCallFactory factory : factories) {
            if (factory.isMeant(request.url())) {
                if (factory.engine().service().declares(FirstTrySuccess.view(request))) {
                    return factory;
                }
                byHost = byHost == null ? factory : byHost;
            }
        }
        return byHost == null ? factories.get(0) : byHost;
    }

    /** Whether any of the services is addressed. */
    boolean knows(HttpUrl url) {
        return factories.stream().anyMatch(factory -> factory.isMeant(url));
    }
}

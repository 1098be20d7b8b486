package dev.holdfast.okhttp;

import java.net.URI;
import okhttp3.HttpUrl;

/** From OkHttp's form of a URL to Java's and back; neither way says in an exception what the URL was, because its query may be signed. */
final class Urls {
    private Urls() {}

    /** As it is sent, but for what {@link URI} refuses, such as braces in a query: that is percent-encoded. */
    static URI uri(HttpUrl url) {
        try {
            return url.uri();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the URL of " + url.host() + " has no form that java.net.URI takes");
        }
    }

    static HttpUrl url(URI uri) {
        try {
            return HttpUrl.get(uri.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the URL must be one of http or https with a host");
        }
    }
}

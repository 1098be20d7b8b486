/** The adapter for OkHttp. */
module dev.holdfast.okhttp {
    requires transitive dev.holdfast.core;
    requires transitive okhttp3;
    requires okio;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.holdfast.okhttp;
}

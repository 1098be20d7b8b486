/** The adapter for java.net.http. */
module dev.holdfast.jdk {
    requires transitive dev.holdfast.core;
    requires transitive java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.holdfast.jdk;
}

/** Decides what a VM agent does when a cloud metadata or control endpoint returns an error. Runs without any HTTP client. */
module dev.holdfast.core {
    requires transitive io.github.resilience4j.ratelimiter;
    requires transitive io.github.resilience4j.retry;
    requires com.fasterxml.jackson.core;
    requires io.github.resilience4j.core;
    requires java.xml;
    requires org.slf4j;
    requires static micrometer.core;
    requires static transitive org.jspecify;

    exports dev.holdfast.core;
    exports dev.holdfast.core.catalogue;
    exports dev.holdfast.core.credential;
    exports dev.holdfast.core.decision;
    exports dev.holdfast.core.micrometer;
    exports dev.holdfast.core.outcome;
    exports dev.holdfast.core.policy;
    exports dev.holdfast.core.response;
    exports dev.holdfast.core.service;
    exports dev.holdfast.core.spi;
    exports dev.holdfast.core.time;
    exports dev.holdfast.core.internal.call to
            dev.holdfast.jdk,
            dev.holdfast.okhttp,
            dev.holdfast.testkit;
    exports dev.holdfast.core.internal.decide to
            dev.holdfast.jdk,
            dev.holdfast.okhttp,
            dev.holdfast.testkit;
    exports dev.holdfast.core.internal.engine to
            dev.holdfast.jdk,
            dev.holdfast.okhttp,
            dev.holdfast.testkit;
    exports dev.holdfast.core.internal.limit to
            dev.holdfast.jdk,
            dev.holdfast.okhttp,
            dev.holdfast.testkit;
    exports dev.holdfast.core.internal.outcome to
            dev.holdfast.jdk,
            dev.holdfast.okhttp,
            dev.holdfast.testkit;
    exports dev.holdfast.core.internal.text to
            dev.holdfast.jdk,
            dev.holdfast.okhttp,
            dev.holdfast.testkit;
    exports dev.holdfast.core.internal.time to
            dev.holdfast.jdk,
            dev.holdfast.okhttp,
            dev.holdfast.testkit;

    uses dev.holdfast.core.ServiceProvider;
}

package dev.holdfast.core.spi;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a vendor tells about its responses. Each method has a default that fits a service without peculiarities; a dialect overrides those that do
 * not fit. A response has any status, headers and bytes at all: what a method does not understand costs its own answer only. A method that throws is left
 * out of that decision, and its first fault is logged. Implementations are safe for several threads.
 */
public interface ErrorDialect {

    /**
     * Reads what a response that is not a success says, for most services with a {@link dev.holdfast.core.response.Document} of the body.
     *
     * @param context the response; its body may be empty, cut off or of any format
     * @return what it says, {@link ServiceError#none()} if nothing; the service adds the request ids of headers. By default, code and message are taken
     *     under all the names that are in wide use
     */
    default ServiceError error(Context context) {
        return LenientParser.parse(context.response());
    }

    /**
     * Looks into a success of an operation that is known for failures behind a 2xx, such as a credentials document without credentials. Asked for those
     * operations only.
     *
     * @param context the response, of a 2xx status
     * @return the error behind it, or null if it is what it seems; null by default
     */
    default @Nullable ServiceError failure(Context context) {
        return null;
    }

    /**
     * Recognises a response that somebody else gave, such as a proxy's page. The result is a failure or a bounded retry, never a reauthentication, so
     * that no intermediary makes an agent send its credentials anew.
     *
     * @param context the response, which is not a success, and what {@link #error} read from it
     * @return who answered, or null if it was the service; null by default
     */
    default @Nullable Intermediary intermediary(Context context) {
        return null;
    }

    /**
     * Reads the server's own word on when to come back.
     *
     * @param context the response, and what {@link #error} read from it
     * @return how long to wait, or null where the server says nothing usable; {@link RetryAfter#headers} by default
     */
    default @Nullable Duration retryAfter(Context context) {
        return RetryAfter.headers(context.response(), serverTime(context), context.now());
    }

    /**
     * Reads the server's own time. A date in a retry-after counts from it, and a clock that is wrong is corrected by it.
     *
     * @param context the response
     * @return the server's time, or null where the response does not tell it; the header {@code Date} by default
     */
    default @Nullable Instant serverTime(Context context) {
        return context.response().serverTime();
    }

    /**
     * Recognises the service itself: tells whether a response has a mark that no other service and no intermediary sends. Asked by a probe, of a
     * response of any status, with the first 64 KiB of its body.
     *
     * @param context the response
     * @return true for the service's own; false by default, and then a probe judges by what decided about the response, unless {@link #isMarked}
     */
    default boolean recognises(Context context) {
        return false;
    }

    /**
     * Tells whether each response to the probe has a mark that {@link #recognises} knows. A probe then takes a response without it for another's.
     *
     * @return false by default
     */
    default boolean isMarked() {
        return false;
    }

    /**
     * Says under which code the catalogue looks an error up, where that is not the code that was sent: one table may stand under several prefixes, or a
     * header may say more than the code. The error itself keeps what was sent.
     *
     * @param context the response, and what {@link #error} read from it
     * @return the code to look for, or null for none; {@link ServiceError#code()} by default
     */
    default @Nullable String catalogueCode(Context context) {
        return context.error().code();
    }

    /**
     * Names what the service throttles together with a request, such as the subscription in its path. A retry-after for one request holds back
     * the requests to the same host whose scope is the same, and no others.
     *
     * @param request the request
     * @param principal a name for the credentials of the {@code Holdfast} instance, the same for the same credential source within a process;
     *     empty without a source
     * @return the scope, any text; empty by default, for all requests to the host
     */
    default String throttleScope(RequestView request, String principal) {
        return "";
    }

    /**
     * A dialect without peculiarities.
     *
     * @return the shared instance, with all defaults
     */
    static ErrorDialect standard() {
        return StandardDialect.PLAIN;
    }

    /**
     * A dialect without peculiarities for a service that refuses in JSON, XML or text: a web page that refuses is an intermediary's.
     *
     * @param own headers that only the service itself sends, such as its request id: with one of them, the page is its own
     * @return the dialect
     * @see #webPage
     */
    static ErrorDialect recognisingWebPages(String... own) {
        return new StandardDialect(own.clone());
    }

    /**
     * Recognises a web page in the place of a response, for services that refuse in JSON, XML or text. A page that refuses comes from a proxy, a
     * firewall or a login page, and a 401 of such must not cost a credential. Pages of 5xx, 408, 425, 429 and 449 are left to the status, because a
     * cloud's own gateways send those.
     *
     * @param response the response
     * @param own headers that only the service itself sends, such as its request id: with one of them, the page is its own
     * @return the finding, or null if the response is no such page
     */
    static @Nullable Intermediary webPage(ResponseView response, String... own) {
        return WebPages.recognise(response, own);
    }

    /**
     * Tells whether a response came through a proxy, by the headers that proxies add. A link-local service is never reached through one.
     *
     * @param response the response
     * @return true if it has {@code Via}, {@code Proxy-Connection}, {@code Proxy-Authenticate} or {@code X-Squid-Error}
     */
    static boolean isProxied(ResponseView response) {
        return IntermediaryMarks.isProxied(response);
    }

    /**
     * Recognises the metadata service of AWS, Google Cloud or Azure by its headers (AWS: {@code Server: EC2ws} and the header of a token's lifetime; Google:
     * {@code Metadata-Flavor}; Azure: {@code Server: IMDS/…}).
     *
     * @param response the response
     * @return {@code AWS}, {@code Google} or {@code Azure}; null if there is no such mark
     */
    static @Nullable String otherCloud(ResponseView response) {
        return IntermediaryMarks.otherCloud(response);
    }

    /** What a dialect is asked about. Immutable. */
    final class Context {
        private final ResponseView response;
        private final @Nullable RequestView request;
        private final Instant now;
        private final ServiceError error;

        private Context(ResponseView response, @Nullable RequestView request, Instant now, ServiceError error) {
            this.response = Objects.requireNonNull(response, "response must not be null");
            this.request = request;
            this.now = Objects.requireNonNull(now, "now must not be null");
            this.error = Objects.requireNonNull(error, "error must not be null");
        }

        /**
         * Makes a context.
         *
         * @param response the response
         * @param request the request that it answers, or null where it is not known
         * @param now the wall clock's time
         * @return the context
         */
        public static Context of(ResponseView response, @Nullable RequestView request, Instant now) {
            return new Context(response, request, now, ServiceError.none());
        }

        /**
         * Returns the same with what was read from the response.
         *
         * @param read what the response says
         * @return a copy
         */
        public Context about(ServiceError read) {
            return new Context(response, request, now, read);
        }

        /** {@return the response} */
        public ResponseView response() {
            return response;
        }

        /** {@return the request that the response answers, or null where it is not known} */
        public @Nullable RequestView request() {
            return request;
        }

        /** {@return the wall clock's time, for dates in responses that do not tell their own} */
        public Instant now() {
            return now;
        }

        /**
         * Returns what was read from the response.
         *
         * @return what {@link ErrorDialect#error} or {@link ErrorDialect#failure} read; {@link ServiceError#none()} before that
         */
        public ServiceError error() {
            return error;
        }
    }

    /** Somebody else who answered in the place of the service. Immutable. */
    final class Intermediary {
        private final String id;
        private final Verdict verdict;
        private final String advice;
        private final String source;

        private Intermediary(String id, Verdict verdict, String advice, String source) {
            this.id = Objects.requireNonNull(id, "id must not be null");
            this.verdict = verdict;
            this.advice = Objects.requireNonNull(advice, "advice must not be null");
            this.source = Objects.requireNonNull(source, "source must not be null");
        }

        /**
         * An intermediary that makes the call fail.
         *
         * @param id names the finding, such as {@code proxy-page}
         * @param advice one sentence for an operator
         * @param source document and date
         * @return the intermediary
         */
        public static Intermediary fail(String id, String advice, String source) {
            return new Intermediary(id, Verdict.fail(), advice, source);
        }

        /**
         * An intermediary that passes: the call is repeated at the transient pace, which attempts bound.
         *
         * @param id names the finding
         * @param advice one sentence for an operator
         * @param source document and date
         * @return the intermediary
         */
        public static Intermediary retry(String id, String advice, String source) {
            return new Intermediary(id, Verdict.retry(Pace.TRANSIENT), advice, source);
        }

        /**
         * An intermediary of which the status tells whether it passes, as a restart of a proxy does.
         *
         * @param status a retry for 5xx, 408, 425, 429 and 449; any other makes the call fail
         * @param id names the finding
         * @param advice one sentence for an operator
         * @param source document and date
         * @return the intermediary
         */
        public static Intermediary byStatus(int status, String id, String advice, String source) {
            return WebPages.isPassing(status) ? retry(id, advice, source) : fail(id, advice, source);
        }

        /**
         * Makes the decision.
         *
         * @param service the service's id
         * @return a failure, or a retry at the transient pace
         */
        public Decision.Draft decide(String service) {
            return Decision.of(verdict, ErrorKind.INTERMEDIARY, service + "/foreign-" + id, advice, source)
                    .draft();
        }
    }
}

package dev.holdfast.core.spi;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * A service's veto: it recognises answers that somebody else gave, such as a proxy's page. By its type it can only turn them into a
 * failure or into a bounded retry, never into a reauthentication, so that no stranger can make an agent send its credentials anew.
 */
@FunctionalInterface
public interface ForeignCheck {

    /**
     * Looks at an answer that is not a success.
     *
     * @param answer the answer
     * @param error what the parser read from it
     * @param request the request, or null where it is not known
     * @return who answered, or null if it was the service
     */
    @Nullable
    Foreign check(ResponseView answer, ServiceError error, @Nullable RequestView request);

    /**
     * Recognises a web page in the place of an answer, for services that refuse in JSON, XML or text: a page that refuses comes from a proxy, a
     * firewall or a login page, and a 401 of such must not cost a credential. Pages of 5xx, 408, 425, 429 and 449 are left to the status,
     * because a cloud's own front adapters send those.
     *
     * @param own headers that only the service itself sends, such as its request id: with one of them the page is its own
     * @return the check
     */
    static ForeignCheck webPages(String... own) {
        return new HtmlPageDetector(own);
    }

    /**
     * Somebody else's answer.
     *
     * @param id names the finding, such as {@code proxy-page}
     * @param retry true for a retry at the transient pace, which attempts bound; false for a failure
     * @param advice one sentence for an operator
     * @param source document and date
     */
    record Foreign(String id, boolean retry, String advice, String source) {
        /**
         * Makes the decision.
         *
         * @param service the service's id
         * @param error what the parser read
         * @return a failure, or a retry at the transient pace
         */
        public Decision decide(String service, ServiceError error) {
            Verdict verdict = retry ? Verdict.retry() : Verdict.fail();
            return Decision.of(verdict, ErrorKind.INTERMEDIARY, service + "/foreign-" + id, advice, source)
                    .withPace(Pace.TRANSIENT)
                    .withError(error);
        }
    }
}

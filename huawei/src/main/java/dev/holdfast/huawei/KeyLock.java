package dev.holdfast.huawei;

import dev.holdfast.core.decision.Decision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** More than five refusals in a row lock a key for five minutes; each further attempt in that time is one in vain (OTC APIG FAQ apig-faq-0003). */
final class KeyLock {
    private static final Duration LENGTH = Duration.ofMinutes(5);

    private KeyLock() {}

    static @Nullable Duration after(Decision decision) {
        return decision.rule().endsWith("/gw-0301-key-locked") ? LENGTH : null;
    }
}

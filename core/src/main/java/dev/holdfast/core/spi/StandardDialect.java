package dev.holdfast.core.spi;

import org.jspecify.annotations.Nullable;

/** The defaults; on demand with the recognition of web pages. */
final class StandardDialect implements ErrorDialect {
    static final ErrorDialect PLAIN = new ErrorDialect() {};

    private final String[] own;

    StandardDialect(String[] own) {
        this.own = own;
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return ErrorDialect.webPage(context.response(), own);
    }
}

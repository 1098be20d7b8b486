package dev.holdfast.testkit.junit;

import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row with something in its places: a status of its class, a code of its pattern, values in its message. */
record ContractRow(Service service, CatalogueRow row) {
    /** No vendor says this. */
    static final String WORDS = "The moon is in the seventh house";

    private static final String VALUE = "sample 7";

    static List<ContractRow> of(Service service) {
        return service.catalogue().rows().stream()
                .map(row -> new ContractRow(service, row))
                .toList();
    }

    String rule() {
        return service.catalogue().name() + "/" + row.id();
    }

    @Nullable
    String code() {
        return row.code() == null ? null : row.code().replace("*", "Xyzzy");
    }

    String message() {
        return row.message() == null ? WORDS : row.message().render(VALUE);
    }

    /** The same sentence as another server, or another version of the same, would write it. */
    List<String> otherSpellings() {
        String message = message();
        boolean dot = message.endsWith(".");
        String other = dot ? message.substring(0, message.length() - 1) : message + ".";
        return List.of(
                " " + other.toUpperCase(Locale.ROOT).replace(" ", "  ") + " ",
                message.toLowerCase(Locale.ROOT).replace('\'', '`').replace('"', '\''));
    }

    /** Statuses that the row holds for: odd ones first, because those have no rows of their own. */
    IntStream statuses() {
        return IntStream.concat(IntStream.of(418, 599), IntStream.range(200, 600))
                .filter(this::holdsFor);
    }

    boolean holdsFor(int status) {
        String own = row.status();
        return own.equals("*")
                || (own.endsWith("xx") ? own.charAt(0) - '0' == status / 100 : own.equals(Integer.toString(status)));
    }

    boolean holdsFor(ContractRequest request) {
        return row.operations().isEmpty() || row.operations().contains(request.operation());
    }

    boolean hasCode(@Nullable String code) {
        return code != null && row.code() != null && row.code().equalsIgnoreCase(code);
    }

    boolean hasPatternOf(@Nullable String code) {
        if (code == null || row.code() == null || row.code().indexOf('*') < 0) {
            return false;
        }
        String[] parts = row.code().toLowerCase(Locale.ROOT).split("\\*", -1);
        String regex = Stream.of(parts).map(Pattern::quote).collect(Collectors.joining(".*"));
        return code.toLowerCase(Locale.ROOT).matches(regex);
    }

    /** Whether a rule is this row, or a row with the same code and sentence for this operation alone. */
    boolean isOrHasTwin(String decided, ContractRequest request) {
        return decided.equals(rule())
                || of(service).stream().anyMatch(other -> decided.equals(other.rule()) && isSharper(other, request));
    }

    private boolean isSharper(ContractRow other, ContractRequest request) {
        return row.operations().isEmpty()
                && other.row.operations().contains(request.operation())
                && Objects.equals(other.row.code(), row.code())
                && String.valueOf(other.row.message()).equals(String.valueOf(row.message()));
    }

    /** What the service makes of an answer; null for a success. */
    static @Nullable Decision decide(Service service, ResponseView answer, ContractRequest request) {
        return answer.status() / 100 == 2
                ? service.inspect(answer, request.view()).orElse(null)
                : service.decide(answer, request.view());
    }

    @Override
    public String toString() {
        return row.id();
    }
}

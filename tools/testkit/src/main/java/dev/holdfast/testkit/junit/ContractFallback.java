package dev.holdfast.testkit.junit;

import dev.holdfast.core.decision.Decision;
import java.util.List;
import java.util.function.Predicate;

/** What must decide about a code that is known, with a sentence that is not: told from the rows alone, in the documented order. */
record ContractFallback(ContractRow row, int status, ContractRequest request) {

    /** What is wrong about a decision; empty if it is the right one. */
    String fault(Decision decision) {
        List<ContractRow> pair = holding(other -> other.hasCode(row.code()));
        List<ContractRow> silent = silent(pair);
        if (!silent.isEmpty()) {
            return oneOf(silent, decision);
        }
        boolean agreed =
                pair.stream().map(known -> known.row().verdict()).distinct().count() == 1;
        if (agreed) {
            boolean pairDecides = decision.rule().endsWith("@" + status)
                    && decision.verdict().equals(pair.get(0).row().verdict());
            return pairDecides ? "" : "all rows of this status and code agree and must decide";
        }
        List<ContractRow> patterns = silent(holding(other -> other.hasPatternOf(row.code())));
        if (!patterns.isEmpty()) {
            return oneOf(patterns, decision);
        }
        List<ContractRow> defaults = silent(holding(other -> other.row().code() == null));
        if (!defaults.isEmpty()) {
            return oneOf(defaults, decision);
        }
        return decision.rule().equals("default/" + status) ? "" : "no row holds, so the general table must decide";
    }

    private List<ContractRow> holding(Predicate<ContractRow> wanted) {
        return ContractRow.of(row.service()).stream()
                .filter(wanted)
                .filter(other -> other.holdsFor(status) && other.holdsFor(request))
                .toList();
    }

    private static List<ContractRow> silent(List<ContractRow> rows) {
        return rows.stream().filter(other -> other.row().message() == null).toList();
    }

    private static String oneOf(List<ContractRow> rows, Decision decision) {
        boolean right = rows.stream().anyMatch(other -> other.rule().equals(decision.rule()));
        return right ? "" : "one of " + rows + " must decide";
    }
}

package dev.holdfast.cli;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.emulators.demo.DemoCall;
import dev.holdfast.emulators.demo.DemoCall.Ending;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the demo prints. Two runs with one seed print the same, but for the times that attempts took. */
final class DemoReport {
    private static final int WIDTH = 118;

    private final PrintStream out;
    private final long seed;
    private final List<String> rows = new ArrayList<>();
    private int number;
    private int wrong;

    DemoReport(PrintStream out, long seed) {
        this.out = out;
        this.seed = seed;
    }

    int number() {
        return number;
    }

    void begin(List<DemoCall> calls) {
        List<String> services = calls.stream().map(DemoCall::service).distinct().toList();
        out.print(wrapped("Holdfast demo: " + calls.size() + " calls of an agent to " + services.size()
                + " emulated services: " + String.join(", ", services)
                + ". The agent's OkHttp client is wrapped; nothing else "
                + "in the agent knows of retries or of refused tokens. Every wait is a tenth of the default, so that this takes "
                + "seconds. In the tables, \"at\" counts the waits only and \"took\" is measured."));
        out.flush();
    }

    void heading(DemoCall call) {
        String title = "── " + ++number + " · " + call.service() + " · " + call.name() + " ";
        out.print("\n" + title + "─".repeat(Math.max(0, WIDTH - title.length())) + "\n");
        String action = call.action();
        out.print("GET " + call.target() + (action == null ? "" : "  (" + action + ")") + "\n" + call.endpoint()
                + "\n\n");
        out.flush();
    }

    void ended(DemoCall call, @Nullable Outcome measured, int requests, int tokens) {
        if (measured == null || measured.attempts().isEmpty()) {
            row(call, false, "no outcome", "-", requests, tokens, Duration.ZERO);
            return;
        }
        Outcome outcome = steady(measured);
        out.print(outcome.table());
        Attempt last = outcome.attempts().get(outcome.attempts().size() - 1);
        Ending ending = new Ending(outcome.reason(), requests, last.status() == null ? 0 : last.status());
        boolean right = ending.equals(call.must()) && outcome.attempts().size() == requests;
        Duration waited = last.startedAfter();
        out.print(wrapped((right ? "✓ " : "✗ ") + conclusion(outcome, requests, tokens, waited)));
        if (!right) {
            out.print("✗ It must end as " + call.must() + ", but it ended as " + ending + ".\n");
        }
        String status = last.status() == null
                ? String.valueOf(last.fault())
                : last.status().toString();
        row(call, right, outcome.reason().id(), status, requests, tokens, waited);
        out.flush();
    }

    private static String conclusion(Outcome outcome, int requests, int tokens, Duration waited) {
        String effort = (requests == 1 ? "1 request" : requests + " requests")
                + (waited.isZero() ? "" : " and " + seconds(waited) + " of waiting")
                + (tokens == 0 ? "" : ", for which its credential was renewed");
        if (outcome.succeeded()) {
            return "The agent has its answer after " + effort + ".";
        }
        Decision decision = outcome.decision();
        return "The agent is told to stop (" + outcome.reason().id() + ") after " + effort + ". Advice: "
                + (decision == null ? "none" : decision.advice());
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder(text.length() + 16);
        int column = 0;
        for (String word : text.split(" ", -1)) {
            boolean full = column + 1 + word.length() > WIDTH;
            lines.append(column == 0 ? "" : full ? "\n  " : " ").append(word);
            column = full ? 2 + word.length() : column + 1 + word.length();
        }
        return lines.append('\n').toString();
    }

    private void row(
            DemoCall call, boolean right, String reason, String status, int requests, int tokens, Duration waited) {
        wrong += right ? 0 : 1;
        rows.add(String.format(
                Locale.ROOT,
                "%s %-3d %-19s %-30s %-13s %-12s %8d %7s %7s",
                right ? "✓" : "✗",
                number,
                call.service(),
                call.name(),
                reason,
                status,
                requests,
                tokens == 0 ? "-" : tokens,
                waited.isZero() ? "-" : seconds(waited)));
    }

    boolean end(Duration took) {
        String title = "── summary ";
        out.print("\n" + title + "─".repeat(WIDTH - title.length()) + "\n");
        out.print(String.format(
                Locale.ROOT,
                "  %-3s %-19s %-30s %-13s %-12s %8s %7s %7s\n",
                "#",
                "service",
                "call",
                "ended",
                "last answer",
                "requests",
                "renewed",
                "waited"));
        rows.forEach(row -> out.print(row + "\n"));
        int right = rows.size() - wrong;
        out.print("\n" + right + " of " + rows.size() + " calls ended as they must. Took " + seconds(took)
                + ". The same waits again: holdfast demo --seed " + seed + "\n");
        out.flush();
        return wrong == 0;
    }

    /** Where an attempt stands in time follows from the waits; what the machine added is left to the column that is measured. */
    private static Outcome steady(Outcome outcome) {
        List<Attempt> attempts = new ArrayList<>();
        Duration at = Duration.ZERO;
        for (Attempt a : outcome.attempts()) {
            attempts.add(a.withStartedAfter(at));
            at = at.plus(a.pause());
        }
        return outcome.withAttempts(attempts).withTotal(at);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }
}

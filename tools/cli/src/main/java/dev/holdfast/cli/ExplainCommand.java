package dev.holdfast.cli;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What Holdfast would decide about an answer, and why; no network is touched. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Says what Holdfast would decide about an answer, and why; sends nothing.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = {
            "holdfast explain SERVICE --status N [--method M] [--path P]",
            "                        [--header 'Name: value']... [--body TEXT | --body-file F] [--json]",
            "       holdfast explain [SERVICE] --jsonl"
        },
        parameterListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast explain azure/imds --status 404 --path /metadata/loadbalancer \\",
            "      --body '{\"error\":\"No load balancer metadata is found.\"}'",
            "  echo '{\"service\":\"azure/imds\",\"status\":410}' | holdfast explain --jsonl",
            "",
            "A line of --jsonl has the keys service and status and, where you know them, method, path,",
            "headers (name to string or list of strings) and body or bodyBase64. What is printed for it has",
            "the keys service, status, verdict, kind, pace, code, message, requestId, retryAfterMs, renew,",
            "rule, advice and parsed; absent values are null. For a line that cannot be explained it has the",
            "keys error and line, the run goes on, and the exit code is 0 all the same."
        })
final class ExplainCommand implements Callable<Integer> {
    private final InputStream in;
    private final PrintStream out;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            converter = KnownServices.class,
            description = "who answered, such as azure/imds")
    private @Nullable KnownService service;

    @Option(names = "--status", paramLabel = "N", converter = StatusArgument.class, description = "the HTTP status")
    private @Nullable Integer status;

    @Option(names = "--method", paramLabel = "M", description = "the request's method; GET unless you say otherwise")
    private @Nullable String method;

    @Option(names = "--path", paramLabel = "P", description = "the request's path, with or without its query")
    private @Nullable String path;

    @Option(
            names = "--header",
            paramLabel = "'Name: value'",
            converter = HeaderArgument.Reader.class,
            description = "a header of the answer; may be repeated")
    private List<HeaderArgument> headers = new ArrayList<>();

    @Option(names = "--body", paramLabel = "TEXT", description = "the answer's body")
    private @Nullable String body;

    @Option(names = "--body-file", paramLabel = "F", description = "a file with the answer's body; - is standard input")
    private @Nullable String bodyFile;

    @Option(names = "--json", description = "print one JSON object instead of lines for people")
    private boolean json;

    @Option(
            names = "--jsonl",
            description = "read one JSON object a line from standard input, print one a line, in order; "
                    + "SERVICE is then for lines that name none")
    private boolean jsonl;

    ExplainCommand(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (jsonl) {
            refuseBesideLines();
            new ExplainLines(in, out, service == null ? null : service.service()).run();
            return 0;
        }
        SeenAnswer seen = seen();
        if (json) {
            try (DecisionJson writer = new DecisionJson(out)) {
                writer.write(seen);
            }
        } else {
            out.print(DecisionText.of(seen));
        }
        return 0;
    }

    private void refuseBesideLines() {
        String beside = status != null
                ? "--status"
                : method != null
                        ? "--method"
                        : path != null
                                ? "--path"
                                : !headers.isEmpty()
                                        ? "--header"
                                        : body != null ? "--body" : bodyFile != null ? "--body-file" : null;
        if (beside != null) {
            throw new WrongUsage(beside + " cannot stand beside --jsonl: each line has its own");
        }
    }

    private SeenAnswer seen() {
        if (service == null) {
            throw KnownServices.missing();
        }
        if (status == null) {
            throw new WrongUsage("--status is missing; it must be an integer from 100 to 999");
        }
        if (body != null && bodyFile != null) {
            throw new WrongUsage("--body and --body-file \"" + bodyFile + "\" are both given; only one of them may be");
        }
        Service answered = service.service();
        byte[] bytes = bodyFile != null ? read(bodyFile) : (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
        ResponseView answer = ResponseView.of(status, HeaderArgument.fields(headers), bytes, true);
        return new SeenAnswer(answered, answer, SeenAnswer.request(method, path));
    }

    private byte[] read(String file) {
        // One byte more than is looked at tells that there is more.
        int most = ResponseView.BODY_LIMIT + 1;
        try {
            if (file.equals("-")) {
                return in.readNBytes(most);
            }
            try (InputStream from = Files.newInputStream(Path.of(file))) {
                return from.readNBytes(most);
            }
        } catch (NoSuchFileException e) {
            throw new WrongUsage("--body-file \"" + file + "\" does not exist");
        } catch (IOException | InvalidPathException e) {
            throw new WrongUsage("--body-file \"" + file + "\" cannot be read: " + e.getMessage());
        }
    }
}

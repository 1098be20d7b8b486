package dev.holdfast.cli;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A real call through the library, for an operator on a VM. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Makes a real GET call as an agent would: repeated, failed and explained.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        description = {
            "The body of the last answer goes to standard output, what the call went through to standard error.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:a 2xx answer", "1:another answer, or none; advice is on standard error", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast get azure/imds '/metadata/instance?api-version=2021-02-01'",
            "  holdfast get azure/imds /metadata/versions --preset interactive --timeline"
        })
final class GetCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;
    private final TimeSource clock;

    @Parameters(
            index = "0",
            paramLabel = "SERVICE",
            converter = KnownServices.class,
            description = "who is asked, such as azure/imds")
    private @Nullable KnownService service;

    @Parameters(index = "1", paramLabel = "PATH", description = "path and query, such as /metadata/versions")
    private String path = "";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "ask at this address instead of the service's own, such as http://127.0.0.1:8080")
    private @Nullable String endpoint;

    @Option(
            names = "--header",
            paramLabel = "'Name: value'",
            converter = HeaderArgument.Reader.class,
            description = "a header of the request; may be repeated")
    private List<HeaderArgument> headers = new ArrayList<>();

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "boot (before the network is up), interactive (somebody waits) or background; "
                    + "the service's own policy unless you say otherwise")
    private @Nullable String preset;

    @Option(names = "--timeline", description = "print a line an attempt instead of one line in all")
    private boolean timeline;

    GetCommand(PrintStream out, PrintStream err, TimeSource clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Holdfast holdfast = holdfast();
        Request request = request(holdfast);
        try (Response response = HoldfastOkHttp.wrap(new OkHttpClient(), holdfast)
                .newCall(request)
                .execute()) {
            return print(response);
        } catch (IOException e) {
            err.println("holdfast get: no answer: " + e);
            tell(Outcome.of(e));
            return 1;
        }
    }

    private int print(Response response) {
        boolean whole = true;
        try {
            response.body().byteStream().transferTo(out);
        } catch (IOException e) {
            // A success is handed out unread, so this is nobody's to repeat but the caller's.
            err.println("holdfast get: the body broke off: " + e);
            whole = false;
        }
        out.flush();
        tell(HoldfastOkHttp.outcomeOf(response));
        return whole && response.isSuccessful() ? 0 : 1;
    }

    private void tell(@Nullable Outcome outcome) {
        if (outcome != null) {
            err.print(timeline ? outcome.table() : "");
            err.println(outcome);
        }
    }

    private Holdfast holdfast() {
        if (service == null) {
            throw KnownServices.missing();
        }
        Holdfast.Builder builder =
                service.holdfast(preset).listener(new WaitReport(err)).timeSource(clock);
        if (endpoint != null) {
            try {
                builder.endpoint(new URI(endpoint));
            } catch (URISyntaxException | IllegalArgumentException e) {
                boolean secret = endpoint.contains("@");
                throw new WrongUsage("--endpoint " + (secret ? "" : "\"" + endpoint + "\" ") + "cannot be used: "
                        + (e instanceof URISyntaxException syntax ? syntax.getReason() : e.getMessage()));
            }
        }
        return builder.build();
    }

    private Request request(Holdfast holdfast) {
        // A leading slash keeps the path from becoming part of the host's name.
        HttpUrl url = path.startsWith("/") ? HttpUrl.parse(holdfast.service().baseUrl() + path) : null;
        if (url == null) {
            throw new WrongUsage("PATH \"" + path + "\" must start with a slash, such as /metadata/versions; "
                    + "another address is named by --endpoint");
        }
        Request.Builder request = new Request.Builder().url(url);
        for (HeaderArgument header : headers) {
            try {
                request.addHeader(header.name(), header.value());
            } catch (IllegalArgumentException e) {
                throw new WrongUsage("--header \"" + header.name() + "\" has a character that no header may have");
            }
        }
        return request.build();
    }
}

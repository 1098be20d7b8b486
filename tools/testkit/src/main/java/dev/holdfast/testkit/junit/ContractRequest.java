package dev.holdfast.testkit.junit;

import dev.holdfast.core.response.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** A request as its head is written: {@code POST /path?query}, and below it a line a header. */
record ContractRequest(String operation, String method, String target, List<String> headers) {

    static ContractRequest parse(String operation, String head) {
        List<String> lines = head.lines().toList();
        String[] first = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
        if (first.length != 2 || !first[1].startsWith("/")) {
            throw new IllegalArgumentException(
                    "the request of operation " + operation + " must read like GET /path, but is \"" + head + "\"");
        }
        List<String> headers = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException(
                        "the request of operation " + operation + " has the line \"" + line + "\", which is no header");
            }
            headers.add(line.substring(0, colon).strip());
            headers.add(line.substring(colon + 1).strip());
        }
        return new ContractRequest(operation, first[0], first[1], List.copyOf(headers));
    }

    RequestView view() {
        RequestView asked = RequestView.of(method, target);
        return new RequestView(asked.method(), asked.path(), asked.query(), this::header);
    }

    private @Nullable String header(String name) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return headers.get(i + 1);
            }
        }
        return null;
    }

    /** The same with more in the query and a credential, which nothing that is printed may show. */
    ContractRequest withSecret(String secret) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(List.of("Authorization", "Bearer " + secret));
        return new ContractRequest(
                operation, method, target + (target.indexOf('?') < 0 ? "?" : "&") + "sig=" + secret, more);
    }

    Request to(HttpUrl server) {
        boolean bodiless = method.equals("GET") || method.equals("HEAD");
        Request.Builder request = new Request.Builder()
                .url(Objects.requireNonNull(server.resolve(target), target))
                .method(method, bodiless ? null : RequestBody.create(new byte[0]));
        for (int i = 0; i < headers.size(); i += 2) {
            request.addHeader(headers.get(i), headers.get(i + 1));
        }
        return request.build();
    }
}

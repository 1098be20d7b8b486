package dev.holdfast.huawei;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads what the metadata service sends: text or a page, as OpenStack does, and now and then JSON from something before it. It has no codes of its own,
 * so a number or a wrapper's name is none either: the sentence must be compared as it stands.
 */
final class MetadataErrors {
    private static final Pattern BEFORE_BODY = Pattern.compile("(?is)^.{0,4000}?<body[^>]{0,200}>");
    private static final Pattern TAG = Pattern.compile("<[^<>]{0,500}>");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private MetadataErrors() {}

    static ServiceError parse(ResponseView answer) {
        Document tree = Document.read(answer);
        if (tree.format() == Document.Format.HTML) {
            String page = new String(answer.body(), StandardCharsets.UTF_8);
            // A page in disguise (compressed, or in UTF-16) keeps its title at least.
            return ServiceError.text(page.stripLeading().startsWith("<") ? visible(page) : tree.text());
        }
        ServiceError error = HuaweiErrors.parse(answer);
        if (CodeAndMessage.isDotted(error.code()) || error.code() == null) {
            return error;
        }
        return ServiceError.of(null, error.message()).withRequestIds(error.requestIds());
    }

    /** The title is only the status; the sentence that decides stands below it. */
    private static String visible(String page) {
        String body = BEFORE_BODY.matcher(page).replaceFirst("");
        String text = TAG.matcher(body).replaceAll(" ");
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }
}

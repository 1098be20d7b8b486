package dev.holdfast.emulators.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the places of the vendors' documents, in every form that they use, without the template language of the product. Where a document prints an
 * example in place of a placeholder, another value stands in its stead.
 */
final class Placeholders {
    private static final String IDS = "[7c2e41d0-13, 93af7702-55]";

    /** The whole list before the name in it, and examples before plain words. */
    private static final Pattern PLACE = Pattern.compile("\\[\\{id\\}, \\.\\.\\.\\]"
            + "|<[A-Z][A-Za-z]+>"
            + "|\"ParameterName\""
            + "|\\{[A-Za-z0-9 ]+\\}"
            + "|%s"
            + "|…"
            + "|(?<=max supported number: )\\d+"
            + "|`(?:expires_in|5|3600|ibm|xyzzy)`");

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("[{id}, ...]", IDS),
            Map.entry("<ParameterName>", "api-version"),
            Map.entry("\"ParameterName\"", "\"api-version\""),
            Map.entry("<ParameterValue>", "2019-06-01"),
            Map.entry("<UrlPath>", "/metadata/loadbalancer/frontends"),
            Map.entry("<Method>", "PATCH"),
            Map.entry("{0}", "vm-7 (prod)"),
            Map.entry("{1}", "disk_7"),
            Map.entry("{2}", "Microsoft.Compute/disks/beginGetAccess/action"),
            Map.entry("{error details}", "the management controller does not answer"),
            Map.entry("%s", "max_count, image_id"),
            Map.entry("…", "1024"),
            Map.entry("10", "47"),
            Map.entry("20", "47"),
            Map.entry("`expires_in`", "`ttl`"),
            Map.entry("`5`", "`60`"),
            Map.entry("`3600`", "`86400`"),
            Map.entry("`ibm`", "`other`"),
            Map.entry("`xyzzy`", "`colour`"));

    private Placeholders() {}

    /** The sentence as a service would send it. */
    static String filled(String template) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(value(place.group())));
    }

    /** The values that stand in it, in order. */
    static List<String> values(String template) {
        List<String> values = new ArrayList<>();
        Matcher places = PLACE.matcher(template);
        while (places.find()) {
            values.add(value(places.group()).replaceAll("^[`\"]|[`\"]$", ""));
        }
        return values;
    }

    private static String value(String place) {
        return VALUES.getOrDefault(place, "value-of-" + place.replaceAll("[{}]", ""));
    }
}

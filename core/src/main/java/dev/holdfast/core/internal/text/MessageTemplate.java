package dev.holdfast.core.internal.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence with places to be filled, in the one language that catalogues and rules share. Immutable.
 *
 * <p>A place is <code>{name}</code>, or <code>{0}</code>, and captures any text, even none. <code>{name...}</code> takes a list in square brackets as a whole,
 * with the commas in it. A backslash before an opening brace makes it a plain character. Matching forgives case, blanks, quotes, entities and a dot at the end,
 * never another sentence.
 */
public final class MessageTemplate {
    /** Compiling happens once a row; matching uses no regular expression. */
    private static final Pattern PLACE = Pattern.compile("\\\\\\{|\\{([^{}]{1,60}?)(\\.\\.\\.)?\\}");

    private static final int NAME = 1;
    private static final int LIST = 2;

    private final String text;
    private final String[] literals;
    private final List<String> names;
    private final BitSet lists;
    private final boolean endsWithDot;
    private final int literalLength;

    private MessageTemplate(String text, String[] literals, List<String> names, BitSet lists, boolean endsWithDot) {
        this.text = text;
        this.literals = literals;
        this.names = names;
        this.lists = lists;
        this.endsWithDot = endsWithDot;
        int sum = 0;
        for (String literal : literals) {
            sum += literal.length();
        }
        this.literalLength = sum;
    }

    /**
     * Compiles a template.
     *
     * @param text the sentence with its placeholders
     * @return the template
     * @throws IllegalArgumentException if the text is blank, or holds placeholders and nothing else
     */
    public static MessageTemplate compile(String text) {
        Objects.requireNonNull(text, "message must not be null");
        List<String> names = new ArrayList<>();
        BitSet lists = new BitSet();
        List<String> literals = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        Matcher matcher = PLACE.matcher(text);
        int done = 0;
        while (matcher.find()) {
            words.append(text, done, matcher.start());
            done = matcher.end();
            if (matcher.group(NAME) == null) {
                words.append('{');
                continue;
            }
            lists.set(names.size(), matcher.group(LIST) != null);
            names.add(distinct(names, matcher.group(NAME).strip()));
            literals.add(NormalizedText.of(words.toString()).withDots());
            words.setLength(0);
        }
        // The dots at the end of the sentence are not wanted; those before a place are words.
        NormalizedText last =
                NormalizedText.of(words.append(text, done, text.length()).toString());
        literals.add(last.toString());
        boolean endsWithDot = last.length() < last.lengthWithDots();
        MessageTemplate template =
                new MessageTemplate(text, literals.toArray(String[]::new), List.copyOf(names), lists, endsWithDot);
        if (template.literalLength == 0) {
            throw new IllegalArgumentException(
                    "message must hold words to recognise it by, but \"" + text + "\" holds none beside placeholders");
        }
        return template;
    }

    private static String distinct(List<String> names, String name) {
        String candidate = name;
        for (int n = 2; names.contains(candidate); n++) {
            candidate = name + n;
        }
        return candidate;
    }

    /**
     * Whether a message is this sentence.
     *
     * @param message any text
     * @return true if it is
     */
    public boolean matches(String message) {
        return matches(NormalizedText.of(message));
    }

    /**
     * The values in the places of a message.
     *
     * @param message any text
     * @return values by the places' names, in their order; null if the message is another sentence
     */
    public @Nullable Map<String, String> capture(String message) {
        NormalizedText folded = NormalizedText.of(message);
        return matches(folded) ? capture(folded) : null;
    }

    public boolean matches(NormalizedText message) {
        return walk(message, null, false);
    }

    public Map<String, String> capture(NormalizedText message) {
        if (names.isEmpty()) {
            return Map.of();
        }
        int[] bounds = new int[names.size() * 2];
        if (lists.isEmpty() || !walk(message, bounds, true)) {
            walk(message, bounds, false);
        }
        Map<String, String> captured = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String value = message.between(bounds[2 * i], bounds[2 * i + 1]);
            boolean closes = endsWithDot && bounds[2 * i + 1] == message.lengthWithDots();
            captured.put(names.get(i), closes ? withoutDot(value) : value);
        }
        return Collections.unmodifiableMap(captured);
    }

    /** The dot belongs to the sentence, not to the value at its end. */
    private static String withoutDot(String value) {
        return value.endsWith(".") ? NormalizedText.trim(value.substring(0, value.length() - 1)) : value;
    }

    /** A whole list is taken with the commas in it, which may be the words after it too. */
    private boolean walk(NormalizedText message, int @Nullable [] bounds, boolean wholeLists) {
        String first = literals[0];
        int last = literals.length - 1;
        if (last == 0) {
            return message.length() == first.length() && message.matchesAt(0, first);
        }
        // Where the sentence ends with a place for any text, a dot is part of that text, or ends the words before it.
        int whole = literals[last].isEmpty() ? message.lengthWithDots() : message.length();
        int end = whole - literals[last].length();
        if (end < first.length() || !message.matchesAt(0, first) || !message.matchesAt(end, literals[last])) {
            return false;
        }
        int at = first.length();
        for (int i = 1; i < last; i++) {
            boolean list = wholeLists && lists.get(i - 1) && message.matchesAt(at, "[");
            int from = list ? Math.max(at, message.indexOf("]", at, end) + 1) : at;
            int found = message.indexOf(literals[i], from, end);
            if (found < 0) {
                return false;
            }
            if (bounds != null) {
                bounds[2 * (i - 1)] = at;
                bounds[2 * (i - 1) + 1] = found;
            }
            at = found + literals[i].length();
        }
        if (bounds != null) {
            bounds[2 * (last - 1)] = at;
            bounds[2 * (last - 1) + 1] = end;
        }
        return true;
    }

    /**
     * The placeholders' names.
     *
     * @return names in the order of the sentence
     */
    public List<String> names() {
        return names;
    }

    /** How much of the sentence is fixed: what a more specific template has more of. */
    public int literalLength() {
        return literalLength;
    }

    /**
     * The sentence with every placeholder filled with one value, for tests and for checking a catalogue.
     *
     * @param value what to put into every place
     * @return a message that this template matches
     */
    public String render(String value) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = PLACE.matcher(text);
        int done = 0;
        while (matcher.find()) {
            out.append(text, done, matcher.start());
            out.append(matcher.group(NAME) == null ? "{" : value);
            done = matcher.end();
        }
        return out.append(text, done, text.length()).toString();
    }

    /**
     * The text it was compiled from.
     *
     * @return the sentence with its placeholders
     */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}

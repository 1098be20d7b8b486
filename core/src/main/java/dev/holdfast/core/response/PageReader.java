package dev.holdfast.core.response;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises web pages, which are not parsed, and finds in them what a browser would show. */
final class PageReader {
    private static final Pattern TITLE = Pattern.compile(
            "<title[^>]{0,200}>([^<]{0,500})|<h[1-3][^>]{0,200}>([^<]{0,500})", Pattern.CASE_INSENSITIVE);
    private static final Pattern PAGE = Pattern.compile("<!doctype\\s+html\\b|<html[\\s>]", Pattern.CASE_INSENSITIVE);
    private static final Pattern PART_OF_A_PAGE =
            Pattern.compile("<(?:head|body|title|h[1-6]|center|div|p)[\\s>]", Pattern.CASE_INSENSITIVE);

    private static final Pattern BEFORE_BODY = Pattern.compile("(?is)^.{0,4000}?<body[^>]{0,200}>");
    private static final Pattern TAG = Pattern.compile("<[^<>]{0,500}>");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private PageReader() {}

    static boolean isPage(String text) {
        String head = text.substring(0, Math.min(text.length(), 2_000));
        return PAGE.matcher(head).find() || PART_OF_A_PAGE.matcher(head).lookingAt();
    }

    /** Finds the title, or the first heading of a page without one. */
    static @Nullable String title(String page) {
        Matcher matcher = TITLE.matcher(page);
        while (matcher.find()) {
            String found = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            if (found != null && !found.isBlank()) {
                return found.strip();
            }
        }
        return null;
    }

    static String visible(String page) {
        String body = BEFORE_BODY.matcher(page).replaceFirst("");
        String text = TAG.matcher(body).replaceAll(" ");
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }
}

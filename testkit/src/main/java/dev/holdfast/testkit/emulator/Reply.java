package dev.holdfast.testkit.emulator;

/** What the emulated service answers, before the headers that all of its answers have. */
record Reply(int status, String contentType, String body) {
    private static final String JSON = "application/json; charset=utf-8";

    static Reply json(int status, Object document) {
        return new Reply(status, JSON, document instanceof String text ? text : Documents.write(document));
    }

    static Reply text(String body) {
        return new Reply(200, "text/plain; charset=utf-8", body);
    }

    static Reply xml(int status, String body) {
        return new Reply(status, "text/xml; charset=utf-8", body);
    }

    boolean succeeded() {
        return status == 200;
    }

    static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 410 -> "Gone";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            // The phrase may be empty, and clients must not care.
            default -> "";
        };
    }
}

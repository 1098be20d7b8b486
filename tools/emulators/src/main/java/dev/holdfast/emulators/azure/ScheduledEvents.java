package dev.holdfast.emulators.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.emulators.internal.Documents;
import dev.holdfast.testkit.emulator.Reply;
import java.util.concurrent.locks.ReentrantLock;

/** The document of scheduled events and its approvals. */
final class ScheduledEvents {
    private final ReentrantLock lock = new ReentrantLock();
    private final ObjectNode document = (ObjectNode) Documents.tree("azure-imds/scheduledevents.json");

    Reply document() {
        lock.lock();
        try {
            return Reply.json(200, document);
        } finally {
            lock.unlock();
        }
    }

    /** An approved event starts. One that has started, or is not known any more, makes no difference: approving is safe to repeat. */
    Reply approve(String body) {
        JsonNode requests;
        try {
            requests = Documents.parse(body).path("StartRequests");
        } catch (JsonProcessingException e) {
            return malformed();
        }
        if (!requests.isArray() || requests.isEmpty()) {
            return malformed();
        }
        lock.lock();
        try {
            for (JsonNode request : requests) {
                start(request.path("EventId").asText());
            }
            return Reply.json(200, "");
        } finally {
            lock.unlock();
        }
    }

    private void start(String id) {
        for (JsonNode event : document.path("Events")) {
            boolean waits = event.path("EventStatus").asText().equals("Scheduled");
            if (waits && event.path("EventId").asText().equals(id)) {
                ((ObjectNode) event).put("EventStatus", "Started").put("NotBefore", "");
                document.put(
                        "DocumentIncarnation",
                        document.path("DocumentIncarnation").asInt() + 1);
            }
        }
    }

    /** Not seen. */
    private static Reply malformed() {
        return Refusals.sentence(400, "Bad request. StartRequests is missing or malformed");
    }
}

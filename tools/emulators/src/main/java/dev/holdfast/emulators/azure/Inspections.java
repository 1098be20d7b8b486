package dev.holdfast.emulators.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.Documents;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The inspections that were begun, and how far each is. */
final class Inspections {
    private static final int KEPT = 1_000;

    private final TimeSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> pollsLeft = new LinkedHashMap<>();
    private int started;
    private int polls = 2;
    private @Nullable Failure failure;

    Inspections(TimeSource clock) {
        this.clock = clock;
    }

    private record Failure(String code, String message) {}

    void lastFor(int count) {
        lock.lock();
        try {
            polls = count;
        } finally {
            lock.unlock();
        }
    }

    void failWith(String code, String message) {
        lock.lock();
        try {
            failure = new Failure(code, message);
        } finally {
            lock.unlock();
        }
    }

    int started() {
        lock.lock();
        try {
            return started;
        } finally {
            lock.unlock();
        }
    }

    /** What is wrong with the body of a run, or null. */
    @Nullable
    Reply refuse(EmulatedRequest request) {
        JsonNode body;
        try {
            body = Documents.parse(request.body());
        } catch (JsonProcessingException e) {
            return ArmRefusals.parameter("body");
        }
        for (String name : new String[] {"resourceId", "manifest", "uploadSasUri"}) {
            if (body.path(name).asText().isBlank()) {
                return ArmRefusals.parameter(name);
            }
        }
        EmulatedRequest blob =
                EmulatedRequest.of("PUT", body.path("uploadSasUri").asText(), request.headers(), "");
        String rights = blob.parameter("sp");
        if (!blob.path().endsWith(".zip")) {
            return ArmRefusals.sas(
                    "does not have a file extension '.zip' in it. Please use a SAS URI reference to a '*.zip' blob.");
        }
        if (!"b".equals(blob.parameter("sr"))) {
            return ArmRefusals.sas("is not generated for resource: Blob. The Uri has claim 'sr'= "
                    + blob.parameter("sr") + ". Please send a SAS Uri to a 'Blob' resource.");
        }
        if (rights == null || !rights.contains("r") || !rights.contains("w")) {
            return ArmRefusals.sas(
                    "does not have the required permissions. Please generate a SAS URI with read and write permissions (sp='rw').");
        }
        return isPast(blob.parameter("se"))
                ? ArmRefusals.sas("is expired. Value of 'se' claim = " + blob.parameter("se") + ".")
                : null;
    }

    private boolean isPast(@Nullable String end) {
        try {
            return end == null || !clock.now().isBefore(Instant.parse(end));
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    String begin() {
        lock.lock();
        try {
            String id = new UUID(0x696e737065637400L, ++started).toString();
            pollsLeft.put(id, polls);
            if (pollsLeft.size() > KEPT) {
                pollsLeft.remove(pollsLeft.keySet().iterator().next());
            }
            return id;
        } finally {
            lock.unlock();
        }
    }

    boolean knows(String id) {
        lock.lock();
        try {
            return pollsLeft.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    /** The result, or null while the inspection goes on; each look brings it nearer to its end. */
    @Nullable
    Reply look(String id) {
        lock.lock();
        try {
            int left = pollsLeft.getOrDefault(id, 0);
            if (left > 0) {
                pollsLeft.put(id, left - 1);
                return null;
            }
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("message", failure == null ? "Disk inspection succeeded." : "Disk inspection failed.");
            body.put("createdUTC", clock.now().toString());
            body.put("resultStatus", failure == null ? "Success" : "Failed");
            body.put(
                    "errorDetail",
                    failure == null ? null : Map.of("code", failure.code(), "message", failure.message()));
            return Reply.json(200, body);
        } finally {
            lock.unlock();
        }
    }
}

package dev.holdfast.azure;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * A finished inspection, which may have failed although it comes with status 200: {@code resultStatus}, or {@code result} in the schema of 2021, is {@code
 * Failed}, and {@code errorDetail} says why (diagnostic.json 2021-06-01-preview and 2024-03-01-preview).
 */
final class InspectionResult {
    private InspectionResult() {}

    static @Nullable ServiceError failure(ResponseView answer, @Nullable RequestView request) {
        if (answer.status() != 200) {
            // 202 is an inspection that still runs.
            return null;
        }
        Node result = Document.read(answer, ArmErrors.MEMBERS).root();
        String status = result.text("resultStatus", "result");
        if (status == null || !status.strip().equalsIgnoreCase("Failed")) {
            return null;
        }
        ServiceError detail = ArmErrors.read(result.get("errorDetail"));
        if (detail.message() != null) {
            return detail;
        }
        ServiceError outer = ServiceError.of(detail.code(), ArmSecrets.cut(result.text("message")));
        return outer.withTarget(detail.target()).withFurther(detail.further());
    }
}

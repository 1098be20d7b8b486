package dev.holdfast.ibm;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which of several errors in one answer decides; IBM's own clients look at the first only. Each is judged by the catalogue as if it stood
 * alone: in a 4xx, whatever must be corrected comes before what can be renewed, and that before what passes, because a repetition serves only if
 * all of them are cured by it. In a 429 or 5xx the status speaks, and an error whose code belongs to another status comes last.
 */
final class VpcSeveralErrors {
    /** Any operation with a credential: with it the rows about renewing apply, and the class of a verdict is all that counts here. */
    private static final String OPERATION = "metadata";

    private VpcSeveralErrors() {}

    static ServiceError deciding(ResponseView answer, List<ServiceError> all) {
        if (all.size() == 1) {
            return all.get(0);
        }
        Decision byStatus = IbmVpcMetadata.CATALOGUE.find(answer, ServiceError.none(), OPERATION);
        boolean statusSpeaks = answer.status() == 429 || answer.status() >= 500;
        int deciding = 0;
        int best = Integer.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            Decision alone = IbmVpcMetadata.CATALOGUE.find(answer, all.get(i), OPERATION);
            boolean known = alone != null && (byStatus == null || !alone.rule().equals(byStatus.rule()));
            Decision row = known ? alone : null;
            int rank = statusSpeaks ? rankUnderStatus(row) : rank(row);
            if (rank < best) {
                best = rank;
                deciding = i;
            }
        }
        return all.get(deciding).withFurther(others(all, deciding));
    }

    /** The row is null where only the status is known. */
    private static int rank(@Nullable Decision row) {
        if (row == null) {
            return 3;
        }
        return row.verdict() instanceof Verdict.Fail ? 0 : row.isRetry() ? 2 : 1;
    }

    private static int rankUnderStatus(@Nullable Decision row) {
        if (row == null) {
            return 1;
        }
        return row.isRetry() ? 0 : 2;
    }

    private static List<ServiceError.Further> others(List<ServiceError> all, int deciding) {
        List<ServiceError.Further> others = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i != deciding) {
                ServiceError error = all.get(i);
                others.add(new ServiceError.Further(error.code(), error.message(), error.target()));
            }
        }
        return others;
    }
}

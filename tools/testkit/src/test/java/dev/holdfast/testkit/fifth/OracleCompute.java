package dev.holdfast.testkit.fifth;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.spi.ErrorDialect;

/** A fifth vendor, as a user would add it: a table beside this class, and these lines. */
public final class OracleCompute {
    private static final Catalogue CATALOGUE =
            Catalogue.resource("oracle/compute", () -> OracleCompute.class.getResourceAsStream("oracle-compute.tsv"));

    private OracleCompute() {}

    public static Service in(String region) {
        return Service.builder("oracle/compute")
                .baseUrl("https://iaas." + region + ".oraclecloud.com")
                .requestIdHeaders("opc-request-id")
                .operation(Operation.named("read").methods("GET", "HEAD").retrySafety(RetrySafety.ALWAYS))
                .operation(Operation.named("write-with-token")
                        .when(request -> request.headers().first("opc-retry-token") != null)
                        .retrySafety(RetrySafety.ALWAYS))
                .operation(Operation.named("write").retrySafety(RetrySafety.IF_NOT_PROCESSED))
                .dialect(ErrorDialect.recognisingWebPages("opc-request-id"))
                .catalogue(CATALOGUE)
                .build();
    }
}

package dev.holdfast.testkit.fifth;

import dev.holdfast.core.Operation;
import dev.holdfast.core.Service;
import dev.holdfast.core.error.Catalogue;
import dev.holdfast.core.error.ForeignCheck;
import dev.holdfast.core.retry.Replay;

/** A fifth vendor, as a user would add it: a table beside this class, and these lines. */
public final class OracleCompute {
    private static final Catalogue CATALOGUE =
            Catalogue.resource("oracle/compute", () -> OracleCompute.class.getResourceAsStream("oracle-compute.tsv"));

    private OracleCompute() {}

    public static Service in(String region) {
        return Service.builder("oracle/compute")
                .baseUrl("https://iaas." + region + ".oraclecloud.com")
                .requestIdHeaders("opc-request-id")
                .operation(Operation.named("read").methods("GET", "HEAD").replay(Replay.SAFE))
                .operation(Operation.named("write-with-token")
                        .when(request -> request.headers().first("opc-retry-token") != null)
                        .replay(Replay.SAFE))
                .operation(Operation.named("write").replay(Replay.IF_REFUSED))
                .foreign(ForeignCheck.webPages("opc-request-id"))
                .catalogue(CATALOGUE)
                .build();
    }
}

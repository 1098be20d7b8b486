package example.aws;

import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.MetadataTokens;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.core.spi.ErrorDialect;
import java.time.Duration;
import java.util.List;

/** The metadata service of AWS EC2, {@code aws/imds}, with session tokens (IMDSv2). */
public final class AwsImds implements ServiceProvider, ErrorDialect {
    /** The service. Its own errors are web pages too, and bear its name. */
    public static final Service SERVICE = Service.builder("aws/imds")
            .baseUrl("http://169.254.169.254")
            .linkLocal()
            .operation(Operation.named("token")
                    .path("/latest/api/token")
                    .methods("PUT")
                    .withoutCredentials()
                    .retrySafety(RetrySafety.ALWAYS))
            .operation(Operation.named("metadata").methods("GET", "HEAD").retrySafety(RetrySafety.ALWAYS))
            .dialect(new AwsImds())
            .catalogue(Catalogue.resource("aws/imds", () -> AwsImds.class.getResourceAsStream("imds.tsv")))
            .build();

    @Override
    public Intermediary intermediary(Context context) {
        String server = context.response().headers().first("Server");
        return "EC2ws".equals(server) ? null : ErrorDialect.webPage(context.response());
    }

    /** Returns session tokens. */
    public static CachingCredentialSource tokens(ServiceClient imds) {
        MetadataTokens.Form form = MetadataTokens.form("aws/session-token")
                .path("/latest/api/token")
                .lifetimeHeader("X-aws-ec2-metadata-token-ttl-seconds")
                .tokenHeader("X-aws-ec2-metadata-token")
                .longestLifetime(Duration.ofHours(6))
                .build();
        return MetadataTokens.of(imds, form).build();
    }

    @Override
    public List<Service> services() {
        return List.of(SERVICE);
    }
}

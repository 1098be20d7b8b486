package dev.holdfast.emulators.alibaba;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.AccessKeys;
import dev.holdfast.testkit.emulator.HttpEmulator;
import java.time.Duration;
import java.util.List;

/**
 * The metadata service of an Alibaba Cloud ECS instance on the loopback address: tokens ({@code PUT /latest/api/token}), credentials of the instance's RAM
 * role and metadata. Without a token it answers as well, unless the instance is hardened.
 *
 * <p>Tokens expire on its clock and are signed by a key of this object alone, so that those of another instance are refused. A role's credentials live
 * for six hours; {@link AlibabaSlbEmulator#knowing} makes them good for something.
 */
public final class AlibabaMetadataEmulator extends HttpEmulator<AlibabaMetadataEmulator> {
    /** The instance's RAM role. */
    public static final String ROLE = "agent-role";

    private final AlibabaMetadataService service;

    /** An emulator on the machine's clock, not started. */
    public AlibabaMetadataEmulator() {
        this(TimeSource.system());
    }

    /**
     * An emulator, not started.
     *
     * @param clock the clock of tokens, credentials, scenarios and the {@code Date} header
     */
    public AlibabaMetadataEmulator(TimeSource clock) {
        this(clock, new AlibabaMetadataService(clock));
    }

    private AlibabaMetadataEmulator(TimeSource clock, AlibabaMetadataService service) {
        super(clock, service);
        this.service = service;
    }

    /**
     * From now on a request without a token is refused ({@code HttpTokens=required}).
     *
     * @return this
     */
    public AlibabaMetadataEmulator hardened() {
        service.insistOnTokens();
        return this;
    }

    /**
     * From now on everything is refused ({@code HttpEndpoint=disabled}).
     *
     * @return this
     */
    public AlibabaMetadataEmulator disabled() {
        service.disable();
        return this;
    }

    /**
     * From now on no role is attached to the instance.
     *
     * @return this
     */
    public AlibabaMetadataEmulator withoutRole() {
        service.detachRole();
        return this;
    }

    /**
     * From now on all tokens issued so far have expired.
     *
     * @return this
     */
    public AlibabaMetadataEmulator expireTokens() {
        service.expireCredentials();
        return this;
    }

    /**
     * All credentials of the role that were handed out so far end, and the next request gets others.
     *
     * @param overlap after how long they end; zero for at once
     * @return this
     */
    public AlibabaMetadataEmulator rotateRoleCredentials(Duration overlap) {
        service.keys().end(overlap);
        return this;
    }

    AccessKeys keys() {
        return service.keys();
    }

    @Override
    public List<String> examples() {
        return List.of(
                "token=$(curl -s -X PUT '" + url()
                        + "/latest/api/token' -H 'X-aliyun-ecs-metadata-token-ttl-seconds: 21600')",
                "curl -s '" + url() + "/latest/meta-data/instance-id' -H \"X-aliyun-ecs-metadata-token: $token\"",
                "# Credentials of the instance's role:",
                "curl -s '" + url() + "/latest/meta-data/ram/security-credentials/" + ROLE
                        + "' -H \"X-aliyun-ecs-metadata-token: $token\"");
    }

    @Override
    protected AlibabaMetadataEmulator self() {
        return this;
    }
}

package dev.holdfast.emulators.huawei;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.AccessKeys;
import dev.holdfast.testkit.emulator.HttpEmulator;
import java.time.Duration;
import java.util.List;

/**
 * The metadata service of a Huawei Cloud server on the loopback address: V2 tokens ({@code PUT /meta-data/latest/api/token}), temporary keys of the
 * server's agency ({@code GET /openstack/latest/securitykey}) and metadata. Without a token it answers as well, unless tokens are enforced.
 *
 * <p>Tokens expire on its clock and are signed by a key of this object alone, so that those of another server are refused. A key lives for an hour, and
 * another one is to be had in its last ten minutes, in which both are good; {@link HuaweiIMetalEmulator#knowing} makes them good for something.
 */
public final class HuaweiMetadataEmulator extends HttpEmulator<HuaweiMetadataEmulator> {
    private final HuaweiMetadataService service;

    /** An emulator on the machine's clock, not started. */
    public HuaweiMetadataEmulator() {
        this(TimeSource.system());
    }

    /**
     * An emulator, not started.
     *
     * @param clock the clock of tokens, keys, scenarios and the {@code Date} header
     */
    public HuaweiMetadataEmulator(TimeSource clock) {
        this(clock, new HuaweiMetadataService(clock));
    }

    private HuaweiMetadataEmulator(TimeSource clock, HuaweiMetadataService service) {
        super(clock, service);
        this.service = service;
    }

    /**
     * From now on a request without a token is refused.
     *
     * @return this
     */
    public HuaweiMetadataEmulator enforcingTokens() {
        service.insistOnTokens();
        return this;
    }

    /**
     * From now on there are no V2 tokens, as in most regions.
     *
     * @return this
     */
    public HuaweiMetadataEmulator withoutTokens() {
        service.takeTokensAway();
        return this;
    }

    /**
     * From now on no agency is bound to the server, so that there are no keys.
     *
     * @return this
     */
    public HuaweiMetadataEmulator withoutAgency() {
        service.unbindAgency();
        return this;
    }

    /**
     * From now on all tokens issued so far have expired.
     *
     * @return this
     */
    public HuaweiMetadataEmulator expireTokens() {
        service.expireCredentials();
        return this;
    }

    /**
     * All keys handed out so far end, and the next request for one gets another.
     *
     * @param overlap after how long they end; zero for at once
     * @return this
     */
    public HuaweiMetadataEmulator rotateSecurityKeys(Duration overlap) {
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
                        + "/meta-data/latest/api/token' -H 'X-Metadata-Token-Ttl-Seconds: 21600')",
                "curl -s '" + url() + "/openstack/latest/meta_data.json' -H \"X-Metadata-Token: $token\"",
                "# Temporary keys of the server's agency:",
                "curl -s '" + url() + "/openstack/latest/securitykey' -H \"X-Metadata-Token: $token\"");
    }

    @Override
    protected HuaweiMetadataEmulator self() {
        return this;
    }
}

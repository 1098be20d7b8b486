package dev.holdfast.emulators.huawei;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.HttpEmulator;
import java.util.List;

/**
 * Huawei Cloud's iMetal behind its API gateway on the loopback address, and the part of IAM that a login needs: {@code POST /v3/auth/tokens}, whose
 * answer has the token in {@code X-Subject-Token}. It takes {@code X-Auth-Token} and {@code SDK-HMAC-SHA256} signatures, which it really makes again
 * and compares; a date may be 15 minutes off, and six refusals of a key in a row lock it for five minutes.
 *
 * <p>The gateway's limit of 200 calls a second for each API holds by its clock; {@link #withoutLimits} is for tests that mean something else.
 */
public final class HuaweiIMetalEmulator extends HttpEmulator<HuaweiIMetalEmulator> {
    /** The id of a permanent access key. */
    public static final String ACCESS_KEY = "HPUAEMULATEDACCESSKEY";
    /** The secret of that key. */
    public static final String SECRET_KEY = "emulated/secret+key=of-the-permanent-one";
    /** The name of the one user that can log in. */
    public static final String USER = "agent";
    /** The user's password. */
    public static final String PASSWORD = "emulated-password";
    /** The user's account. */
    public static final String DOMAIN = "holdfast";
    /** The one project. */
    public static final String PROJECT_ID = "0605767a3d5d4762b7b5a1b7ff2d4a11";

    private final HuaweiIMetalService service;

    /** An emulator on the machine's clock, not started. */
    public HuaweiIMetalEmulator() {
        this(TimeSource.system());
    }

    /**
     * An emulator, not started.
     *
     * @param clock the clock of tokens, signatures, locks, limits, scenarios and the {@code Date} header
     */
    public HuaweiIMetalEmulator(TimeSource clock) {
        this(clock, new HuaweiIMetalService(clock));
    }

    private HuaweiIMetalEmulator(TimeSource clock, HuaweiIMetalService service) {
        super(clock, service);
        this.service = service;
    }

    /**
     * From now on the temporary keys that a server's metadata service hands out are good here.
     *
     * @param metadata the metadata service
     * @return this
     */
    public HuaweiIMetalEmulator knowing(HuaweiMetadataEmulator metadata) {
        service.adapter().know(metadata.keys());
        return this;
    }

    /**
     * From now on any number of requests is answered. Scenarios still throttle.
     *
     * @return this
     */
    public HuaweiIMetalEmulator withoutLimits() {
        service.switchLimitOff();
        return this;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "token=$(curl -s -o /dev/null -D - -X POST '" + url()
                        + "/v3/auth/tokens' -H 'Content-Type: application/json' -d '{\"auth\":{\"identity\":{\"methods\":[\"password\"],"
                        + "\"password\":{\"user\":{\"name\":\"" + USER + "\",\"password\":\"" + PASSWORD
                        + "\",\"domain\":{\"name\":\"" + DOMAIN
                        + "\"}}}}}}' | tr -d '\\r' | sed -n 's/^X-Subject-Token: //p')",
                "curl -s '" + url() + "/v1/" + PROJECT_ID + "/instances' -H \"X-Auth-Token: $token\"",
                "# Or sign with SDK-HMAC-SHA256, the access key " + ACCESS_KEY + " and the secret " + SECRET_KEY,
                "# Without a token or a signature it refuses:",
                "curl -s '" + url() + "/v1/" + PROJECT_ID + "/instances'");
    }

    @Override
    protected HuaweiIMetalEmulator self() {
        return this;
    }
}

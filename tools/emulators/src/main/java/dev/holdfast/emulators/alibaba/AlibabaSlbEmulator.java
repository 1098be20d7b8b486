package dev.holdfast.emulators.alibaba;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.HttpEmulator;
import java.util.List;

/**
 * Alibaba Cloud's Classic Load Balancer behind the RPC gateway on the loopback address, version 2014-05-15, with {@code DescribeRegions}, {@code
 * DescribeLoadBalancers} and {@code CreateLoadBalancer}. It takes {@code ACS3-HMAC-SHA256} signatures, which it really makes again and compares: a date may
 * be 15 minutes off, and a nonce is good once within them. A {@code ClientToken} makes one load balancer, however often it comes.
 */
public final class AlibabaSlbEmulator extends HttpEmulator<AlibabaSlbEmulator> {
    /** The id of a permanent access key. */
    public static final String ACCESS_KEY_ID = "LTAI5tEmulatedAccessKey0";
    /** The secret of that key. */
    public static final String ACCESS_KEY_SECRET = "emulated/secret+key=of-the-permanent-one";

    private final AlibabaSlbService service;

    /** An emulator on the machine's clock, not started. */
    public AlibabaSlbEmulator() {
        this(TimeSource.system());
    }

    /**
     * An emulator, not started.
     *
     * @param clock the clock of credentials, signatures, nonces, scenarios and the {@code Date} header
     */
    public AlibabaSlbEmulator(TimeSource clock) {
        this(clock, new AlibabaSlbService(clock));
    }

    private AlibabaSlbEmulator(TimeSource clock, AlibabaSlbService service) {
        super(clock, service);
        this.service = service;
    }

    /**
     * From now on the credentials that an instance's metadata service hands out are good here.
     *
     * @param metadata the metadata service
     * @return this
     */
    public AlibabaSlbEmulator knowing(AlibabaMetadataEmulator metadata) {
        service.know(metadata.keys());
        return this;
    }

    /**
     * How many load balancers were created.
     *
     * @return the number since the start
     */
    public int created() {
        return service.created();
    }

    @Override
    public List<String> examples() {
        return List.of(
                "# Sign with ACS3-HMAC-SHA256, the access key " + ACCESS_KEY_ID + " and the secret "
                        + ACCESS_KEY_SECRET,
                "# Without a signature it refuses:",
                "curl -s '" + url()
                        + "/?RegionId=cn-hangzhou' -H 'x-acs-action: DescribeRegions' -H 'x-acs-version: 2014-05-15'");
    }

    @Override
    protected AlibabaSlbEmulator self() {
        return this;
    }
}

package dev.holdfast.emulators.ibm;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.HttpEmulator;
import dev.holdfast.testkit.emulator.Scenario;
import java.util.List;

/**
 * The metadata and identity service of an IBM Cloud VPC instance on the loopback address: identity tokens ({@code PUT}, under their old and
 * new paths as the version date decides), their exchange for IAM tokens, and metadata, which want an identity token. Of the VPC API it has
 * {@code GET /v1/instances}, which wants an IAM token, so that one can be used for something. Certificates are not emulated.
 *
 * <p>Tokens expire on its clock and are signed by a key of this object alone, so that those of another instance are refused.
 */
public final class IbmVpcMetadataEmulator extends HttpEmulator<IbmVpcMetadataEmulator> {
    /** The instance that it is the metadata service of. */
    public static final String INSTANCE_CRN =
            "crn:v1:bluemix:public:is:us-south-1:a/123456::instance:0717_1e09281b-f177-46fb-baf1-bc152b2e391a";
    /** The id of the one trusted profile that the instance is linked to, which is its default too. */
    public static final String PROFILE_ID = "Profile-9fd84246-7df4-4667-94e4-8ecde51d5ac5";
    /** The name of that profile. */
    public static final String PROFILE_NAME = "holdfast profile";
    /** The CRN of that profile. */
    public static final String PROFILE_CRN = "crn:v1:bluemix:public:iam-identity::a/123456::profile:" + PROFILE_ID;

    private final VpcTokenDesk desk;
    private final VpcService service;

    /** An emulator on the machine's clock, not started. */
    public IbmVpcMetadataEmulator() {
        this(TimeSource.system());
    }

    /**
     * An emulator, not started.
     *
     * @param clock the clock of tokens, scenarios and the {@code Date} header
     */
    public IbmVpcMetadataEmulator(TimeSource clock) {
        this(clock, new VpcTokenDesk(clock));
    }

    private IbmVpcMetadataEmulator(TimeSource clock, VpcTokenDesk desk) {
        this(clock, desk, new VpcService(desk));
    }

    private IbmVpcMetadataEmulator(TimeSource clock, VpcTokenDesk desk, VpcService service) {
        super(clock, service);
        this.desk = desk;
        this.service = service;
    }

    /**
     * From now on the instance has no default trusted profile: an exchange must name one.
     *
     * @return this
     */
    public IbmVpcMetadataEmulator withoutDefaultProfile() {
        desk.withoutDefaultProfile();
        return this;
    }

    /**
     * From now on the metadata service is switched off, as the error page has it: 403. The API reference says that there is no answer then;
     * for that, play {@link Scenario#stall}.
     *
     * @return this
     */
    public IbmVpcMetadataEmulator disabled() {
        service.disable();
        return this;
    }

    /**
     * From now on all tokens issued so far have expired.
     *
     * @return this
     */
    public IbmVpcMetadataEmulator expireTokens() {
        desk.press().expireAll();
        return this;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "token=$(curl -s -X PUT '" + url()
                        + "/identity/v1/token?version=2025-08-26' -H 'Metadata-Flavor: ibm' -d '{\"expires_in\": 300}' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')",
                "curl -s '" + url() + "/metadata/v1/instance?version=2025-08-26' -H \"Authorization: Bearer $token\"",
                "# The identity token is exchanged for one of IAM:",
                "curl -s -X POST '" + url()
                        + "/identity/v1/iam_tokens?version=2025-08-26' -H 'Metadata-Flavor: ibm' -H \"Authorization: Bearer $token\"");
    }

    @Override
    protected IbmVpcMetadataEmulator self() {
        return this;
    }
}

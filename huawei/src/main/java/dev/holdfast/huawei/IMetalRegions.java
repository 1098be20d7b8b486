package dev.holdfast.huawei;

import java.util.Map;
import java.util.Objects;

/**
 * Which domain serves which region. Huawei Cloud has two of its own: {@code myhuaweicloud.com}, and {@code myhuaweicloud.eu} for its European
 * cloud (terraform-provider-huaweicloud PR 2239, huaweicloud-sdk-java-v3 PR 74 and VpcRegion.java). Other operators run the same software with the
 * same form of ids; a request signed for one of them must not go to Huawei's domain, nor the other way round.
 */
final class IMetalRegions {
    private static final String DOMAIN = "myhuaweicloud.com";
    private static final Map<String, String> DOMAINS = Map.of("eu-west-101", "myhuaweicloud.eu");

    private static final Map<String, Operator> OPERATORS = Map.of(
            // opentelekomcloud Terraform provider: auth_url
            "eu-de", new Operator("the Open Telekom Cloud of T-Systems", "otc.t-systems.com"),
            "eu-nl", new Operator("the Open Telekom Cloud of T-Systems", "otc.t-systems.com"),
            // flexibleengine Terraform provider: auth_url
            "eu-west-0", new Operator("Flexible Engine of Orange", "prod-cloud-ocb.orange-business.com"),
            // sbercloud Terraform provider: auth_url; terraform-provider-huaweicloud issue 312
            "ru-moscow-1", new Operator("SberCloud Advanced", "hc.sbercloud.ru"),
            // huaweicloud-sdk-cpp CbrRegion, g42cloud SDKs
            "ae-ad-1", new Operator("G42 Cloud", "g42cloud.com"));

    private record Operator(String name, String domain) {}

    private IMetalRegions() {}

    static String host(String region) {
        // The id becomes part of a host name that credentials are sent to.
        if (!Objects.requireNonNull(region, "region must not be null").matches("[a-z0-9]+(-[a-z0-9]+)+")) {
            throw new IllegalArgumentException(
                    "region must be an id such as cn-southwest-2, but is \"" + region + "\"");
        }
        Operator other = OPERATORS.get(region);
        if (other != null) {
            throw new IllegalArgumentException("region \"" + region + "\" belongs to " + other.name
                    + ", not to Huawei Cloud; use Holdfast.builder(HuaweiIMetal.in(\"cn-southwest-2\")).endpoint(URI) with"
                    + " that operator's own address, https://SERVICE." + region + "." + other.domain);
        }
        return "clouddc." + region + "." + DOMAINS.getOrDefault(region, DOMAIN);
    }
}

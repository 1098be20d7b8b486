package dev.holdfast.alibaba;

import java.util.Set;

/**
 * Which host serves which region: older regions share the central one, the others have one each (alibabacloud slb-20140515 client, 2026). Public code
 * asks the older regions at a host of their own too, such as {@code slb.cn-hangzhou.aliyuncs.com} (alibaba-cloud-sdk-go issue 510), so that
 * each region's host is allowed beside the one that is asked by default. All are in the vendor's own domain.
 */
final class SlbEndpoints {
    static final String CENTRAL = "slb.aliyuncs.com";

    private static final Set<String> CENTRAL_REGIONS = Set.of(
            "cn-qingdao",
            "cn-beijing",
            "cn-hangzhou",
            "cn-shanghai",
            "cn-shenzhen",
            "cn-hongkong",
            "ap-southeast-1",
            "us-east-1",
            "us-west-1",
            "cn-hangzhou-finance",
            "cn-beijing-finance-1",
            "cn-shanghai-finance-1",
            "cn-shenzhen-finance-1",
            "cn-north-2-gov-1");

    private SlbEndpoints() {}

    static String host(String region) {
        return CENTRAL_REGIONS.contains(checked(region)) ? CENTRAL : regionalHost(region);
    }

    static String regionalHost(String region) {
        return "slb." + checked(region) + ".aliyuncs.com";
    }

    static String vpcHost(String region) {
        return "slb-vpc." + checked(region) + ".aliyuncs.com";
    }

    /** The id becomes part of a host name that credentials are sent to. */
    private static String checked(String region) {
        if (region == null || !region.matches("[a-z]{2}(-[a-z0-9]{1,20}){1,5}")) {
            throw new IllegalArgumentException(
                    "region must be a region's id, such as cn-hangzhou, but is \"" + region + "\"");
        }
        return region;
    }
}

package dev.holdfast.emulators.azure;

import dev.holdfast.testkit.emulator.EmulatedRequest;

/** The two parts of IMDS that have errors of their own. */
final class ImdsPaths {
    static final String LOAD_BALANCER = "/metadata/loadbalancer";
    static final String TOKEN = "/metadata/identity/oauth2/token";

    private ImdsPaths() {}

    static boolean isIdentity(EmulatedRequest request) {
        return request.under("/metadata/identity");
    }

    static boolean isLoadBalancer(EmulatedRequest request) {
        return request.under(LOAD_BALANCER);
    }
}

package dev.holdfast.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntermediaryMarksTest {
    private static ResponseView response(String... headers) {
        return ResponseView.of(404, HeaderFields.of(headers), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via", "proxy-connection", "Proxy-Authenticate", "X-Squid-Error"})
    void aProxyAddsItsHeader(String header) {
        assertThat(ErrorDialect.isProxied(response(header, "x"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Server, EC2ws, AWS",
        "Server, ec2ws, AWS",
        "X-Aws-Ec2-Metadata-Token-Ttl-Seconds, 60, AWS",
        "Metadata-Flavor, Google, Google",
        "Server, Metadata Server for VM, Google",
        "Server, IMDS/150.870.65.1854, Azure",
        "Server, nginx, ",
        "X-Server, EC2ws, "
    })
    void anotherCloudIsKnownByItsHeader(String header, String value, @Nullable String cloud) {
        assertThat(ErrorDialect.otherCloud(response(header, value))).isEqualTo(cloud);
        assertThat(ErrorDialect.isProxied(response(header, value))).isFalse();
    }

    @Test
    void aResponseWithoutMarksHasNeither() {
        assertThat(ErrorDialect.isProxied(response())).isFalse();
        assertThat(ErrorDialect.otherCloud(response())).isNull();
    }
}

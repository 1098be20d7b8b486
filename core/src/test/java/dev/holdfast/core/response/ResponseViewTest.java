package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResponseViewTest {

    @Test
    void theViewIsBounded() {
        byte[] limit = new byte[ResponseView.BODY_LIMIT];
        byte[] more = new byte[ResponseView.BODY_LIMIT + 1];
        Arrays.fill(more, (byte) 'x');
        assertThat(ResponseView.of(200, HeaderFields.empty(), limit, true).complete())
                .isTrue();
        assertThat(ResponseView.of(200, HeaderFields.empty(), limit, false).complete())
                .isFalse();
        ResponseView cut = ResponseView.of(200, HeaderFields.empty(), more, true);
        assertThat(cut.body()).isEqualTo(Arrays.copyOf(more, ResponseView.BODY_LIMIT));
        assertThat(cut.complete()).isFalse();
    }

    @Test
    void nobodyElseCanChangeIt() {
        byte[] body = {1, 2, 3};
        ResponseView answer = ResponseView.of(200, HeaderFields.empty(), body, true);
        body[0] = 9;
        answer.body()[1] = 9;
        assertThat(answer.body()).containsExactly(1, 2, 3);
    }

    @Test
    void neitherBodyNorHeaderValuesAreShown() {
        ResponseView answer = ResponseView.of(401, HeaderFields.of("X-Token", "CANARY"), "CANARY");
        assertThat(answer).hasToString("Answer[401, HeaderFields[x-token], 6 bytes]");
        assertThat(ResponseView.of(503, HeaderFields.empty(), new byte[7], false))
                .hasToString("Answer[503, HeaderFields[], 7 bytes and more]");
    }

    @Test
    void aStatusIsEnough() {
        ResponseView answer = ResponseView.of(-1);
        assertThat(answer.status()).isEqualTo(-1);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.complete()).isTrue();
        assertThat(answer.headers().asMap()).isEmpty();
    }
}

package dev.holdfast.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** Null is refused where it is given, by the argument's name, and costs nothing. */
class NullArgumentsTest {
    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final Holdfast HOLDFAST = Holdfast.of(
            Service.builder("test/null").baseUrl("https://null.example.com").build());

    private final Call.Factory one = HoldfastOkHttp.wrap(CLIENT, HOLDFAST);
    private final Call.Factory several = HoldfastOkHttp.wrap(CLIENT, List.of(HOLDFAST));

    private static Call call(Call.Factory factory) {
        return factory.newCall(
                new Request.Builder().url("https://null.example.com/x").build());
    }

    @Test
    void aCallbackThatIsNullLeavesTheCallUnused() {
        for (Call.Factory factory : List.of(one, several)) {
            Call call = call(factory);
            assertThatNullPointerException()
                    .isThrownBy(() -> call.enqueue(null))
                    .withMessageContaining("callback");
            assertThat(call.isExecuted()).isFalse();
        }
    }

    @Test
    void aRequestThatIsNullMakesNoCall() {
        for (Call.Factory factory : List.of(one, several)) {
            assertThatNullPointerException()
                    .isThrownBy(() -> factory.newCall(null))
                    .withMessageContaining("request");
        }
    }

    @Test
    void aReaderThatIsNullLeavesTheCallUnused() {
        Call call = call(one);
        assertThatNullPointerException()
                .isThrownBy(() -> HoldfastOkHttp.fetch(call, null))
                .withMessageContaining("reader");
        assertThatNullPointerException()
                .isThrownBy(() -> HoldfastOkHttp.fetchAsync(call, null))
                .withMessageContaining("reader");
        assertThat(call.isExecuted()).isFalse();
    }
}

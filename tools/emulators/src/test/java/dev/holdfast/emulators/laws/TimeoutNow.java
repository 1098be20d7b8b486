package dev.holdfast.emulators.laws;

import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okio.AsyncTimeout;

/** Lets a call of OkHttp time out at the moment that a test chooses, however long that took to come. */
public final class TimeoutNow {
    private TimeoutNow() {}

    /** Fires the timeout of a call that runs: its own timer does the rest, on its own thread. */
    public static void fire(Call call) {
        AsyncTimeout timeout = (AsyncTimeout) call.timeout();
        timeout.exit();
        timeout.timeout(1, TimeUnit.NANOSECONDS);
        timeout.enter();
    }
}

package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.internal.limit.Outage.Line;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What of an endpoint's trouble is worth a line in the log. */
class OutageTest {
    private final AtomicInteger kept = new AtomicInteger();
    private final Outage outage = new Outage(kept::incrementAndGet);

    private static long at(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private Line fails(double seconds, ErrorKind kind) {
        return outage.open(kind, at(seconds));
    }

    private long works(double seconds) {
        return outage.close(at(seconds));
    }

    @Test
    void aTroubleHasOneLineWhenItBeginsAndOneWhenItEnds() {
        assertThat(fails(0, ErrorKind.UNAVAILABLE)).isEqualTo(Line.BEGINS);
        for (int second = 1; second < 300; second++) {
            assertThat(fails(second, ErrorKind.UNAVAILABLE)).isEqualTo(Line.NONE);
        }
        assertThat(works(300)).isEqualTo(at(300));
        assertThat(works(301)).isEqualTo(-1);
    }

    @Test
    void aChangeIsTold() {
        assertThat(fails(0, ErrorKind.THROTTLED)).isEqualTo(Line.BEGINS);
        assertThat(fails(3, ErrorKind.UPDATING)).isEqualTo(Line.CHANGES);
        assertThat(fails(4, ErrorKind.UPDATING)).isEqualTo(Line.NONE);
        assertThat(works(75)).isEqualTo(at(75));
    }

    @Test
    void twoTroublesByTurnsAreToldOnceAMinute() {
        int lines = 0;
        for (int second = 0; second < 600; second++) {
            lines += fails(second, second % 2 == 0 ? ErrorKind.THROTTLED : ErrorKind.UNAVAILABLE) == Line.NONE ? 0 : 1;
        }
        assertThat(lines).isBetween(2, 12);
    }

    @Test
    void anEndpointThatFailsAndWorksByTurnsIsToldOnceAMinute() {
        int begins = 0;
        int ends = 0;
        for (int second = 0; second < 600; second++) {
            begins += fails(second, ErrorKind.UNAVAILABLE) == Line.BEGINS ? 1 : 0;
            ends += works(second + 0.5) >= 0 ? 1 : 0;
        }
        assertThat(begins).isEqualTo(10);
        assertThat(ends).as("an end for each beginning that was told").isEqualTo(10);
    }

    @Test
    void aTroubleAfterAQuietMinuteIsToldAgain() {
        assertThat(fails(0, ErrorKind.UNREACHABLE)).isEqualTo(Line.BEGINS);
        works(1);
        assertThat(fails(59.9, ErrorKind.UNREACHABLE)).isEqualTo(Line.NONE);
        assertThat(works(59.95)).as("its beginning was not told").isEqualTo(-1);
        assertThat(fails(60, ErrorKind.UNREACHABLE)).isEqualTo(Line.BEGINS);
    }

    @Test
    void itIsForgottenWhenNothingOfItMatters() {
        assertThat(outage.isRecent(at(0))).isFalse();
        fails(0, ErrorKind.UNAVAILABLE);
        assertThat(kept).hasPositiveValue();
        assertThat(outage.isRecent(at(3_599))).isTrue();
        assertThat(outage.isRecent(at(3_601))).isFalse();
        works(3_602);
        assertThat(outage.isOpen()).isFalse();
        fails(4_000, ErrorKind.UNAVAILABLE);
        works(4_001);
        assertThat(outage.isRecent(at(4_059)))
                .as("so that the next one stays quiet")
                .isTrue();
        assertThat(outage.isRecent(at(4_061))).isFalse();
    }
}

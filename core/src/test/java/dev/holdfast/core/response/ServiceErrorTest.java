package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceErrorTest {

    @Test
    void blankIsMissing() {
        ServiceError error = ServiceError.of(" ", "\n");
        assertThat(error).isEqualTo(ServiceError.none());
        assertThat(ServiceError.of(" A ", " m ")).isEqualTo(ServiceError.of("A", "m"));
        assertThat(ServiceError.of("A", null).parsed()).isTrue();
        assertThat(ServiceError.of(null, "m").parsed()).isTrue();
        assertThat(ServiceError.text("m").parsed()).isFalse();
    }

    @Test
    void aLongMessageIsCutButNoCharacterIs() {
        String cut = "x".repeat(ServiceError.MESSAGE_LIMIT - 1);
        assertThat(ServiceError.text(cut + "yz").message()).isEqualTo(cut + "y");
        assertThat(ServiceError.text(cut + "\ud83d\ude00").message()).isEqualTo(cut);
        assertThat(ServiceError.text(cut + "y").message()).isEqualTo(cut + "y");
    }

    /** They stand in log lines: whoever answers must neither forge one nor fill the disk. */
    @Test
    void codeTargetAndRequestIdsAreShortAndOnOneLine() {
        String evil = "A\r\n2026-11-21 ERROR forged\u001b[31m\u0085" + "x".repeat(10_000);
        ServiceError error =
                ServiceError.of(evil, null).withTarget(evil).withRequestIds(Map.of("trace", evil, "blank", "\n"));
        for (String each : new String[] {error.code(), error.target(), error.requestId()}) {
            assertThat(each).startsWith("A  2026-11-21 ERROR forged [31m x").hasSize(ServiceError.NAME_LIMIT);
            assertThat(each.chars()).noneMatch(Character::isISOControl);
        }
        assertThat(error.requestIds()).containsOnlyKeys("trace");
    }

    @Test
    void copiesKeepTheRest() {
        ServiceError.Further further = new ServiceError.Further("B", null, null);
        ServiceError error = ServiceError.of("A", "m")
                .withTarget("t")
                .withFurther(List.of(further))
                .with(Map.of("id", "r"), Map.of("name", "value"));
        assertThat(error.code()).isEqualTo("A");
        assertThat(error.message()).isEqualTo("m");
        assertThat(error.target()).isEqualTo("t");
        assertThat(error.requestIds()).isEqualTo(Map.of("id", "r"));
        assertThat(error.further()).containsExactly(further);
        assertThat(error.captured()).isEqualTo(Map.of("name", "value"));
        assertThat(error.parsed()).isTrue();
        assertThat(error.with(Map.of("id", "r"), Map.of("name", "value"))).isSameAs(error);
        assertThat(ServiceError.none().withRequestIds(Map.of())).isSameAs(ServiceError.none());
        assertThat(ServiceError.none().requestId()).isNull();
    }

    @Test
    void everyPartCountsAndIsShown() {
        ServiceError one = ServiceError.of("A", "m");
        List<ServiceError> different = List.of(
                one,
                ServiceError.of("B", "m"),
                ServiceError.of("A", "n"),
                ServiceError.of(null, "m"),
                ServiceError.text("m"),
                one.withTarget("t"),
                one.withRequestIds(Map.of("id", "r")),
                one.withFurther(List.of(new ServiceError.Further("B", null, null))),
                one.with(Map.of(), Map.of("name", "value")));
        assertThat(different).doesNotHaveDuplicates();
        ServiceError same = ServiceError.of("A", "m");
        assertThat(same).isEqualTo(one).hasSameHashCodeAs(one).isNotEqualTo("A");
        assertThat(one.withRequestIds(Map.of("id", "r")))
                .hasToString("ServiceError[code=A, message=m, target=null, requestIds={id=r}, further=[], captured={}, "
                        + "parsed=true]");
    }

    @Test
    void whatChangesLaterDoesNotChangeIt() {
        Map<String, String> ids = new HashMap<>(Map.of("id", "r"));
        ServiceError error = ServiceError.none().with(ids, ids);
        ids.clear();
        assertThat(error.requestIds()).hasSize(1);
        assertThat(error.captured()).hasSize(1);
    }
}

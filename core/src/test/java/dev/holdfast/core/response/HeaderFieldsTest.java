package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderFieldsTest {
    private final HeaderFields fields = HeaderFields.of("Retry-After", "1", "X-Id", "a", "retry-after", "2");

    @Test
    void namesHaveNoCase() {
        assertThat(fields.first("RETRY-AFTER")).isEqualTo("1");
        assertThat(fields.all("Retry-After")).containsExactly("1", "2");
        assertThat(fields.first("Missing")).isNull();
        assertThat(fields.all("Missing")).isEmpty();
        assertThat(fields.asMap())
                .containsExactly(Map.entry("retry-after", List.of("1", "2")), Map.entry("x-id", List.of("a")));
    }

    @Test
    void fromAMap() {
        Map<String, List<String>> map = new LinkedHashMap<>();
        map.put(null, List.of("HTTP/1.1 200 OK"));
        map.put("A", List.of("1", "2"));
        map.put("B", List.of());
        HeaderFields from = HeaderFields.of(map);
        assertThat(from.asMap()).containsExactly(Map.entry("a", List.of("1", "2")));
        assertThat(from.first("a")).isEqualTo("1");
        assertThat(from.first("b")).isNull();
    }

    @Test
    void valuesAreNeverShown() {
        assertThat(HeaderFields.of("Authorization", "CANARY")).hasToString("HeaderFields[authorization]");
    }

    @Test
    void whatChangesLaterDoesNotChangeThem() {
        String[] pairs = {"A", "1"};
        HeaderFields kept = HeaderFields.of(pairs);
        pairs[1] = "2";
        assertThat(kept.first("A")).isEqualTo("1");
        assertThatThrownBy(() -> kept.asMap().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void comeInPairs() {
        assertThatThrownBy(() -> HeaderFields.of("A"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("namesAndValues must come in pairs of name and value, but there are 1");
        assertThat(HeaderFields.of(new String[0])).isSameAs(HeaderFields.empty());
    }
}

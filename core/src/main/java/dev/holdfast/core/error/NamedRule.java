package dev.holdfast.core.error;

import java.util.Objects;

/**
 * A user's rule under the name that appears in decisions.
 *
 * @param name the rule's name
 * @param rule the rule
 */
public record NamedRule(String name, Rule rule) {

    /**
     * Checks the parts.
     *
     * @param name the rule's name
     * @param rule the rule
     */
    public NamedRule {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank, but is \"" + name + "\"");
        }
        Objects.requireNonNull(rule, "rule must not be null");
    }
}

package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Decision;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a chain gives to its user: the last source, and the end of all of them. */
class ChainedSourceTest {
    private final List<String> closed = new ArrayList<>();

    private CredentialSource source(String name) {
        return new CredentialSource() {
            @Override
            public CompletableFuture<Credential> current() {
                return CompletableFuture.failedFuture(new IllegalStateException(name));
            }

            @Override
            public CompletableFuture<Credential> refresh(Credential refused, Decision decision) {
                return current();
            }

            @Override
            public void apply(Credential credential, SigningView request) {}

            @Override
            public void close() {
                closed.add(name);
                if (name.startsWith("faulty")) {
                    throw new IllegalStateException(name);
                }
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    @Test
    void theLastSourceGivesTheCredentials() {
        CredentialSource chain = ChainedSource.of(List.of(source("token"), source("role"), source("key")));
        assertThatThrownBy(() -> chain.current().join()).hasMessageContaining("key");
        assertThat(chain).hasToString("key");
    }

    @Test
    void closingItClosesAllFromTheLastOn() {
        ChainedSource.of(List.of(source("token"), source("role"), source("key")))
                .close();
        assertThat(closed).containsExactly("key", "role", "token");
    }

    @Test
    void aSourceThatCannotBeClosedKeepsNoOtherOpen() {
        CredentialSource chain =
                ChainedSource.of(List.of(source("token"), source("faulty role"), source("faulty key")));
        assertThatThrownBy(chain::close).isInstanceOf(IllegalStateException.class);
        assertThat(closed).containsExactly("faulty key", "faulty role", "token");
    }

    @Test
    void oneSourceIsItsOwnChain() {
        CredentialSource only = source("token");
        assertThat(ChainedSource.of(List.of(only))).isSameAs(only);
    }

    /** A method with a default that is not handed on would be lost for every chain. */
    @Test
    void itHandsOnEveryMethod() {
        List<String> missing = Arrays.stream(CredentialSource.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !declares(method))
                .map(Method::getName)
                .toList();
        assertThat(missing).isEmpty();
    }

    private static boolean declares(Method method) {
        return Arrays.stream(ChainedSource.class.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}

package dev.holdfast.testkit.junit;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.testkit.emulator.Emulator;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives each test an emulator, a clock that skips waits and seeded randomness, and closes them. A test that leaves a wait behind fails; a
 * test that fails names the seed, which {@code -Dholdfast.seed=…} repeats.
 *
 * <pre>{@code
 * class AgentTest {
 *     @RegisterExtension
 *     final HoldfastExtension<CloudEmulator> holdfast = new HoldfastExtension<>(CloudMetadata.SERVICE, CloudEmulator::new);
 *
 *     @Test
 *     void survivesMaintenance(CloudEmulator cloud, Holdfast.Builder builder) throws IOException {
 *         cloud.play(Scenario.updating(Duration.ofSeconds(75)));
 *         Agent agent = new Agent(HoldfastOkHttp.wrap(new OkHttpClient(), builder.build()));
 *         assertEquals("westeurope", agent.location());
 *     }
 * }
 * }</pre>
 *
 * <p>Methods of a test may have parameters of the emulator's type, {@link VirtualTime} and {@link Holdfast.Builder}. The extension has them
 * as methods too, for classes whose tests do not run at the same time. A subclass with a constructor without parameters can be named in
 * {@code @ExtendWith}.
 *
 * @param <E> the emulator's type
 */
public class HoldfastExtension<E extends Emulator>
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver, TestExecutionExceptionHandler {
    private static final String SEED = "holdfast.seed";

    // Two extensions of one test each have a store of their own.
    private final Namespace namespace = Namespace.create(HoldfastExtension.class, this);
    private final Service service;
    private final Function<TimeSource, E> emulators;
    private final boolean manual;
    private final OptionalLong fixedSeed;
    private volatile @Nullable Equipment<E> current;

    private record Equipment<E extends Emulator>(VirtualTime time, E emulator, long seed, RandomGenerator random) {
        Holdfast.Builder configure(Holdfast.Builder builder) {
            return builder.endpoint(emulator.url())
                    .timeSource(time)
                    .scheduler(time)
                    .random(random);
        }
    }

    /**
     * Creates an extension with a clock that skips waits, and another seed each time.
     *
     * @param service the service that a {@link Holdfast.Builder} parameter is for
     * @param emulator makes an emulator on a clock, not started
     */
    public HoldfastExtension(Service service, Function<TimeSource, E> emulator) {
        this(service, emulator, false, OptionalLong.empty());
    }

    private HoldfastExtension(
            Service service, Function<TimeSource, E> emulators, boolean manual, OptionalLong fixedSeed) {
        this.service = Objects.requireNonNull(service, "service must not be null");
        this.emulators = Objects.requireNonNull(emulators, "emulator must not be null");
        this.manual = manual;
        this.fixedSeed = fixedSeed;
    }

    /**
     * Returns the same extension with a clock that the test moves.
     *
     * @return a new extension
     */
    public HoldfastExtension<E> withManualTime() {
        return new HoldfastExtension<>(service, emulators, true, fixedSeed);
    }

    /**
     * Returns the same extension with one seed for every test.
     *
     * @param seed any number
     * @return a new extension
     */
    public HoldfastExtension<E> withSeed(long seed) {
        return new HoldfastExtension<>(service, emulators, manual, OptionalLong.of(seed));
    }

    /**
     * Returns the emulator of the test that runs.
     *
     * @return the started emulator
     * @throws IllegalStateException if no test runs
     */
    public E emulator() {
        return running().emulator();
    }

    /**
     * Returns the clock of the test that runs.
     *
     * @return the clock
     * @throws IllegalStateException if no test runs
     */
    public VirtualTime time() {
        return running().time();
    }

    /**
     * Sets endpoint, clock, scheduler and randomness.
     *
     * @param builder a builder for any service
     * @return the same builder
     * @throws IllegalStateException if no test runs
     */
    public Holdfast.Builder configure(Holdfast.Builder builder) {
        return running().configure(builder);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        VirtualTime time = manual ? VirtualTime.manual() : VirtualTime.skipping();
        long seed = fixedSeed.isPresent() ? fixedSeed.getAsLong() : seed(context);
        E emulator = emulators.apply(time);
        emulator.start();
        Equipment<E> equipment = new Equipment<>(time, emulator, seed, Randomness.seeded(seed));
        store(context).put(SEED, equipment);
        current = equipment;
    }

    private static long seed(ExtensionContext context) {
        return context.getConfigurationParameter(SEED, Long::valueOf)
                .orElseGet(() -> Randomness.threadLocal().nextLong());
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        Equipment<E> equipment = of(context);
        current = null;
        try (E closed = equipment.emulator()) {
            VirtualTime time = equipment.time();
            if (!Soon.holds(() -> time.pending() == 0, Soon.limit(context))) {
                throw new AssertionError(
                        "the test leaves " + time.pending() + " waits pending: is every call ended or cancelled? "
                                + closed.requestCount() + " requests were received");
            }
        } finally {
            equipment.time().shutDown();
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        thrown.addSuppressed(new SeedNote(of(context).seed()));
        throw thrown;
    }

    /** Among the suppressed ones the seed is in every report, and the failure itself stays what it is. */
    private static final class SeedNote extends Exception {
        private static final long serialVersionUID = 1;

        SeedNote(long seed) {
            super("to repeat the random waits of this test: -D" + SEED + "=" + seed, null, false, false);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return parameter.getDeclaringExecutable() instanceof Method
                && context.getTestMethod().isPresent()
                && (isEmulator(type, of(context).emulator())
                        || type == VirtualTime.class
                        || type == Holdfast.Builder.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Equipment<E> equipment = of(context);
        Class<?> type = parameter.getParameter().getType();
        if (isEmulator(type, equipment.emulator())) {
            return equipment.emulator();
        }
        return type == VirtualTime.class ? equipment.time() : equipment.configure(Holdfast.builder(service));
    }

    private Equipment<E> running() {
        Equipment<E> equipment = current;
        if (equipment == null) {
            throw new IllegalStateException("no test runs: ask in a test or in a method that runs before each");
        }
        return equipment;
    }

    private static boolean isEmulator(Class<?> type, Emulator emulator) {
        return Emulator.class.isAssignableFrom(type) && type.isInstance(emulator);
    }

    @SuppressWarnings("unchecked") // Only this extension puts anything there.
    private Equipment<E> of(ExtensionContext context) {
        return Objects.requireNonNull(
                store(context).get(SEED, Equipment.class), "the extension was not called before the test");
    }

    private ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(namespace);
    }
}

package dev.holdfast.testkit.junit;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.testkit.emulator.AzureImdsEmulator;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.OptionalLong;
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
 * Gives each test an emulator of Azure's metadata service, a clock that skips waits and seeded randomness, and closes them. A test that
 * leaves a wait behind fails; a test that fails names the seed, which {@code -Dholdfast.seed=…} repeats.
 *
 * <pre>{@code
 * @ExtendWith(HoldfastExtension.class)
 * class AgentTest {
 *     @Test
 *     void survivesMaintenance(AzureImdsEmulator imds, Holdfast.Builder holdfast) throws IOException {
 *         imds.play(Scenario.updating(Duration.ofSeconds(75)));
 *         Agent agent = new Agent(HoldfastOkHttp.wrap(new OkHttpClient(), holdfast.build()));
 *         assertEquals("westeurope", agent.location());
 *     }
 * }
 * }</pre>
 *
 * <p>Methods of a test may have parameters of the types {@link AzureImdsEmulator}, {@link VirtualTime} and {@link Holdfast.Builder}. As a
 * {@code @RegisterExtension} it has them as methods too, for classes whose tests do not run at the same time.
 */
public final class HoldfastExtension
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver, TestExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(HoldfastExtension.class);
    private static final String SEED = "holdfast.seed";

    private final boolean manual;
    private final OptionalLong fixedSeed;
    private volatile @Nullable Equipment current;

    private record Equipment(VirtualTime time, AzureImdsEmulator emulator, long seed, RandomGenerator random) {
        Holdfast.Builder configure(Holdfast.Builder builder) {
            return builder.endpoint(emulator.url())
                    .timeSource(time)
                    .scheduler(time)
                    .random(random);
        }
    }

    /** With a clock that skips waits, and another seed each time. */
    public HoldfastExtension() {
        this(false, OptionalLong.empty());
    }

    private HoldfastExtension(boolean manual, OptionalLong fixedSeed) {
        this.manual = manual;
        this.fixedSeed = fixedSeed;
    }

    /**
     * The same with a clock that the test moves.
     *
     * @return a new extension
     */
    public HoldfastExtension withManualTime() {
        return new HoldfastExtension(true, fixedSeed);
    }

    /**
     * The same with one seed for every test.
     *
     * @param seed any number
     * @return a new extension
     */
    public HoldfastExtension withSeed(long seed) {
        return new HoldfastExtension(manual, OptionalLong.of(seed));
    }

    /**
     * The emulator of the test that runs.
     *
     * @return the started emulator
     * @throws IllegalStateException if no test runs
     */
    public AzureImdsEmulator emulator() {
        return running().emulator();
    }

    /**
     * The clock of the test that runs.
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
        Equipment equipment = new Equipment(time, new AzureImdsEmulator(time).start(), seed, Randomness.seeded(seed));
        store(context).put(SEED, equipment);
        current = equipment;
    }

    private static long seed(ExtensionContext context) {
        return context.getConfigurationParameter(SEED, Long::valueOf)
                .orElseGet(() -> Randomness.threadLocal().nextLong());
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        Equipment equipment = of(context);
        current = null;
        try (AzureImdsEmulator closed = equipment.emulator()) {
            VirtualTime time = equipment.time();
            if (!Soon.holds(() -> time.pending() == 0)) {
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
                && (type == AzureImdsEmulator.class || type == VirtualTime.class || type == Holdfast.Builder.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Equipment equipment = of(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == AzureImdsEmulator.class) {
            return equipment.emulator();
        }
        return type == VirtualTime.class ? equipment.time() : equipment.configure(Holdfast.builder(AzureImds.SERVICE));
    }

    private Equipment running() {
        Equipment equipment = current;
        if (equipment == null) {
            throw new IllegalStateException("no test runs: ask in a test or in a method that runs before each");
        }
        return equipment;
    }

    private static Equipment of(ExtensionContext context) {
        return Objects.requireNonNull(
                store(context).get(SEED, Equipment.class), "the extension was not called before the test");
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}

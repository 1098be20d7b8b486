package dev.holdfast.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds the packages of core and the arrows between them, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "dev.holdfast.core", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    private static final String CORE = "dev.holdfast.core";

    /** From the top downwards: a package may depend on those behind it, and on no other package of core. */
    private static final List<String> ORDER = List.of(
            "dev.holdfast.core",
            "dev.holdfast.core.micrometer",
            "dev.holdfast.core.internal.call",
            "dev.holdfast.core.internal.engine",
            "dev.holdfast.core.credential",
            "dev.holdfast.core.service",
            "dev.holdfast.core.internal.decide",
            "dev.holdfast.core.spi",
            "dev.holdfast.core.catalogue",
            "dev.holdfast.core.internal.limit",
            "dev.holdfast.core.outcome",
            "dev.holdfast.core.internal.outcome",
            "dev.holdfast.core.policy",
            "dev.holdfast.core.decision",
            "dev.holdfast.core.response",
            "dev.holdfast.core.time",
            "dev.holdfast.core.internal.text",
            "dev.holdfast.core.internal.time");

    @ArchTest
    static void everyPackageIsInTheOrder(JavaClasses core) {
        assertThat(core.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(ORDER);
    }

    @ArchTest
    static void thePageHasTheSameOrder(JavaClasses core) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "architecture.md"));
        List<String> order = Pattern.compile("^\\d+\\. `(" + Pattern.quote(CORE) + "[\\w.]*)`$", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map((MatchResult entry) -> entry.group(1))
                .toList();
        assertThat(order).isEqualTo(ORDER);
    }

    @ArchTest
    static void arrowsPointDownwardsOnly(JavaClasses core) {
        for (int i = 1; i < ORDER.size(); i++) {
            noClasses()
                    .that()
                    .resideInAPackage(ORDER.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ORDER.subList(0, i).toArray(String[]::new))
                    .check(core);
        }
    }

    @ArchTest
    static final ArchRule noCircles = slices().matching(CORE + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noHttpClientAndNoKotlin = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..", "kotlin..", "retrofit2..", "java.net.http..");

    @ArchTest
    static final ArchRule jsonIsReadInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage(CORE + ".response")
            .and()
            .doNotHaveFullyQualifiedName(CORE + ".outcome.OutcomeText")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule noJacksonInASignature =
            classes().that().arePublic().should().onlyDependOnClassesThat(resideOutsideOfPackage("com.fasterxml.."));

    private static final Set<String> REAL_TIME_AND_CHANCE = Set.of(
            System.class.getName() + ".nanoTime",
            System.class.getName() + ".currentTimeMillis",
            Thread.class.getName() + ".sleep",
            TimeUnit.class.getName() + ".sleep",
            LockSupport.class.getName() + ".parkNanos",
            LockSupport.class.getName() + ".parkUntil",
            Instant.class.getName() + ".now",
            LocalDate.class.getName() + ".now",
            LocalDateTime.class.getName() + ".now",
            OffsetDateTime.class.getName() + ".now",
            ZonedDateTime.class.getName() + ".now",
            java.time.Clock.class.getName() + ".systemUTC",
            java.time.Clock.class.getName() + ".systemDefaultZone",
            Date.class.getName() + ".<init>",
            Timer.class.getName() + ".<init>",
            Math.class.getName() + ".random",
            Random.class.getName() + ".<init>",
            SecureRandom.class.getName() + ".<init>",
            SplittableRandom.class.getName() + ".<init>",
            ThreadLocalRandom.class.getName() + ".current",
            UUID.class.getName() + ".randomUUID");

    @ArchTest
    static final ArchRule onlyTheTimePackagesTouchTheRealClockAndChance = noClasses()
            .that()
            .resideOutsideOfPackages(CORE + ".time", CORE + ".internal.time")
            .should()
            .accessTargetWhere(describe(
                    "it is the real clock, a real wait or real chance",
                    (JavaAccess<?> access) -> REAL_TIME_AND_CHANCE.contains(
                            access.getTargetOwner().getName() + "." + access.getName())));

    @ArchTest
    static final ArchRule nothingPrints = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");
}

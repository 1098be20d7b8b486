package dev.holdfast.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The rooms of core and the arrows between them. */
@AnalyzeClasses(packages = "dev.holdfast.core", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    private static final String CORE = "dev.holdfast.core";
    private static final Pattern HOLDFAST = Pattern.compile("dev\\.holdfast\\.core\\.Holdfast(\\$.*)?");

    @ArchTest
    static final ArchRule arrowsPointDownwardsOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("holdfast")
            .definedBy(describe(
                    "Holdfast and its builder",
                    type -> HOLDFAST.matcher(type.getName()).matches()))
            .layer("jdk")
            .definedBy(CORE + ".jdk..")
            .layer("call")
            .definedBy(CORE + ".call..")
            .layer("front")
            .definedBy(describe(
                    "what stands beside Holdfast",
                    type -> type.getPackageName().equals(CORE)
                            && !HOLDFAST.matcher(type.getName()).matches()))
            .layer("retry")
            .definedBy(CORE + ".retry..")
            .layer("backoff")
            .definedBy(CORE + ".backoff..")
            .layer("error")
            .definedBy(CORE + ".error..")
            .layer("time")
            .definedBy(CORE + ".time..")
            .whereLayer("holdfast")
            .mayOnlyBeAccessedByLayers("jdk")
            .whereLayer("jdk")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("call")
            .mayOnlyBeAccessedByLayers("jdk", "holdfast")
            .whereLayer("front")
            .mayOnlyBeAccessedByLayers("jdk", "holdfast", "call")
            .whereLayer("retry")
            .mayOnlyBeAccessedByLayers("jdk", "holdfast", "call", "front")
            .whereLayer("backoff")
            .mayOnlyBeAccessedByLayers("jdk", "holdfast", "call", "front", "retry")
            .whereLayer("error")
            .mayOnlyBeAccessedByLayers("jdk", "holdfast", "call", "front", "retry", "backoff")
            .whereLayer("time")
            .mayOnlyBeAccessedByLayers("jdk", "holdfast", "call", "front", "retry", "backoff", "error");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching(CORE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noHttpClientAndNoKotlin = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..", "kotlin..", "retrofit2..");

    @ArchTest
    static final ArchRule onlyTheJdksDoorKnowsTheJdksClient = noClasses()
            .that()
            .resideOutsideOfPackage(CORE + ".jdk..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule jsonIsReadInOneRoom = noClasses()
            .that()
            .resideOutsideOfPackage(CORE + ".error..")
            .and()
            .doNotHaveFullyQualifiedName(CORE + ".OutcomeText")
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
    static final ArchRule onlyOneRoomTouchesTheRealClockAndChance = noClasses()
            .that()
            .resideOutsideOfPackage(CORE + ".time..")
            .should()
            .accessTargetWhere(describe(
                    "it is the real clock, a real wait or real chance",
                    (JavaAccess<?> access) -> REAL_TIME_AND_CHANCE.contains(
                            access.getTargetOwner().getName() + "." + access.getName())));

    @ArchTest
    static final ArchRule nobodyPrints = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");
}

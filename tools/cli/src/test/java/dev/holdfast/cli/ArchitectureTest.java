package dev.holdfast.cli;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the arrows of the house. It stands here because this module sees all others. */
class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.holdfast");

    private static final String[] OKHTTP = {"okhttp3..", "okio..", "kotlin.."};

    /** A vendor's package is the one above the package of its provider. */
    private static final List<String> VENDORS = ServiceProvider.all().stream()
            .map(provider -> provider.getClass().getPackageName().replaceFirst("\\.internal$", ""))
            .toList();

    private static final String[] INTERNAL = {"dev.holdfast.core.internal.."};

    @Test
    void theTestSeesAllModules() {
        assertThat(HOUSE.contain(HoldfastHttpClient.class)).isTrue();
        Set<String> modules =
                HOUSE.stream().map(c -> c.getPackageName().split("\\.")[2]).collect(Collectors.toSet());
        assertThat(modules).contains("core", "okhttp", "jdk", "testkit", "cli");
        modules.removeAll(Set.of("core", "okhttp", "jdk", "testkit", "emulators", "cli"));
        assertThat(modules.stream().map(module -> "dev.holdfast." + module))
                .as("each other package is that of a provider, and has a name of its own")
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(VENDORS);
    }

    /** What module-info says for the module path, for the class path too. */
    @Test
    void onlyTheAdaptersAndTheTestKitKnowTheInsideOfCore() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.holdfast.core..",
                        "dev.holdfast.okhttp..",
                        "dev.holdfast.jdk..",
                        "dev.holdfast.testkit..",
                        "dev.holdfast.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INTERNAL)
                .check(HOUSE);
    }

    /** The engine of a Holdfast instance has one way out. */
    @Test
    void onlyAccessGivesTheEngineOfAnInstance() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.holdfast.core", "dev.holdfast.core.internal.call")
                .should()
                .callConstructor(dev.holdfast.core.internal.call.CallEngine.class)
                .check(HOUSE);
        assertThat(java.util.Arrays.stream(dev.holdfast.core.Holdfast.class.getMethods())
                        .filter(method -> method.getDeclaringClass() == dev.holdfast.core.Holdfast.class)
                        .map(java.lang.reflect.Method::getName)
                        .distinct())
                .containsExactlyInAnyOrder(
                        "builder",
                        "boot",
                        "interactive",
                        "background",
                        "of",
                        "chain",
                        "passThrough",
                        "toBuilder",
                        "decide",
                        "service",
                        "policy",
                        "endpoint",
                        "credentials",
                        "toString");
    }

    @Test
    void coreKnowsNoClientNoVendorAndNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.holdfast.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(OKHTTP)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(vendorsAnd(
                        "dev.holdfast.okhttp..",
                        "dev.holdfast.jdk..",
                        "dev.holdfast.testkit..",
                        "dev.holdfast.emulators..",
                        "dev.holdfast.cli.."))
                .check(HOUSE);
    }

    @Test
    void theAdaptersKnowNoVendor() {
        classes()
                .that()
                .resideInAnyPackage("dev.holdfast.okhttp..", "dev.holdfast.jdk..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        vendorsAnd("dev.holdfast.testkit..", "dev.holdfast.emulators..", "dev.holdfast.cli.."))
                .check(HOUSE);
    }

    @TestFactory
    List<DynamicTest> vendorsKnowNeitherEachOtherNorWhatIsAboveThem() {
        return VENDORS.stream()
                .map(vendor -> DynamicTest.dynamicTest(
                        vendor,
                        () -> noClasses()
                                .that()
                                .resideInAPackage(vendor + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(notOf(vendor))
                                .check(HOUSE)))
                .toList();
    }

    private static String[] notOf(String vendor) {
        List<String> others =
                new ArrayList<>(List.of("dev.holdfast.testkit..", "dev.holdfast.emulators..", "dev.holdfast.cli.."));
        VENDORS.stream().filter(other -> !other.equals(vendor)).forEach(other -> others.add(other + ".."));
        return others.toArray(String[]::new);
    }

    private static String[] vendorsAnd(String... others) {
        return Stream.concat(VENDORS.stream().map(vendor -> vendor + ".."), Stream.of(others))
                .toArray(String[]::new);
    }

    /** A new vendor changes no command: all but the demonstration work with the providers on the path. */
    @Test
    void theCommandLineNamesNoVendor() {
        noClasses()
                .that()
                .resideInAPackage("dev.holdfast.cli..")
                .and()
                .haveNameNotMatching("dev\\.holdfast\\.cli\\.(demo\\..*|Demo.*)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(vendorsAnd())
                .check(HOUSE);
    }

    @Test
    void ofAVendorOnlyTheConvenienceClassesKnowOkHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(vendorsAnd())
                .and()
                .areNotPublic()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(OKHTTP)
                .allowEmptyShould(true)
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAnyPackage(VENDORS.stream().map(v -> v + ".*..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(OKHTTP)
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void onlyOneRoomTouchesTheRealClockAndRealChance() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.holdfast.core.time..", "dev.holdfast.core.internal.time..")
                .should()
                .accessTargetWhere(of(System.class, "nanoTime|currentTimeMillis")
                        .or(of(Thread.class, "sleep"))
                        .or(of(Math.class, "random"))
                        .or(of(Instant.class, "now"))
                        .or(of(java.time.Clock.class, "system.*"))
                        .or(of(ThreadLocalRandom.class, "current"))
                        .or(target(name("<init>")).and(targetOwner(assignableTo(Random.class))))
                        .or(of(SplittableRandom.class, "<init>")))
                .check(HOUSE);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.holdfast.cli..")
                .should()
                .accessTargetWhere(of(System.class, "out|err"))
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaAccess<?>> of(Class<?> owner, String members) {
        return target(nameMatching(members)).and(targetOwner(type(owner)));
    }

    @Test
    void aCatalogueIsSearchedWithoutRegularExpressions() {
        noClasses()
                .that()
                .haveNameMatching(
                        "dev\\.holdfast\\.core\\.(catalogue|internal\\.text)\\.(CatalogueIndex|IndexedRow|NormalizedText|CodePattern|StatusMatch)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .check(HOUSE);
    }

    @Test
    void noRoomIsForEverything() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..helper..", "..manager..", "..impl..")
                .check(HOUSE);
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(HOUSE);
    }

    @TestFactory
    List<DynamicTest> everyRoomIsNullMarked() {
        return HOUSE.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .map((JavaPackage room) -> DynamicTest.dynamicTest(
                        room.getName(),
                        () -> assertThat(room.isAnnotatedWith(NullMarked.class)).isTrue()))
                .toList();
    }
}

package dev.holdfast.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
import dev.holdfast.core.HoldfastException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
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
    private static final List<String> VENDORS = List.of("azure", "ibm", "huawei", "alibaba");

    /** What stands above all rooms of core, although its package is an old one. */
    private static final String TOP = "dev\\.holdfast\\.core\\.(Holdfast|Gates)(\\$.*)?";

    /** From the top downwards. */
    private static final List<String> ROOMS_OF_CORE = List.of(
            "dev.holdfast.core.jdk..",
            "dev.holdfast.core.micrometer..",
            "dev.holdfast.core.call..",
            "dev.holdfast.core",
            "dev.holdfast.core.retry..",
            "dev.holdfast.core.credential..",
            "dev.holdfast.core.gate..",
            "dev.holdfast.core.backoff..",
            "dev.holdfast.core.error..",
            "dev.holdfast.core.time..");

    @Test
    void theTestSeesAllModules() {
        Set<String> modules =
                HOUSE.stream().map(c -> c.getPackageName().split("\\.")[2]).collect(Collectors.toSet());
        assertThat(modules)
                .containsExactlyInAnyOrder("core", "okhttp", "azure", "ibm", "huawei", "alibaba", "testkit", "cli");
    }

    @Test
    void everyRoomOfCoreIsInTheOrder() {
        Set<String> rooms = HOUSE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("dev.holdfast.core"))
                .collect(Collectors.toSet());
        assertThat(ROOMS_OF_CORE.stream().map(room -> room.replace("..", "")).toList())
                .containsAll(rooms);
    }

    @TestFactory
    List<DynamicTest> roomsOfCoreLookDownwardsOnly() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 1; i < ROOMS_OF_CORE.size(); i++) {
            String room = ROOMS_OF_CORE.get(i);
            String[] above = ROOMS_OF_CORE.subList(0, i).toArray(String[]::new);
            tests.add(DynamicTest.dynamicTest(
                    room,
                    () -> noClasses()
                            .that()
                            .resideInAPackage(room)
                            .and()
                            .haveNameNotMatching(TOP)
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(above).and(not(type(HoldfastException.class))))
                            .allowEmptyShould(true)
                            .check(HOUSE)));
        }
        return tests;
    }

    /** All of them extend one type to catch, which names an outcome and so stands in the front room. */
    @Test
    void belowTheFrontRoomOnlyExceptionsKnowTheOneToCatch() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOMS_OF_CORE
                        .subList(ROOMS_OF_CORE.indexOf("dev.holdfast.core") + 1, ROOMS_OF_CORE.size())
                        .toArray(String[]::new))
                .and()
                .areNotAssignableTo(HoldfastException.class)
                .should()
                .dependOnClassesThat(type(HoldfastException.class))
                .check(HOUSE);
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
                .resideInAnyPackage(
                        "dev.holdfast.okhttp..",
                        "dev.holdfast.azure..",
                        "dev.holdfast.ibm..",
                        "dev.holdfast.huawei..",
                        "dev.holdfast.alibaba..",
                        "dev.holdfast.testkit..",
                        "dev.holdfast.cli..")
                .check(HOUSE);
    }

    @Test
    void theDoorKnowsNoVendor() {
        classes()
                .that()
                .resideInAPackage("dev.holdfast.okhttp..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        "dev.holdfast.azure..",
                        "dev.holdfast.ibm..",
                        "dev.holdfast.huawei..",
                        "dev.holdfast.alibaba..",
                        "dev.holdfast.testkit..",
                        "dev.holdfast.cli..")
                .check(HOUSE);
    }

    @TestFactory
    List<DynamicTest> vendorsKnowNeitherEachOtherNorWhatIsAboveThem() {
        return VENDORS.stream()
                .map(vendor -> DynamicTest.dynamicTest(
                        vendor,
                        () -> noClasses()
                                .that()
                                .resideInAPackage("dev.holdfast." + vendor + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(notOf(vendor))
                                .check(HOUSE)))
                .toList();
    }

    private static String[] notOf(String vendor) {
        List<String> others = new ArrayList<>(List.of("dev.holdfast.testkit..", "dev.holdfast.cli.."));
        VENDORS.stream()
                .filter(other -> !other.equals(vendor))
                .forEach(other -> others.add("dev.holdfast." + other + ".."));
        return others.toArray(String[]::new);
    }

    @Test
    void ofAVendorOnlyTheConvenienceClassesKnowOkHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        VENDORS.stream().map(v -> "dev.holdfast." + v + "..").toArray(String[]::new))
                .and()
                .areNotPublic()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(OKHTTP)
                .allowEmptyShould(true)
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAnyPackage(
                        VENDORS.stream().map(v -> "dev.holdfast." + v + ".*..").toArray(String[]::new))
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
                .resideOutsideOfPackage("dev.holdfast.core.time..")
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
                        "dev\\.holdfast\\.core\\.error\\.(CatalogueIndex|FoldedText|CodePattern|StatusMatch)(\\$.*)?")
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

package dev.holdfast.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.holdfast.testkit", importOptions = ImportOption.DoNotIncludeTests.class)
class TestkitArrowsTest {
    @ArchTest
    static final ArchRule ONLY_ONE_ROOM_KNOWS_JUNIT = noClasses()
            .that()
            .resideOutsideOfPackage("..testkit.junit")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "dev.holdfast.testkit.junit");

    @ArchTest
    static final ArchRule ONLY_THESE_KNOW_THE_CLIENT = noClasses()
            .that()
            .doNotHaveSimpleName("LeakCheck")
            .and()
            .doNotHaveSimpleName("ContractBench")
            .and()
            .doNotHaveSimpleName("IssuerServer")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("okhttp3.OkHttpClient");

    @ArchTest
    static final ArchRule EMULATORS_KNOW_NO_CLIENT_SIDE = noClasses()
            .that()
            .resideInAPackage("..testkit.emulator")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.holdfast.azure..", "dev.holdfast.okhttp..", "dev.holdfast.core.internal.call..");

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule ONLY_THE_GLUE_KNOWS_THE_SERVER = classes()
            .that()
            .resideInAPackage("mockwebserver3..")
            .should()
            .onlyHaveDependentClassesThat()
            .haveSimpleName("ServiceDispatcher")
            .orShould()
            .onlyHaveDependentClassesThat()
            .haveSimpleName("HttpEmulator")
            .orShould()
            .onlyHaveDependentClassesThat()
            .haveSimpleName("IssuerServer")
            .allowEmptyShould(true);
}

package dev.holdfast.emulators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = {"dev.holdfast.emulators", "dev.holdfast.testkit"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class EmulatorsArrowsTest {
    @ArchTest
    static final ArchRule THE_KIT_KNOWS_NO_VENDOR = noClasses()
            .that()
            .resideInAPackage("dev.holdfast.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.holdfast.emulators..",
                    "dev.holdfast.azure..",
                    "dev.holdfast.ibm..",
                    "dev.holdfast.huawei..",
                    "dev.holdfast.alibaba..");

    @ArchTest
    static final ArchRule NO_VENDORS_EMULATORS_KNOW_ANOTHERS = slices().matching("dev.holdfast.emulators.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(),
                    JavaClass.Predicates.resideInAnyPackage(
                            "dev.holdfast.emulators.internal", "dev.holdfast.emulators.demo"));

    @ArchTest
    static final ArchRule EMULATORS_DO_WITH_WHAT_IS_PUBLIC = noClasses()
            .that()
            .resideInAPackage("dev.holdfast.emulators..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.holdfast.core.internal..", "mockwebserver3..", "okhttp3..");

    @ArchTest
    static final ArchRule EMULATORS_DO_NOT_SHARE_CODE_WITH_WHAT_THEY_CHECK = noClasses()
            .that()
            .resideInAPackage("dev.holdfast.emulators..")
            .and()
            .doNotHaveSimpleName("AzureImdsExtension")
            .and()
            .haveSimpleNameNotEndingWith("Demo")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.holdfast.azure..", "dev.holdfast.ibm..", "dev.holdfast.huawei..", "dev.holdfast.alibaba..");

    @ArchTest
    static final ArchRule NOTHING_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}

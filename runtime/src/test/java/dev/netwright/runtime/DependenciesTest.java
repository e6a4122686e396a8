package dev.netwright.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.fasterxml.jackson.core.JsonFactory;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.netwright.testing.LibraryVersions;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.netwright.runtime");

    @Test
    void theRuntimeNeedsTheJdkAndOneJsonReader() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.fasterxml.jackson.core..", "dev.netwright.runtime..")
                .check(MAIN);
    }

    @Test
    void theJsonReaderIsOfTheVersionThatIsToBeTested() {
        LibraryVersions.check(JsonFactory.class);
    }

    @Test
    void theVectorApiIsLeftToGeneratedCode() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .because("the runtime must load in a JVM without the incubator module")
                .check(MAIN);
    }
}

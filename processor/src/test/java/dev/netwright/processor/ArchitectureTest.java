package dev.netwright.processor;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.netwright.processor.diagnostic.ProblemPrinter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The one way through the processor: no package knows a later one, and the compiler's elements end where they were
 * read.
 */
class ArchitectureTest {
    private static final String ROOT = "dev.netwright.processor";

    /** The packages that each package may use, with the packages inside it. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            "diagnostic", List.of(),
            "graph", List.of("diagnostic"),
            "declared", List.of("diagnostic", "graph"),
            "pass", List.of("graph"),
            "plan", List.of("graph", "pass"),
            "emit", List.of("graph", "plan"),
            "report", List.of("graph", "plan"));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static Stream<String> packages() {
        return MAIN.getPackage(ROOT).getSubpackages().stream()
                .map(JavaPackage::getRelativeName)
                .sorted();
    }

    private static String inside(String name) {
        return ROOT + "." + name + "..";
    }

    @Test
    void everyPackageHasItsArrows() {
        assertThat(packages()).isNotEmpty().isSubsetOf(ARROWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyThosePackagesThatItsArrowsLeadTo(String name) {
        String[] allowed = Stream.concat(Stream.of(name), ARROWS.get(name).stream())
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(inside(name))
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage(ROOT + "..")).or(resideInAnyPackage(allowed)))
                .check(MAIN);
    }

    @Test
    void thePackagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void theCompilersElementsEndWhereTheyWereRead() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, inside("declared"), inside("diagnostic"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("javax.lang.model..", "javax.annotation.processing..")
                        .and(not(type(Modifier.class))))
                .because("records and an opaque origin go further; JavaPoet alone asks for Modifier")
                .check(MAIN);
    }

    @Test
    void onePrinterTalksToTheCompilersUser() {
        noClasses()
                .that(not(type(ProblemPrinter.class)))
                .should()
                .accessTargetWhere(JavaAccess.Predicates.targetOwner(assignableTo(Messager.class)))
                .check(MAIN);
    }

    @Test
    void whatUsersCompileAgainstIsKnownByNameOnly() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.netwright.annotations..", "dev.netwright.runtime.."))
                .check(MAIN);
    }
}

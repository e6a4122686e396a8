package dev.netwright.processor;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.netwright.testing.Rooms.ROOT;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.netwright.processor.diagnostic.ProblemPrinter;
import dev.netwright.runtime.files.WeightsHeader;
import dev.netwright.testing.Rooms;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/**
 * The one way through the processor: no package knows a later one, and the compiler's elements end where they were
 * read.
 */
class ArchitectureTest {
    private static final String PROCESSOR = "dev.netwright.processor";

    private static final Rooms ROOMS = Rooms.of(PROCESSOR)
            .room("diagnostic")
            .room("graph", "diagnostic")
            .room("declared", "diagnostic", "graph")
            .room("build", "diagnostic", "graph", "declared")
            .room("lint", "diagnostic", "graph", "declared")
            .room("pass", "graph")
            .room("plan", "graph", "pass")
            .room("emit", "graph", "plan")
            .room("report", "graph", "pass", "plan", "emit")
            .room("weights", "diagnostic", "graph", "declared")
            .room("budget", "diagnostic", "graph", "declared", "plan", "report")
            .room(
                    ROOT,
                    "diagnostic",
                    "graph",
                    "declared",
                    "build",
                    "lint",
                    "pass",
                    "plan",
                    "emit",
                    "report",
                    "weights",
                    "budget");

    private static final JavaClasses MAIN = ROOMS.classesOfTheModule();

    private static String inside(String name) {
        return PROCESSOR + "." + name + "..";
    }

    @Test
    void noRoomUsesWhatItsArrowsDoNotLeadTo() {
        ROOMS.check();
    }

    @Test
    void theCompilersElementsEndWhereTheyWereRead() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PROCESSOR, inside("declared"), inside("diagnostic"))
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
                .dependOnClassesThat(resideInAnyPackage("dev.netwright.annotations..", "dev.netwright.runtime..")
                        .and(not(type(WeightsHeader.class).or(type(WeightsHeader.Entry.class)))))
                .because("of the runtime nothing but the reader of files' headers runs within the compiler")
                .check(MAIN);
    }
}

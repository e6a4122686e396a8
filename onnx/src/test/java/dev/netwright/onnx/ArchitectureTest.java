package dev.netwright.onnx;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.netwright.testing.Rooms.ROOT;

import dev.netwright.testing.Rooms;
import org.junit.jupiter.api.Test;

/** The exporter needs what a model says of itself, and nothing of how it computes. */
class ArchitectureTest {
    private static final Rooms ONNX =
            Rooms.of("dev.netwright.onnx").room("proto").room(ROOT, "proto");

    @Test
    void noRoomUsesWhatItsArrowsDoNotLeadTo() {
        ONNX.check();
    }

    @Test
    void nothingOfGeneratedCodeIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.netwright.runtime.generated..", "dev.netwright.runtime.optim.."))
                .check(ONNX.classesOfTheModule());
    }
}

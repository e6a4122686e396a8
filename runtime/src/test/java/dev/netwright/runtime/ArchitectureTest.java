package dev.netwright.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.netwright.testing.Rooms.ROOT;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.netwright.testing.Rooms;
import org.junit.jupiter.api.Test;

/**
 * The runtime's rooms. Tensors, parameters and what else all of it speaks of lie at the ground, in the package that
 * users know; {@link Model}, which lies there too, stands above optimisers and files, and generated code above all.
 */
class ArchitectureTest {
    private static final Rooms RUNTIME = Rooms.of("dev.netwright.runtime")
            .room("check")
            .room("custom", "check")
            .room("execution")
            .room("init")
            .room(ROOT, "check", "execution", "init")
            .room("files.io", ROOT)
            .room("files.torch", ROOT, "files.io")
            .room("files", ROOT, "check", "files.io", "files.torch")
            .room("optim", ROOT, "check", "files.torch")
            .room("optim.schedule", ROOT, "optim")
            .room(Model.class, ROOT, "files", "optim")
            .room("files.checkpoint", ROOT, "Model", "files", "optim")
            .room("generated", ROOT, "Model", "check", "execution", "files", "optim");

    @Test
    void noRoomUsesWhatItsArrowsDoNotLeadTo() {
        RUNTIME.check();
    }

    /**
     * What javac infers for two kinds at once, as for {@code decay ? adamW : adam}, is what both extend: code that uses
     * it from outside does not compile unless that is public.
     */
    @Test
    void whatIsPublicExtendsOnlyWhatIsPublic() {
        DescribedPredicate<JavaClass> hidden = resideInAnyPackage("dev.netwright.runtime..")
                .and(not(modifier(JavaModifier.PUBLIC)))
                .as("what is not public");
        noClasses().that().arePublic().should().beAssignableTo(hidden).check(RUNTIME.classesOfTheModule());
    }

    @Test
    void onlyFilesAreReadThroughTheParserOfJson() {
        noClasses()
                .that(not(resideInAnyPackage("dev.netwright.runtime.files")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.fasterxml.."))
                .check(RUNTIME.classesOfTheModule());
    }
}

package dev.netwright.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The runtime's rooms. Tensors, parameters and what else all of it speaks of lie at the ground, in the package that
 * users know; {@link Model}, which lies there too, stands above optimisers and files, and generated code above all.
 */
class ArchitectureTest {
    private static final String ROOT = "dev.netwright.runtime";
    private static final String GROUND = "";
    private static final String MODEL = "Model";

    /** What each room may use, beside itself. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("check", List.of()),
            Map.entry("execution", List.of()),
            Map.entry("init", List.of()),
            Map.entry(GROUND, List.of("check", "execution", "init")),
            Map.entry("files.io", List.of(GROUND)),
            Map.entry("files.torch", List.of(GROUND, "files.io")),
            Map.entry("files", List.of(GROUND, "check", "files.io", "files.torch")),
            Map.entry("optim", List.of(GROUND, "check", "files.torch")),
            Map.entry("optim.schedule", List.of(GROUND, "optim")),
            Map.entry(MODEL, List.of(GROUND, "files", "optim")),
            Map.entry("files.checkpoint", List.of(GROUND, MODEL, "files", "optim")),
            Map.entry("generated", List.of(GROUND, MODEL, "check", "execution", "optim")));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static Stream<String> rooms() {
        return ARROWS.keySet().stream().sorted();
    }

    private static DescribedPredicate<JavaClass> in(String room) {
        DescribedPredicate<JavaClass> model = type(Model.class);
        return switch (room) {
            case GROUND -> resideInAnyPackage(ROOT).and(not(model));
            case MODEL -> model;
            default -> resideInAnyPackage(ROOT + "." + room);
        };
    }

    @Test
    void everyPackageHasItsArrows() {
        Stream<String> packages = MAIN.getPackage(ROOT).getSubpackagesInTree().stream()
                .filter(room -> !room.getClasses().isEmpty())
                .map(JavaPackage::getName)
                .map(name -> name.substring(ROOT.length() + 1));
        assertThat(packages)
                .isNotEmpty()
                .isSubsetOf(ARROWS.keySet())
                .hasSize(ARROWS.size() - List.of(GROUND, MODEL).size());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesOnlyThoseThatItsArrowsLeadTo(String room) {
        DescribedPredicate<JavaClass> allowed =
                not(resideInAnyPackage(ROOT + "..")).or(in(room));
        for (String other : ARROWS.get(room)) {
            allowed = allowed.or(in(other));
        }
        classes().that(in(room)).should().onlyDependOnClassesThat(allowed).check(MAIN);
    }

    @Test
    void theRoomsHaveNoCycles() {
        SliceAssignment byRoom = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return rooms().filter(room -> in(room).test(javaClass))
                        .findFirst()
                        .map(SliceIdentifier::of)
                        .orElseGet(SliceIdentifier::ignore);
            }

            @Override
            public String getDescription() {
                return "rooms";
            }
        };
        slices().assignedFrom(byRoom).should().beFreeOfCycles().check(MAIN);
    }

    /**
     * What javac infers for two kinds at once, as for {@code decay ? adamW : adam}, is what both extend: code that uses
     * it from outside does not compile unless that is public.
     */
    @Test
    void whatIsPublicExtendsOnlyWhatIsPublic() {
        DescribedPredicate<JavaClass> hidden = resideInAnyPackage(ROOT + "..")
                .and(not(modifier(JavaModifier.PUBLIC)))
                .as("what is not public");
        noClasses().that().arePublic().should().beAssignableTo(hidden).check(MAIN);
    }

    @Test
    void onlyFilesAreReadThroughTheParserOfJson() {
        noClasses()
                .that(not(resideInAnyPackage(ROOT + ".files")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.fasterxml.."))
                .check(MAIN);
    }
}

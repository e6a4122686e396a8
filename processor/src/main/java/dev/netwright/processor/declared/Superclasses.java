package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/** What a network extends: none of it can hold layers. */
final class Superclasses {
    private final ProblemReport report;
    private final MissingTypes missing;

    Superclasses(ProblemReport report, MissingTypes missing) {
        this.report = report;
        this.missing = missing;
    }

    /** The nearest first, as far as they exist. */
    static List<TypeElement> of(TypeElement type) {
        return Stream.iterate(parent(type), Optional::isPresent, parent -> parent.flatMap(Superclasses::parent))
                .map(Optional::get)
                .toList();
    }

    private static Optional<TypeElement> parent(TypeElement type) {
        return type.getSuperclass() instanceof DeclaredType superclass && superclass.getKind() == TypeKind.DECLARED
                ? Optional.of((TypeElement) superclass.asElement())
                : Optional.empty();
    }

    /**
     * Reports what is wrong with them.
     *
     * @param origin of what makes it a network
     * @return whether the layers of the class itself are all that it is meant to have
     */
    boolean check(TypeElement type, Origin origin) {
        boolean complete = true;
        for (TypeElement each = type; each != null; each = parent(each).orElse(null)) {
            if (each.getSuperclass().getKind() == TypeKind.ERROR) {
                missing.report(Origin.of(each), each.getSuperclass());
                complete = false;
            }
        }
        LayerReader reader = new LayerReader(report, missing);
        for (TypeElement parent : of(type)) {
            if (AnnotationReader.network(parent).isPresent()) {
                report.add(Problem.INHERITANCE, origin, type.getSimpleName(), parent.getSimpleName());
                return false;
            }
            List<String> layers = reader.layersOf(parent);
            if (!layers.isEmpty()) {
                complete = false;
                report.add(
                        Problem.SUPERCLASS_LAYERS,
                        origin,
                        type.getSimpleName(),
                        parent.getSimpleName(),
                        SimilarNames.list(layers));
            }
        }
        return complete;
    }
}

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

/** What a network extends. Layers are inherited of networks alone. */
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

    /** The nearest that is a network. */
    static Optional<TypeElement> network(TypeElement type) {
        return of(type).stream()
                .filter(parent -> AnnotationReader.network(parent).isPresent())
                .findFirst();
    }

    /**
     * Reports what is wrong with those below the nearest network.
     *
     * @param origin of what makes it a network
     * @return whether all that the class inherits is known
     */
    boolean check(TypeElement type, Origin origin) {
        boolean complete = true;
        LayerReader reader = new LayerReader(report, missing, null);
        for (TypeElement each = type; each != null; each = parent(each).orElse(null)) {
            if (each != type && AnnotationReader.network(each).isPresent()) {
                break;
            }
            if (each.getSuperclass().getKind() == TypeKind.ERROR) {
                missing.report(Origin.of(each), each.getSuperclass());
                complete = false;
            }
            List<String> layers = each == type ? List.of() : reader.layersOf(each);
            if (!layers.isEmpty()) {
                complete = false;
                report.add(
                        Problem.SUPERCLASS_LAYERS,
                        origin,
                        type.getSimpleName(),
                        each.getSimpleName(),
                        SimilarNames.list(layers));
            }
        }
        return complete;
    }
}

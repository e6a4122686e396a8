package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

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
        List<TypeElement> superclasses = new ArrayList<>();
        TypeMirror superclass = type.getSuperclass();
        while (superclass.getKind() == TypeKind.DECLARED) {
            TypeElement parent = (TypeElement) ((DeclaredType) superclass).asElement();
            superclasses.add(parent);
            superclass = parent.getSuperclass();
        }
        return superclasses;
    }

    /** @param origin of what makes it a network */
    void check(TypeElement type, Origin origin) {
        List<TypeElement> parents = of(type);
        Stream.concat(Stream.of(type), parents.stream())
                .filter(each -> each.getSuperclass().getKind() == TypeKind.ERROR)
                .forEach(each -> missing.report(Origin.of(each), each.getSuperclass()));
        LayerReader reader = new LayerReader(report, missing);
        for (TypeElement parent : parents) {
            if (AnnotationReader.network(parent).isPresent()) {
                report.add(Problem.INHERITANCE, origin, type.getSimpleName(), parent.getSimpleName());
                return;
            }
            List<String> layers = reader.layersOf(parent);
            if (!layers.isEmpty()) {
                report.add(
                        Problem.SUPERCLASS_LAYERS,
                        origin,
                        type.getSimpleName(),
                        parent.getSimpleName(),
                        SimilarNames.list(layers));
            }
        }
    }
}

package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Finds classes with annotations of ours of which nothing would come, as they are no networks. */
public final class OutsideNetworks {
    private final Elements elements;
    private final UnresolvedAnnotations unresolved;

    public OutsideNetworks(Elements elements, UnresolvedAnnotations unresolved) {
        this.elements = elements;
        this.unresolved = unresolved;
    }

    /**
     * Reports those of a round. Superclasses of its networks are reported with these.
     *
     * @param annotations those that the processor claims, of which one marks what it has written itself
     */
    public ProblemReport check(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Set<TypeElement> annotated = new LinkedHashSet<>();
        for (TypeElement annotation : annotations) {
            if (!annotation.getQualifiedName().toString().startsWith(AnnotationNames.PACKAGE)) {
                continue;
            }
            Set<? extends Element> on = round.getElementsAnnotatedWith(annotation);
            annotated.addAll(ElementFilter.typesIn(on));
            ElementFilter.fieldsIn(on).forEach(field -> annotated.add((TypeElement) field.getEnclosingElement()));
        }
        Set<TypeElement> known = new LinkedHashSet<>();
        annotated.stream()
                .filter(type -> AnnotationReader.network(type).isPresent())
                .forEach(network -> {
                    known.add(network);
                    known.addAll(Superclasses.of(network));
                });
        annotated.removeAll(known);
        annotated.removeIf(
                type -> AnnotationReader.isBlock(type) || AnnotationReader.isBlock(type.getEnclosingElement()));
        ProblemReport report = new ProblemReport();
        annotated.forEach(type -> report(type, report));
        return report;
    }

    private void report(TypeElement type, ProblemReport report) {
        MissingTypes missing = new MissingTypes(elements, report, unresolved);
        if (missing.reportNetwork(type)) {
            return;
        }
        List<String> layers = new LayerReader(report, missing, null).layersOf(type);
        String what = layers.isEmpty()
                ? "@" + AnnotationReader.ownNames(type).get(0)
                : (layers.size() == 1 ? "the layer " : "the layers ") + SimilarNames.list(layers);
        report.add(Problem.NO_NETWORK, Origin.of(type), type.getSimpleName(), what);
    }
}

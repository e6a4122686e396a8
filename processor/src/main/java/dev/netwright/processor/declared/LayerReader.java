package dev.netwright.processor.declared;

import dev.netwright.processor.declared.AnnotationReader.Found;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Reads the fields that declare layers. A field that is neither of the marker type nor annotated by us is none of
 * ours.
 */
final class LayerReader {
    private static final Attributes NONE = new Attributes(Map.of(), Map.of(), Set.of());

    private final ProblemReport report;
    private final MissingTypes missing;
    private final AnnotationReader reader;
    private final BlockReader blocks;

    LayerReader(ProblemReport report, MissingTypes missing, BlockReader blocks) {
        this.report = report;
        this.missing = missing;
        this.reader = new AnnotationReader(missing);
        this.blocks = blocks;
    }

    /** Names of the fields that declare layers, be it well or not. */
    List<String> layersOf(TypeElement type) {
        return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                .filter(this::declaresLayer)
                .map(field -> field.getSimpleName().toString())
                .toList();
    }

    private boolean declaresLayer(VariableElement field) {
        boolean isLayer = field.asType().getKind() == TypeKind.ERROR
                ? MissingTypes.isNamedLayer(field.asType()) || missing.hidesOurs(field)
                : isLayer(field.asType());
        return isLayer || AnnotationReader.concerns(field);
    }

    Optional<DeclaredLayer> read(VariableElement field) {
        if (!declaresLayer(field)) {
            return Optional.empty();
        }
        List<Found> annotations = reader.read(field);
        List<Found> layers = annotations.stream()
                .filter(found -> !AnnotationNames.ON_FIELDS.contains(found.name()))
                .toList();
        Optional<Found> layer = only(field, annotations, layers);
        Optional<Found> key = named(annotations, AnnotationNames.KEY);
        Optional<Found> insert = named(annotations, AnnotationNames.INSERT_AFTER);
        Attributes attributes = layer.map(LayerReader::attributes).orElse(NONE);
        Optional<DeclaredBlock> block = layer.filter(found -> found.block() != null)
                .flatMap(found -> blocks.read(found.block(), found.origin(), report));
        boolean unusable = layer.filter(found -> found.block() != null).isPresent() && block.isEmpty();
        return Optional.of(new DeclaredLayer(
                field.getSimpleName().toString(),
                text(key),
                unusable ? null : layer.map(Found::name).orElse(null),
                block.orElse(null),
                attributes,
                attributes.isWritten("from") ? attributes.texts("from") : null,
                named(annotations, AnnotationNames.REPEAT)
                        .filter(Found::complete)
                        .map(found -> new DeclaredRepeat(found.attributes(), found.origin()))
                        .orElse(null),
                text(insert),
                named(annotations, AnnotationNames.KEEP_OUTPUT).isPresent(),
                named(annotations, AnnotationNames.OUTPUT).isPresent(),
                DeclaredInit.in(annotations),
                AnnotationReader.suppressed(field),
                layer.map(Found::origin).orElse(Origin.of(field)),
                key.map(found -> found.origin().attribute("value")).orElse(Origin.of(field)),
                insert.map(found -> found.origin().attribute("value")).orElse(Origin.of(field))));
    }

    private static Attributes attributes(Found layer) {
        return layer.name().equals(AnnotationNames.CUSTOM)
                ? OperatorReader.attributes(layer, "value")
                : layer.attributes();
    }

    private static String text(Optional<Found> annotation) {
        return annotation
                .filter(Found::complete)
                .map(found -> found.attributes().text("value"))
                .orElse(null);
    }

    private Optional<Found> only(VariableElement field, List<Found> all, List<Found> layers) {
        if (field.asType().getKind() == TypeKind.ERROR) {
            missing.report(Origin.of(field), field.asType());
        } else if (!isLayer(field.asType())) {
            report.add(
                    Problem.NOT_A_LAYER,
                    Origin.of(field),
                    field.getSimpleName(),
                    all.get(0).name(),
                    field.asType(),
                    MissingTypes.isNamedLayer(field.asType())
                            ? "Import " + AnnotationNames.LAYER + " in its place."
                            : "Declare it as Layer " + field.getSimpleName() + ";");
        } else if (layers.size() > 1) {
            report.add(
                    Problem.TWO_ANNOTATIONS,
                    layers.get(1).origin(),
                    field.getSimpleName(),
                    layers.get(0).name(),
                    layers.get(1).name());
        } else if (layers.isEmpty() && !missing.hides(field)) {
            report.add(Problem.NO_ANNOTATION, Origin.of(field), field.getSimpleName());
        }
        return layers.size() == 1 ? Optional.of(layers.get(0)) : Optional.empty();
    }

    private static boolean isLayer(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                && ((TypeElement) ((DeclaredType) type).asElement())
                        .getQualifiedName()
                        .contentEquals(AnnotationNames.LAYER);
    }

    private static Optional<Found> named(List<Found> annotations, String name) {
        return annotations.stream().filter(found -> found.name().equals(name)).findFirst();
    }
}

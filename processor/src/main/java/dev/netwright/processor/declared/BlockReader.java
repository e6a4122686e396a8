package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the bodies of blocks, each once. */
final class BlockReader {
    private final Elements elements;
    private final FieldOrder order;
    private final UnresolvedAnnotations unresolved;
    private final Map<TypeElement, Optional<DeclaredBlock>> known = new HashMap<>();
    private final Deque<TypeElement> open = new ArrayDeque<>();

    BlockReader(Elements elements, FieldOrder order, UnresolvedAnnotations unresolved) {
        this.elements = elements;
        this.order = order;
        this.unresolved = unresolved;
    }

    /**
     * Reads a block for those that use it. Mistakes in one that is compiled along with them are told where it is declared.
     *
     * @param use where it is used
     * @return nothing where it is no block that could be used, which has been reported
     */
    Optional<DeclaredBlock> read(TypeElement block, Origin use, ProblemReport report) {
        if (open.contains(block)) {
            List<String> way = new ArrayList<>();
            open.descendingIterator()
                    .forEachRemaining(each -> way.add(each.getSimpleName().toString()));
            report.add(
                    Problem.BLOCK_CYCLE,
                    use,
                    block.getSimpleName(),
                    String.join(" uses ", way) + " uses " + block.getSimpleName());
            return Optional.empty();
        }
        Optional<DeclaredBlock> before = known.get(block);
        if (before == null) {
            open.push(block);
            ProblemReport ofBlock = new ProblemReport();
            Optional<DeclaredBlock> read = declared(block, ofBlock);
            open.pop();
            before = ofBlock.isClean() ? read : Optional.empty();
            known.put(block, before);
            relay(block, ofBlock, use, report);
        }
        return before;
    }

    private void relay(TypeElement block, ProblemReport ofBlock, Origin use, ProblemReport report) {
        for (ProblemReport.Entry entry : ofBlock.entries()) {
            boolean concernsUse = entry.problem() == Problem.MISSING_TYPE || entry.problem() == Problem.BLOCK_CYCLE;
            if (concernsUse || !order.isSource(block)) {
                report.relay(entry, use);
            }
        }
    }

    /** Reads a block for itself. */
    Optional<DeclaredBlock> declared(TypeElement block, ProblemReport report) {
        if (open.isEmpty()) {
            open.push(block);
        }
        return body(block, report).map(body -> read(block, body, report));
    }

    private static Optional<TypeElement> body(TypeElement block, ProblemReport report) {
        List<TypeElement> bodies = ElementFilter.typesIn(block.getEnclosedElements());
        if (bodies.size() != 1) {
            report.add(
                    Problem.BLOCK_BODY,
                    Origin.of(block),
                    block.getSimpleName(),
                    bodies.isEmpty() ? "no nested class" : bodies.size() + " nested classes");
        }
        return bodies.size() == 1 ? Optional.of(bodies.get(0)) : Optional.empty();
    }

    private DeclaredBlock read(TypeElement block, TypeElement body, ProblemReport report) {
        MissingTypes missing = new MissingTypes(elements, report, unresolved);
        List<DeclaredLayer> layers = new ArrayList<>();
        LayerReader reader = new LayerReader(report, missing, this);
        order.of(body, block, Origin.of(block), report)
                .forEach(field -> reader.read(field).ifPresent(layers::add));
        if (layers.isEmpty()) {
            report.add(Problem.NO_LAYERS, Origin.of(body), block.getSimpleName());
        }
        List<String> inputs = new AnnotationReader(missing)
                .read(body).stream()
                        .filter(found -> found.name().equals(AnnotationNames.INPUT))
                        .map(found -> found.attributes().text("name"))
                        .toList();
        Map<Object, String> placeholders = placeholders(block, report);
        String packageName = elements.getPackageOf(block).getQualifiedName().toString();
        return new DeclaredBlock(
                block.getSimpleName().toString(),
                block.getQualifiedName().toString(),
                placeholders,
                inputs.isEmpty() ? List.of(DeclaredInput.IMPLICIT) : inputs,
                layers,
                Companion.of(block, packageName, layers, inputs + " " + new TreeMap<>(inverted(placeholders))),
                order.isSource(block),
                AnnotationReader.suppressed(block),
                Origin.of(block));
    }

    private static Map<String, String> inverted(Map<Object, String> placeholders) {
        return placeholders.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, each -> String.valueOf(each.getKey())));
    }

    /** By their values; each constant belongs to the attribute of its name. */
    private static Map<Object, String> placeholders(TypeElement block, ProblemReport report) {
        Map<String, ExecutableElement> attributes = new LinkedHashMap<>();
        for (ExecutableElement attribute : ElementFilter.methodsIn(block.getEnclosedElements())) {
            attributes.put(capitals(attribute.getSimpleName().toString()), attribute);
        }
        Map<Object, String> placeholders = new LinkedHashMap<>();
        for (VariableElement constant : ElementFilter.fieldsIn(block.getEnclosedElements())) {
            Object value = constant.getConstantValue();
            if (value instanceof Integer || value instanceof Double) {
                placeholder(block, constant, value, attributes, placeholders, report);
            }
        }
        return placeholders;
    }

    private static void placeholder(
            TypeElement block,
            VariableElement constant,
            Object value,
            Map<String, ExecutableElement> attributes,
            Map<Object, String> placeholders,
            ProblemReport report) {
        String name = constant.getSimpleName().toString();
        ExecutableElement attribute = attributes.get(name);
        boolean integer = value instanceof Integer;
        TypeKind wanted = integer ? TypeKind.INT : TypeKind.DOUBLE;
        if (!isPlaceholder((Number) value)) {
            return; // a constant of the user's own
        }
        if (attribute == null || attribute.getReturnType().getKind() != wanted) {
            report.add(
                    Problem.PLACEHOLDER_NAME,
                    Origin.of(constant),
                    name,
                    block.getSimpleName(),
                    (integer ? "int " : "double ") + camelCase(name) + "()");
            return;
        }
        String other = placeholders.putIfAbsent(value, attribute.getSimpleName().toString());
        if (other != null) {
            report.add(Problem.PLACEHOLDER_TWICE, Origin.of(constant), name, capitals(other));
        }
    }

    /** Values that nobody writes otherwise. */
    private static boolean isPlaceholder(Number value) {
        return value instanceof Integer ? value.intValue() < -100_000_000 : value.doubleValue() < -1e35;
    }

    private static String capitals(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT);
    }

    private static String camelCase(String capitals) {
        StringBuilder text = new StringBuilder();
        for (String part : capitals.toLowerCase(java.util.Locale.ROOT).split("_")) {
            text.append(text.length() == 0 || part.isEmpty() ? part : capital(part));
        }
        return text.toString();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}

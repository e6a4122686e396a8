package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gives each distinct kernel a method's name; equal kernels share one. */
final class KernelNames {
    /** What emitters add to a kernel's name for the methods that it is made of. */
    private static final List<String> PARTS =
            List.of("Tile", "Window", "Once", "Store", "Loop", "Rest", "Lanes", "Pass", "Line", "Columns");

    /** What the kernels do that others are made of. */
    private static final Map<String, String> PART_WORDS = Map.of(
            "Transformed", "tiles to points",
            "Products", "products with the weight",
            "Output", "points to results",
            "Spread", "what each group reads to its lanes",
            "Sums", "the sums");

    private final Map<Kernel, NamedKernel> kernels = new LinkedHashMap<>();
    /** Names of the steps, or their parts, that a kernel is called for. */
    private final Map<Kernel, Set<String>> callers = new HashMap<>();

    private final ValueNames values;
    private final Set<String> taken = new HashSet<>();

    /** Names that kernels cannot have, because methods are already named as their parts would be. */
    private final Set<String> wholes = new HashSet<>();

    KernelNames(Plan plan) {
        values = new ValueNames(plan.parameters());
        add(plan.inference(), "Inference");
        plan.training().ifPresent(training -> add(training, "Training"));
    }

    private void add(Plan.Program program, String tag) {
        Stream.of(program.prepare(), program.steps(), program.outputs())
                .flatMap(List::stream)
                .filter(step -> KernelKinds.isMethod(step.kernel()))
                .forEach(step -> add(step, tag));
    }

    private void add(Step step, String tag) {
        for (Kernel.Called part : step.kernel().calls()) {
            add(step, part.name(), part.kernel(), tag);
        }
        add(step, "", step.kernel(), tag);
    }

    private void add(Step step, String part, Kernel kernel, String tag) {
        callers.computeIfAbsent(kernel, any -> new LinkedHashSet<>()).add(step.name() + part);
        if (kernels.containsKey(kernel)) {
            return;
        }
        String whole = step.comment();
        int words = whole.indexOf(": ");
        String comment = part.isEmpty()
                ? whole
                : whole.substring(0, words < 0 ? whole.length() : words) + ": of its parts, "
                        + PART_WORDS.getOrDefault(part, part);
        kernels.put(
                kernel,
                new NamedKernel(
                        free(SourceText.identifier(step.name() + part), tag),
                        comment,
                        part.isEmpty() ? operands(step) : List.of(),
                        kernel));
    }

    /** What is told of the operands, but the worker's memory. */
    private List<String> operands(Step step) {
        List<String> names = Operands.names(step.kernel());
        return IntStream.range(0, step.operands().size())
                .filter(i -> step.operands().get(i).array() != Place.Array.LOCAL)
                .mapToObj(i -> names.get(i) + " is " + values.of(step, i))
                .toList();
    }

    private String free(String wanted, String tag) {
        String name = wanted;
        if (isTaken(name)) {
            name = wanted + tag;
            for (int i = 2; isTaken(name); i++) {
                // in front of it, as it may begin like a part of another kernel
                name = tag + i + "_" + wanted;
            }
        }
        taken.add(name);
        wholes.addAll(wholes(name));
        return name;
    }

    private boolean isTaken(String name) {
        return taken.contains(name)
                || wholes.contains(name)
                || wholes(name).stream().anyMatch(taken::contains);
    }

    /** Kernels that a method of this name could be a part of. */
    private static List<String> wholes(String name) {
        List<String> wholes = new ArrayList<>();
        for (String part : PARTS) {
            for (int at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + part.length())) {
                int end = at + part.length();
                if (end == name.length() || !Character.isLowerCase(name.charAt(end))) {
                    wholes.add(name.substring(0, at));
                }
            }
        }
        return wholes;
    }

    String name(Kernel kernel) {
        return kernels.get(kernel).name();
    }

    /** What steps call a kernel, besides the one that it is named after. */
    List<String> others(Kernel kernel) {
        return callers.get(kernel).stream().skip(1).toList();
    }

    Collection<NamedKernel> all() {
        return kernels.values();
    }

    /** The kernels of one kind, with their names. */
    <K extends Kernel> Map<K, String> all(Class<K> kind) {
        Map<K, String> all = new LinkedHashMap<>();
        kernels.forEach((kernel, named) -> {
            if (kind.isInstance(kernel)) {
                all.put(kind.cast(kernel), named.name());
            }
        });
        return all;
    }
}

package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Gives each distinct kernel a method's name; equal kernels share one. */
final class KernelNames {
    /** What emitters add to a kernel's name for the methods that it is made of. */
    private static final List<String> PARTS =
            List.of("Tile", "Window", "Once", "Store", "Loop", "Rest", "Lanes", "Pass", "Line", "Columns");

    private final Map<Kernel, NamedKernel> kernels = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Names that kernels cannot have, because methods are already named as their parts would be. */
    private final Set<String> wholes = new HashSet<>();

    KernelNames(Plan plan) {
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
        kernels.computeIfAbsent(
                kernel, k -> new NamedKernel(free(SourceText.identifier(step.name() + part), tag), step.comment(), k));
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
                wholes.add(name.substring(0, at));
            }
        }
        return wholes;
    }

    String name(Kernel kernel) {
        return kernels.get(kernel).name();
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

package dev.netwright.processor.emit;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.Taps;
import dev.netwright.processor.graph.Taps.Tap;
import dev.netwright.processor.plan.Resampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * The taps of resampled images, as constants that all kinds of kernels read: as many for each output as the one with most
 * has or a few more, so that loops over them have literal counts; those that it lacks weigh nothing.
 */
final class TapTables {
    /**
     * Fields of one table.
     *
     * @param inputs which input each tap reads
     * @param weights what it is multiplied with; null where all outputs are copies
     * @param count taps of each output
     * @param group how many of them are written out side by side, a divisor of their count
     */
    record Table(String inputs, String weights, int count, int group) {}

    /** Taps that are written out, each with what it reads and its weight in a variable. */
    private static final int MOST_WRITTEN = 8;

    private final Map<Taps, Table> tables = new LinkedHashMap<>();
    private final NameAllocator fields = new NameAllocator();

    TapTables(KernelNames kernels) {
        kernels.all(Resampling.class).forEach((kernel, kernelName) -> {
            boolean square = kernel.rows().equals(kernel.columns());
            String name = SourceText.constant(kernelName);
            add(square ? name : name + "_ROW", kernel.rows());
            add(square ? name : name + "_COLUMN", kernel.columns());
        });
    }

    private void add(String name, Taps taps) {
        tables.computeIfAbsent(taps, any -> {
            String weights = taps.copies() ? null : fields.newName(name + "_WEIGHTS");
            int groups = (taps.most() + MOST_WRITTEN - 1) / MOST_WRITTEN;
            int group = groups == 0 ? 0 : (taps.most() + groups - 1) / groups;
            return new Table(fields.newName(name + "_INPUTS"), weights, groups * group, group);
        });
    }

    Table of(Taps taps) {
        return tables.get(taps);
    }

    /** Adds the fields to an interface. */
    void addTo(TypeSpec.Builder type) {
        Tables arrays = new Tables(type);
        tables.forEach((taps, table) -> {
            List<Integer> inputs = new ArrayList<>();
            List<Float> weights = new ArrayList<>();
            for (List<Tap> some : taps.outputs()) {
                for (int i = 0; i < table.count(); i++) {
                    // beside a real one, so that what is multiplied by nothing is as near as can be
                    int known = Math.min(i, some.size() - 1);
                    inputs.add(known < 0 ? 0 : some.get(known).input());
                    weights.add(i < some.size() ? some.get(i).weight() : 0f);
                }
            }
            Modifier[] modifiers = {Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL};
            type.addField(FieldSpec.builder(int[].class, table.inputs(), modifiers)
                    .addJavadoc("Of $L outputs, the inputs of $L taps each.\n", taps.size(), table.count())
                    .initializer(arrays.ints(method(table.inputs()), inputs).block())
                    .build());
            if (table.weights() != null) {
                type.addField(FieldSpec.builder(float[].class, table.weights(), modifiers)
                        .addJavadoc("What these are multiplied with.\n")
                        .initializer(
                                arrays.floats(method(table.weights()), weights).block())
                        .build());
            }
        });
    }

    /** Of the method that makes an array too long for an initialiser; kernels have no such name. */
    private static String method(String field) {
        return "_" + field;
    }
}

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
 * has, so that loops over them have literal counts; those that it lacks weigh nothing.
 */
final class TapTables {
    /**
     * Fields of one table.
     *
     * @param inputs which input each tap reads
     * @param weights what it is multiplied with; null where all outputs are copies
     */
    record Table(String inputs, String weights) {}

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
            return new Table(fields.newName(name + "_INPUTS"), weights);
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
                for (int i = 0; i < taps.most(); i++) {
                    // beside a real one, so that what is multiplied by nothing is as near as can be
                    int known = Math.min(i, some.size() - 1);
                    inputs.add(known < 0 ? 0 : some.get(known).input());
                    weights.add(i < some.size() ? some.get(i).weight() : 0f);
                }
            }
            Modifier[] modifiers = {Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL};
            type.addField(FieldSpec.builder(int[].class, table.inputs(), modifiers)
                    .addJavadoc("Of $L outputs, the inputs of $L taps each.\n", taps.size(), taps.most())
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

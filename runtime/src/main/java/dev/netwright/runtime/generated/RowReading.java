package dev.netwright.runtime.generated;

import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.RowGradient;
import dev.netwright.runtime.RowReads;
import java.util.Arrays;
import java.util.List;

/** Layers that read rows by indices: what is checked before a pass, and noted of the gradients behind it. */
final class RowReading {
    private final RowReads[] reads;
    private final Port[] ports;
    /** Of what each reads; null where it is not trained. */
    private final RowGradient[] gradients;
    /** Each once, in storage order. */
    private final List<RowGradient> all;

    private RowReading(RowReads[] reads, Port[] ports, RowGradient[] gradients, List<RowGradient> all) {
        this.reads = reads;
        this.ports = ports;
        this.gradients = gradients;
        this.all = all;
    }

    static RowReading of(ModelDefinition definition, Parameters parameters) {
        List<RowReads> reads = definition.rowReads();
        List<RowGradient> all = parameters.rowGradients();
        RowGradient[] gradients = new RowGradient[reads.size()];
        Arrays.setAll(
                gradients,
                i -> all.stream()
                        .filter(rows -> rows.spec().key().equals(reads.get(i).key()))
                        .findFirst()
                        .orElse(null));
        return new RowReading(
                reads.toArray(new RowReads[0]),
                reads.stream()
                        .map(each -> definition.inputs().get(each.input()))
                        .toArray(Port[]::new),
                gradients,
                all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Refuses indices of no row. */
    void check(Program program, int n) {
        for (int i = 0; i < reads.length; i++) {
            reads[i].check(ports[i], program.intInputs[reads[i].input()], n);
        }
    }

    /** Counts how often the whole batch names each row, where gradients are divided by that. */
    void count(Program program, int n) {
        for (int i = 0; i < reads.length; i++) {
            if (reads[i].scaled()) {
                int input = reads[i].input();
                float[] counts = program.indexCounts[input];
                if (counts == null || counts.length < reads[i].rows()) {
                    counts = new float[reads[i].rows()];
                    program.indexCounts[input] = counts;
                }
                reads[i].count(ports[i], program.intInputs[input], n, counts);
            }
        }
    }

    /** A worker's share of setting all gradients to zero. */
    void clear(Parameters parameters, Worker self, int worker, int count) {
        parameters.clearGradients(worker, count);
        if (!all.isEmpty()) {
            self.barrier();
            if (worker == 0) {
                parameters.restartRowGradients();
            }
        }
    }

    /** Notes the rows that the present part of a batch adds to. */
    void touch(Program program) {
        for (int i = 0; i < reads.length; i++) {
            if (gradients[i] != null) {
                int[] indices = program.intInputs[reads[i].input()];
                int each = ports[i].elements();
                int from = program.inputOffset * each;
                gradients[i].touch(indices, from, from + program.samples * each, reads[i].padding());
            }
        }
    }

    /** Says that a pass has added to rows that nobody noted. */
    void spoil() {
        all.forEach(RowGradient::spoil);
    }
}

package dev.netwright.runtime.generated;

import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Tensor;

/** What the last pass of a model left in memory, for users to look at. */
final class Activations {
    private final ModelDefinition definition;
    private Program program;
    private int samples;
    private int total;
    private boolean differentiated;

    Activations(ModelDefinition definition) {
        this.definition = definition;
    }

    /** A pass begins: what was there is being overwritten. */
    void clear() {
        program = null;
        differentiated = false;
    }

    /**
     * A pass has ended.
     *
     * @param last the program
     * @param n samples in its memory
     * @param all samples that were asked for
     */
    void keep(Program last, int n, int all) {
        program = last;
        samples = n;
        total = all;
    }

    /** Gradients by the inputs are there too. */
    void differentiated() {
        differentiated = true;
    }

    Tensor output(int layer) {
        String field = definition.layers().get(layer).field();
        if (program == null) {
            throw new IllegalStateException(
                    field + ".output() is the activation of the last pass, but no pass has been made.");
        }
        StridedView view = program.keptOutput(layer);
        if (view == null) {
            throw new IllegalStateException(
                    "The output of " + field + " is not kept: fusion may have removed it, or its"
                            + " memory was used again. Mark the field with @KeepOutput.");
        }
        if (samples < total) {
            int samplesAtATime = program.part(total);
            throw new IllegalStateException("The last pass had " + total + " samples and ran in parts of "
                    + samplesAtATime + ", so the output of " + field + " is there for the last part only."
                    + " Mark the field with @KeepOutput, or give it at most " + samplesAtATime
                    + " samples.");
        }
        return read(view, definition.layers().get(layer).outputShape());
    }

    /** A view has the axes of memory, several for a dimension that others were flattened into. */
    private Tensor read(StridedView view, int[] sample) {
        int[] shape = new int[sample.length + 1];
        shape[0] = samples;
        System.arraycopy(sample, 0, shape, 1, sample.length);
        return Tensor.wrap(view.read(program.arena, program.capacity, samples), shape);
    }

    Tensor inputGradient(int input) {
        if (program == null || !differentiated) {
            throw new IllegalStateException("inputGradient() is computed by backward(), which was not called since the"
                    + " last forward pass.");
        }
        StridedView view = program.inputGradient(input);
        if (view == null) {
            throw new IllegalStateException("The gradient by the input "
                    + definition.inputs().get(input).name()
                    + " is not computed. Declare @Network(inputGradient = true).");
        }
        return read(view, definition.inputs().get(input).shape());
    }
}

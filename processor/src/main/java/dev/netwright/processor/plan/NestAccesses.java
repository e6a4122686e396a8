package dev.netwright.processor.plan;

import java.util.List;

/** What a loop nest reads. */
final class NestAccesses {
    private NestAccesses() {}

    /**
     * An argument's floats. Where a loop runs along neighbours of both the argument and the result, padding lanes of the
     * one meet those of the other.
     *
     * @param kept loops along which the result moves
     * @param reduced loops along which it stands still
     */
    static Access read(Operand operand, int stride, Nest kept, Nest reduced, List<Integer> sampleStrides) {
        boolean lanes = kept.loops().stream().anyMatch(loop -> loop.stride(0) == 1 && loop.stride(stride) == 1);
        return Access.read(operand.name())
                .with(lanes ? Access.Padding.LANES : Access.Padding.NONE)
                .samples(sampleStrides.get(stride))
                .nest(kept, stride)
                .nest(reduced, stride);
    }
}

package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredBlock;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.layer.StepReader;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which inputs need no shape, as what reads them knows it. */
final class LengthInputs {
    private LengthInputs() {}

    /** Whether a layer, be it in a block, or a loss takes an input for the number of each sample's steps, which is one. */
    static boolean tells(Inheritance.Whole whole, String input) {
        return limits(whole.layers().stream().map(PlacedLayer::declared), input)
                || whole.losses().stream().anyMatch(loss -> names(loss.attributes(), input));
    }

    private static boolean limits(Stream<DeclaredLayer> layers, String input) {
        return layers.anyMatch(layer -> names(layer.attributes(), input) || within(layer, input));
    }

    private static boolean names(Attributes attributes, String input) {
        return Stream.of(StepReader.LENGTHS, StepReader.MEMORY_LENGTHS)
                .anyMatch(name ->
                        attributes.isWritten(name) && attributes.text(name).equals(input));
    }

    /** In a block it has the name of the block's input that it is given as. */
    private static boolean within(DeclaredLayer layer, String input) {
        DeclaredBlock block = layer.block();
        if (block == null || layer.from() == null) {
            return false;
        }
        return IntStream.range(0, Math.min(layer.from().size(), block.inputs().size()))
                .filter(i -> layer.from().get(i).equals(input))
                .anyMatch(i -> limits(block.layers().stream(), block.inputs().get(i)));
    }
}

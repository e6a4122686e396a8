package dev.netwright.processor.build;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Suspects an input that was declared as rows x columns x channels where a layer does not fit it for that reason. */
final class AxisOrder {
    /** Attributes that say how many channels there are. */
    private static final Set<String> COUNTS =
            Set.of("inChannels", "numFeatures", "numChannels", "numParameters", "mean", "std");

    /** Attributes that channels taken for columns, or rows taken for channels, do not fit. */
    private static final Set<String> OTHERS = Set.of("kernelSize", "groups", "numGroups");

    /** Channels that pictures have: grey, red with green and blue, and transparency. */
    private static final Set<Integer> USUAL = Set.of(1, 3, 4);

    private final Map<Value, LayerNode> producers = new HashMap<>();

    /** @param layers built so far */
    AxisOrder(List<LayerNode> layers) {
        layers.forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
    }

    /** The same mistake, with the order of axes in front of its fix where that is suspected. */
    LayerException suspect(LayerException mistake, Attributes attributes, List<Value> inputs) {
        if (mistake.isOfValue() || mistake.attribute() == null || inputs.size() != 1) {
            return mistake;
        }
        Value source = source(inputs.get(0));
        Shape shape = source.shape();
        if (shape.rank() != 3
                || !isSuspect(
                        mistake.attribute(), attributes, shape, inputs.get(0).shape())) {
            return mistake;
        }
        String fix = mistake.fix();
        return mistake.withFix(source.name() + " is read as channels x rows x columns: if it has " + shape.size(2)
                + (shape.size(2) == 1 ? " channel of " : " channels of ") + shape.size(0) + " x " + shape.size(1)
                + ", write its shape as {" + shape.size(2) + ", " + shape.size(0) + ", " + shape.size(1)
                + "}. Otherwise " + Character.toLowerCase(fix.charAt(0)) + fix.substring(1));
    }

    /** The network's input that a value comes from. */
    private Value source(Value value) {
        Value source = value;
        while (producers.containsKey(source)) {
            source = producers.get(source).inputs().get(0);
        }
        return source;
    }

    private static boolean isSuspect(String attribute, Attributes attributes, Shape source, Shape input) {
        int last = source.size(2);
        if (last >= source.size(0) || last >= source.size(1)) {
            return false;
        }
        return COUNTS.contains(attribute)
                ? input.size(0) == source.size(0)
                        && count(attributes, attribute).equals(Optional.of(last))
                : OTHERS.contains(attribute) && USUAL.contains(last) && !USUAL.contains(source.size(0));
    }

    private static Optional<Integer> count(Attributes attributes, String name) {
        Object written = attributes.written().get(name);
        return written instanceof List<?> several
                ? Optional.of(several.size())
                : Optional.ofNullable(written).filter(Integer.class::isInstance).map(Integer.class::cast);
    }
}

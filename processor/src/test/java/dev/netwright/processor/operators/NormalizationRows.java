package dev.netwright.processor.operators;

import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How normalisations are drawn that are not of a batch. Of few values the variance may be tiny, and errors grow with its inverse root, so
 * there are always several.
 */
final class NormalizationRows {
    private NormalizationRows() {}

    static NetworkSource ofLastDimensions(Dice dice) {
        List<Integer> leading = switch (dice.from(1, 4)) {
            case 1 -> List.of();
            case 2 -> List.of(dice.from(1, 9));
            case 3 -> List.of(dice.from(1, 5), dice.from(1, 4));
            default -> List.of(dice.channels());
        };
        List<Integer> last = dice.once(3) ? List.of(dice.from(2, 6), dice.from(3, 7)) : List.of(values(dice));
        List<Integer> shape = new ArrayList<>(leading);
        shape.addAll(last);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("normalizedShape", last);
        NetworkSource source = OperatorRows.of("LayerNorm", shape, affine(attributes, dice));
        return dice.once(3) ? source.layer("@Tanh Layer behind") : source;
    }

    static NetworkSource byRoots(Dice dice) {
        NetworkSource norm = ofLastDimensions(dice);
        List<Integer> shape = norm.inputs().get(0);
        int last = shape.get(shape.size() - 1);
        List<Integer> normalized = shape.size() > 1 && dice.once(3) ? shape : List.of(last);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("normalizedShape", normalized);
        if (dice.flip()) {
            attributes.put("eps", dice.one(1e-3, 0.1));
        }
        if (dice.once(3)) {
            attributes.put("elementwiseAffine", false);
        }
        return OperatorRows.of("RMSNorm", shape, attributes);
    }

    static NetworkSource ofInstances(int axes, Dice dice) {
        List<Integer> shape = new ArrayList<>(List.of(dice.channels()));
        shape.add(dice.from(4, axes == 1 ? 20 : 6));
        for (int axis = 1; axis < axes; axis++) {
            shape.add(dice.from(1, 5));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.flip()) {
            attributes.put("numFeatures", shape.get(0));
        }
        if (dice.flip()) {
            attributes.put("eps", dice.one(1e-3, 0.1));
        }
        if (dice.flip()) {
            attributes.put("affine", true);
        }
        if (dice.flip()) {
            attributes.put("trackRunningStats", true);
            attributes.put("momentum", dice.one(0.0, 0.25, 1.0));
        }
        return OperatorRows.of("InstanceNorm" + axes + "d", shape, attributes);
    }

    static NetworkSource ofChannels(Dice dice) {
        int channels = values(dice);
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.flip()) {
            attributes.put("normalizedShape", channels);
        }
        List<Integer> shape = List.of(channels, dice.from(1, 5), dice.from(1, 6));
        return OperatorRows.of("LayerNorm2d", shape, affine(attributes, dice));
    }

    static NetworkSource ofNeighbours(Dice dice) {
        List<Integer> shape = new ArrayList<>(List.of(dice.channels(), dice.from(1, 6)));
        if (dice.from(1, 4) > 1) {
            shape.add(dice.from(1, 6));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("size", dice.once(4) ? dice.from(8, 20) : dice.from(1, 7));
        attributes.put("alpha", dice.one(1e-4, 0.0, 0.5, 2.0));
        if (dice.flip()) {
            attributes.put("beta", dice.one(0.75, 0.5, 1.0, 0.25, 1.5));
        }
        if (dice.flip()) {
            attributes.put("k", dice.one(0.5, 1.0, 2.0));
        }
        return OperatorRows.of("LocalResponseNorm", shape, attributes);
    }

    private static int values(Dice dice) {
        return dice.one(5, 7, 8, 15, 16, 17, 31, 32, 48, 64, 97, 160);
    }

    private static Map<String, Object> affine(Map<String, Object> attributes, Dice dice) {
        if (dice.once(3)) {
            attributes.put("eps", dice.one(1e-3, 0.1));
        }
        if (dice.once(4)) {
            attributes.put("elementwiseAffine", false);
        } else if (dice.once(4)) {
            attributes.put("bias", false);
        }
        return attributes;
    }
}

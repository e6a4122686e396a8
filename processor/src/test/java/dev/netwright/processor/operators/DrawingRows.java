package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Layers that draw numbers in training; what they drew is read from their outputs. */
final class DrawingRows {
    private DrawingRows() {}

    static NetworkSource dropout(String annotation, List<Integer> shape, Dice dice) {
        return kept(annotation, shape, dice.once(3) ? Map.of() : Map.of("p", dice.one(0.0, 0.1, 0.75, 1.0)));
    }

    static NetworkSource ofChannels(int axes, Dice dice) {
        List<Integer> shape = new ArrayList<>(List.of(dice.channels()));
        for (int i = 0; i < axes; i++) {
            shape.add(dice.from(1, 11 - 3 * axes + 2));
        }
        return dropout("Dropout" + axes + "d", shape, dice);
    }

    static NetworkSource stochasticDepth(Dice dice) {
        Map<String, ?> attributes = Map.of("p", dice.one(0.0, 0.1, 0.5, 0.75, 1.0), "mode", dice.one("ROW", "BATCH"));
        return kept("StochasticDepth", OperatorRows.anyShape(dice), attributes);
    }

    static NetworkSource slopes(Dice dice) {
        Map<String, ?> attributes =
                dice.once(3) ? Map.of() : Map.of("lower", dice.one(-0.5, 0.0, 0.25), "upper", dice.one(0.25, 1.5));
        return kept("RReLU", OperatorRows.anyShape(dice), attributes);
    }

    private static NetworkSource kept(String annotation, List<Integer> shape, Map<String, ?> attributes) {
        return NetworkSource.of(List.of(shape))
                .layer("@KeepOutput " + AnnotationText.of(annotation, attributes) + " Layer layer");
    }
}

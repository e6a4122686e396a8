package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How layers are drawn that compute nothing: some with a layer around them that has a layout of its own. */
final class MovingRows {
    private MovingRows() {}

    static NetworkSource shuffle(Dice dice) {
        int groups = dice.one(1, 2, 3, 4, 16);
        List<Integer> shape = new ArrayList<>(List.of(groups * dice.one(1, 2, 3, 8, 16), dice.from(1, 5)));
        if (dice.from(1, 3) > 1) {
            shape.add(dice.from(1, 6));
        }
        return beside("ChannelShuffle", shape, Map.of("groups", groups), dice);
    }

    static NetworkSource permute(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        List<Integer> dims = new ArrayList<>(IntStream.rangeClosed(1, shape.size())
                .mapToObj(dim -> dice.once(3) ? dim - shape.size() - 1 : dim)
                .toList());
        for (int i = dims.size() - 1; i > 0; i--) {
            Collections.swap(dims, i, dice.from(0, i));
        }
        dims.add(0, dice.once(6) ? -shape.size() - 1 : 0);
        return beside("Permute", shape, Map.of("dims", dims), dice);
    }

    static NetworkSource lastStep(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        return dice.flip()
                ? beside("LastStep", shape, Map.of(), dice)
                : OperatorRows.steps(shape)
                        .layer(AnnotationText.of("LastStep", Map.of("lengths", "b")) + " Layer layer");
    }

    static NetworkSource slice(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        int dim = dice.from(1, shape.size());
        int size = shape.get(dim - 1);
        int start = dice.from(0, size - 1);
        int end = dice.from(start + 1, size);
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dim != 1 || dice.flip()) {
            attributes.put("dim", dice.flip() ? dim : dim - shape.size() - 1);
        }
        if (start > 0 || dice.flip()) {
            attributes.put("start", dice.flip() ? start : start - size);
        }
        if (end < size || dice.flip()) {
            attributes.put("end", end < size && dice.flip() ? end - size : end);
        }
        return beside("Slice", shape, attributes, dice);
    }

    static NetworkSource chunk(Dice dice) {
        List<Integer> shape = OperatorRows.anyShape(dice);
        int dim = dice.from(1, shape.size());
        int chunks = dice.from(1, 5);
        int size = shape.get(dim - 1);
        int largest = (size - 1) / chunks + 1;
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("chunks", chunks);
        attributes.put("index", dice.from(0, (size - 1) / largest));
        if (dim != 1 || dice.flip()) {
            attributes.put("dim", dice.flip() ? dim : dim - shape.size() - 1);
        }
        return beside("Chunk", shape, attributes, dice);
    }

    static NetworkSource beside(String annotation, List<Integer> shape, Map<String, ?> attributes, Dice dice) {
        NetworkSource source = OperatorRows.of(annotation, shape, attributes);
        return dice.once(3) ? source.layer("@Tanh Layer behind") : source;
    }
}

package dev.netwright.processor.operators;

import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How layers are drawn that put an image's cells elsewhere. */
final class VisionRows {
    static final List<OperatorRow> LAYERS = Stream.of(Stream.of(new OperatorRow("Pad", 2, VisionRows::pad)), pads())
            .flatMap(rows -> rows)
            .toList();

    private VisionRows() {}

    private static Stream<OperatorRow> pads() {
        return Stream.of("ReflectionPad", "ReplicationPad", "ZeroPad", "ConstantPad", "CircularPad")
                .flatMap(module -> IntStream.rangeClosed(1, 3)
                        .mapToObj(axes ->
                                new OperatorRow(module + axes + "d", 2, dice -> padding(module, axes, dice), 15)));
    }

    private static NetworkSource padding(String module, int axes, Dice dice) {
        List<Integer> input = new ArrayList<>(List.of(dice.channels()));
        input.addAll(IntStream.range(0, axes).mapToObj(axis -> dice.from(1, 6)).toList());
        String mode = switch (module) {
            case "ReflectionPad" -> "REFLECT";
            case "ReplicationPad" -> "REPLICATE";
            case "CircularPad" -> "CIRCULAR";
            default -> "CONSTANT";
        };
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean one = !mode.equals("REFLECT") && dice.once(4);
        attributes.put("padding", one ? (Object) 1 : amounts(mode, input, axes, dice));
        if (module.equals("ConstantPad")) {
            attributes.put("value", dice.one(-1.5, 0.25, 3.0));
        }
        return OperatorRows.of(module + axes + "d", input, attributes);
    }

    private static NetworkSource pad(Dice dice) {
        List<Integer> input =
                new ArrayList<>(List.of(dice.channels(), dice.from(1, 5), dice.from(1, 7), dice.from(1, 7)));
        input.remove(dice.flip() ? 1 : 0);
        String mode = dice.one("CONSTANT", "CONSTANT", "REFLECT", "REPLICATE", "CIRCULAR");
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("padding", amounts(mode, input, dice.from(1, 3), dice));
        attributes.put("mode", mode);
        if (mode.equals("CONSTANT") && dice.flip()) {
            attributes.put("value", dice.one(-1.5, 0.25, 3.0));
        }
        return OperatorRows.of("Pad", input, attributes);
    }

    private static List<Integer> amounts(String mode, List<Integer> input, int dimensions, Dice dice) {
        List<Integer> padding = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            int size = input.get(input.size() - 1 - i);
            int most = switch (mode) {
                case "REFLECT" -> size - 1;
                case "CIRCULAR" -> size;
                default -> 4;
            };
            boolean cuts = mode.equals("CONSTANT") || mode.equals("REPLICATE");
            // cutting both sides leaves at least one cell
            int least = cuts ? -((size - 1) / 2) : 0;
            padding.add(dice.from(least, Math.min(4, most)));
            padding.add(dice.from(least, Math.min(4, most)));
        }
        return padding;
    }
}

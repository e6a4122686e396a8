package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnBlock.BlockParameter;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnRepeat;
import dev.netwright.processor.operators.Dice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts placeholders in the place of numbers in a block's body, and remembers what they stand for. */
final class Abstraction {
    private static final int MOST_INTEGERS = 5;
    private static final int MOST_REALS = 3;

    private final Dice dice;
    private final int begin;
    private final Map<String, Object> arguments = new LinkedHashMap<>();
    private final List<BlockParameter> parameters = new ArrayList<>();

    Abstraction(Dice dice) {
        this.dice = dice;
        begin = dice.from(0, 15);
    }

    DrawnLayer of(DrawnLayer layer) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        layer.attributes().forEach((name, value) -> attributes.put(name, of(value)));
        DrawnRepeat repeat = layer.repeat();
        return layer.withAttributes(attributes)
                .withRepeat(repeat == null ? null : new DrawnRepeat(of(repeat.times()), repeat.key(), repeat.first()));
    }

    private Object of(Object value) {
        if (value instanceof List<?> values) {
            return values.stream().map(this::of).toList();
        }
        if (dice.flip()) {
            return value;
        }
        if (value instanceof Double number) {
            return real(number);
        }
        return value instanceof Integer number && number >= 0 ? integer(number) : value;
    }

    private Object real(double number) {
        long reals =
                arguments.values().stream().filter(Double.class::isInstance).count();
        if (reals >= MOST_REALS) {
            return number;
        }
        String name = "rate" + (char) ('A' + reals);
        add(name, "D" + (1 + (begin + reals) % 8), number);
        return new Placeholder(name, 1, 1);
    }

    private Object integer(int number) {
        int factor = dice.once(3) ? dice.from(2, 16) : 1;
        int divisor = factor == 1 && dice.once(4) ? dice.from(2, 16) : 1;
        factor = number % factor == 0 ? factor : 1;
        int wanted = number / factor * divisor;
        List<String> same = arguments.entrySet().stream()
                .filter(argument -> argument.getValue().equals(wanted))
                .map(Map.Entry::getKey)
                .toList();
        if (!same.isEmpty() && dice.flip()) {
            return new Placeholder(dice.one(same), factor, divisor);
        }
        long integers =
                arguments.values().stream().filter(Integer.class::isInstance).count();
        if (integers >= MOST_INTEGERS) {
            return number;
        }
        String name = "size" + (char) ('A' + integers);
        add(name, "P" + (1 + (begin + integers) % 16), wanted);
        return new Placeholder(name, factor, divisor);
    }

    private void add(String name, String placeholder, Object value) {
        arguments.put(name, value);
        parameters.add(new BlockParameter(name, placeholder, dice.once(3) ? value : null));
    }

    /** What each stands for. */
    Map<String, Object> arguments() {
        return arguments;
    }

    List<BlockParameter> parameters() {
        return parameters;
    }
}

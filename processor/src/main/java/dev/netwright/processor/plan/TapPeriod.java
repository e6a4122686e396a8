package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Taps;
import dev.netwright.processor.graph.Taps.Tap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Outputs along a dimension whose taps repeat: each period has the taps of the one before, some inputs further on, with
 * the very same weights.
 *
 * @param first output of the first period
 * @param count of periods
 * @param outputs of a period
 * @param inputs from one period to the next
 */
public record TapPeriod(int first, int count, int outputs, int inputs) {
    private static final int MOST_OUTPUTS = 4;

    /** Taps of a period that are written out. */
    private static final int MOST_TAPS = 16;

    /** Fewer are as soon gone through by a table. */
    private static final int FEWEST = 4;

    /** The shortest one that most of the outputs have; null if there is none. */
    static TapPeriod of(Taps taps) {
        for (int outputs = 1; outputs <= MOST_OUTPUTS && outputs * taps.most() <= MOST_TAPS; outputs++) {
            int inputs = (int) Math.round((double) outputs * taps.inputs() / taps.size());
            TapPeriod period = longest(taps, outputs, inputs);
            if (period.count >= FEWEST && 2 * period.count * outputs > taps.size()) {
                return period;
            }
        }
        return null;
    }

    private static TapPeriod longest(Taps taps, int outputs, int inputs) {
        int best = 0;
        int bestFirst = 0;
        int first = 0;
        for (int o = 0; o + outputs < taps.size(); o++) {
            if (!isShifted(taps.outputs().get(o), taps.outputs().get(o + outputs), inputs)) {
                first = o + 1;
            } else if (o - first >= best) {
                best = o - first + 1;
                bestFirst = first;
            }
        }
        return new TapPeriod(bestFirst, best / outputs + 1, outputs, inputs);
    }

    private static boolean isShifted(List<Tap> some, List<Tap> others, int inputs) {
        return some.size() == others.size()
                && !some.isEmpty()
                && IntStream.range(0, some.size())
                        .allMatch(i -> others.get(i)
                                .equals(new Tap(
                                        some.get(i).input() + inputs,
                                        some.get(i).weight())));
    }

    /** The first output behind them. */
    public int end() {
        return first + count * outputs;
    }
}

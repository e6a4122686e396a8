package dev.netwright.processor.plan;

import java.util.List;

/** Lines that one number counts through several axes, the last of them fastest. */
final class Lines {
    private Lines() {}

    static int count(List<Integer> axes) {
        return axes.stream().reduce(1, Math::multiplyExact);
    }

    /** Where a line begins, behind the first. */
    static int start(int line, List<Integer> axes, List<Integer> strides) {
        int rest = line;
        int start = 0;
        for (int i = axes.size() - 1; i >= 0; i--) {
            start += rest % axes.get(i) * strides.get(i);
            rest /= axes.get(i);
        }
        return start;
    }
}

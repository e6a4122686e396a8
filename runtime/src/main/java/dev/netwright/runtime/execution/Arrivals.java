package dev.netwright.runtime.execution;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts the members of a team that have come somewhere. Each word is a processor's line of its own, beside which nobody
 * waits, and no more than eight members count on one: the last of them goes on to the word above. A team of up to eight
 * has one word, a team of 64 nine.
 */
final class Arrivals {
    private static final int FAN = 8;

    /** Ints from one word to the next: two lines of 64 bytes, as processors fetch them in pairs. */
    private static final int LINE = 32;

    private final int members;
    private final AtomicIntegerArray words;

    Arrivals(int members) {
        this.members = members;
        int nodes = 0;
        for (int below = members; below > 1 || nodes == 0; below = above(below)) {
            nodes += above(below);
        }
        // the first line is the array's length and its neighbours'
        words = new AtomicIntegerArray((nodes + 2) * LINE);
    }

    private static int above(int below) {
        return (below + FAN - 1) / FAN;
    }

    /** True for the member that comes last; from then on nobody has come. */
    boolean arrive(int member) {
        int first = 1;
        int place = member;
        int below = members;
        do {
            int node = place / FAN;
            int word = (first + node) * LINE;
            if (words.incrementAndGet(word) < Math.min(FAN, below - node * FAN)) {
                return false;
            }
            words.set(word, 0);
            below = above(below);
            first += below;
            place = node;
        } while (below > 1);
        return true;
    }

    /** Whether somebody has come and not everybody. */
    boolean isPartial() {
        for (int word = LINE; word < words.length(); word += LINE) {
            if (words.get(word) > 0) {
                return true;
            }
        }
        return false;
    }

    /** As if nobody had come. */
    void reset() {
        for (int word = LINE; word < words.length(); word += LINE) {
            words.set(word, 0);
        }
    }
}

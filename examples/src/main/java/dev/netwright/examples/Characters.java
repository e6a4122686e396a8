package dev.netwright.examples;

import dev.netwright.runtime.init.MersenneTwister;
import java.util.List;

/** Text as numbers from 0 to 95: printable ASCII, and a line's end. */
final class Characters {
    static final int KINDS = 96;
    private static final char FIRST = ' ';
    private static final int LINE_END = KINDS - 1;

    private static final List<String> SIZES = List.of("small", "old", "quiet", "green", "curious", "very tall");
    private static final List<String> THINGS = List.of("river", "house", "compiler", "cat", "garden", "lantern");
    private static final List<String> DEEDS = List.of("watches", "finds", "remembers", "paints", "follows");

    private Characters() {}

    /** Other characters are spaces. */
    static int[] numbers(String text) {
        return text.chars().map(Characters::number).toArray();
    }

    private static int number(int character) {
        if (character == '\n') {
            return LINE_END;
        }
        return character > FIRST && character < FIRST + LINE_END ? character - FIRST : 0;
    }

    static char character(int number) {
        return number == LINE_END ? '\n' : (char) (FIRST + number);
    }

    /** Sentences of a grammar: the same count and seed give the same. */
    static String draw(int sentences, long seed) {
        MersenneTwister random = new MersenneTwister(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            text.append("the ").append(one(SIZES, random)).append(' ').append(one(THINGS, random));
            text.append(' ').append(one(DEEDS, random));
            text.append(" the ").append(one(THINGS, random)).append(".\n");
        }
        return text.toString();
    }

    private static String one(List<String> words, MersenneTwister random) {
        return words.get(Math.min(words.size() - 1, (int) random.uniform(0, words.size())));
    }
}

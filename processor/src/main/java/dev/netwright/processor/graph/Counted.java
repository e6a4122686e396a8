package dev.netwright.processor.graph;

/** A number of things in words. */
public final class Counted {
    private Counted() {}

    /** As {@code 1 row} and {@code 2 rows}: of nouns that only take an s. */
    public static String of(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

package dev.netwright.processor.declared;

import dev.netwright.processor.Compiled;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A declaration that could be taken for something else: for other names, for code, for sizes that no array has.
 *
 * @param what is hostile about it
 * @param id of the error; null if right code is to be generated
 * @param sources classes, in a package of their own; {@link Compiled#CARET} stands where the error is
 */
record Hostile(String what, String id, List<String> sources) {
    /** A layer to end with. */
    static final String FC = "@Linear(outFeatures = 2) Layer fc;";

    /** Becomes right code. */
    static Hostile good(String what, String... sources) {
        return new Hostile(what, null, List.of(sources));
    }

    /** Is refused by one error. */
    static Hostile bad(String what, String id, String... sources) {
        return new Hostile(what, "netwright/" + id, List.of(sources));
    }

    @Override
    public String toString() {
        return what;
    }

    static Stream<Hostile> rows() {
        return Stream.of(HostileNames.rows(), HostileLengths.rows(), HostileNumbers.rows())
                .flatMap(each -> each);
    }

    /** So many lines of source. */
    static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    /** So many values with commas between. */
    static String list(int count, IntFunction<String> value) {
        return IntStream.range(0, count).mapToObj(value).collect(Collectors.joining(", "));
    }
}

package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import java.util.ArrayList;
import java.util.List;

/**
 * A class with all that is told about it, besides what javac tells. Many are compiled in one run of javac.
 *
 * @param source with {@link Compiled#CARET} at the place of each text; its first class gives it its name
 * @param texts in the order of the places, each with its id
 */
record Told(String source, List<String> texts) {
    Told(String source, String... texts) {
        this(source, List.of(texts));
    }

    static Compiled compiled(List<Told> rows) {
        return Compiled.of(rows.stream().map(Told::source).toArray(String[]::new));
    }

    void check(Compiled compiled) {
        String[] parts = source.split("\\" + Compiled.CARET, -1);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            expected.add(texts.get(i) + "\n" + String.join("", List.of(parts).subList(i + 1, parts.length)));
        }
        assertThat(compiled.errors())
                .filteredOn(error -> error.file().matches("(.*/)?" + this + ".java"))
                .filteredOn(error -> !error.id().equals("javac"))
                .extracting(error -> error.text() + "\n" + error.rest())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The class's name, as that of its file. */
    @Override
    public String toString() {
        return source.replaceAll("(?s).*?class (\\w+).*", "$1");
    }
}

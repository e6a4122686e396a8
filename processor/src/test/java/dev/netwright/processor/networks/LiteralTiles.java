package dev.netwright.processor.networks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that the loops of register tiles know their strides; how many turns they have may be the caller's literal. */
final class LiteralTiles {
    private static final Pattern TILE = Pattern.compile(
            "private (?:static )?void (\\w+(?:Tile|Window)\\w+)\\([^)]*\\) \\{\n(.*?)\n    \\}\n", Pattern.DOTALL);
    /** A literal, or what callers that share the tile name. */
    private static final String SIZE = "(\\d+|k\\dEnd)";

    private static final Pattern LITERAL_LOOP = Pattern.compile(
            "for \\(int (k\\d) = 0; \\1 < (SIZE|\\(SIZE & trips\\) \\+ 2); \\1\\+\\+\\) \\{".replace("SIZE", SIZE));

    /** The sum over samples, whose number only the caller knows. */
    private static final String SAMPLES = "while (++sample < samples)";

    private static final String TERM =
            "( [+-] (((k\\d|sample|place\\d|down|right)( \\* \\d+)?)|(\\d+ \\* )?L|lanes\\d|[bc]Lanes\\d|\\d+))";

    /**
     * An index: a start, and terms that are a loop's variable or the number of lanes times a literal, or a literal. What
     * callers name may be added only to where a result begins, not to what sums read.
     */
    private static final Pattern INDEX = Pattern.compile("-?(\\w+Base|[a-z]k\\d?|\\d+)" + TERM + "*"
            + "|(?!aBase|bBase)\\w+Base \\+ (\\d+ \\* )?[a-z]+\\d*Stride\\d*" + TERM + "*");

    private LiteralTiles() {}

    /**
     * Checks all tiles of a class of kernels.
     *
     * @return how many
     */
    static int check(String source) {
        Matcher tile = TILE.matcher(source);
        int count = 0;
        while (tile.find()) {
            count++;
            for (String line : statements(tile.group(2))) {
                check(tile.group(1), line);
            }
        }
        return count;
    }

    private static List<String> statements(String body) {
        return body.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("//"))
                .toList();
    }

    private static void check(String tile, String line) {
        boolean loop = line.startsWith("for ") || line.contains("while");
        if (loop && !LITERAL_LOOP.matcher(line).matches() && !line.contains(SAMPLES)) {
            throw new AssertionError(tile + " has a loop whose count is not literal: " + line);
        }
        Matcher index = Pattern.compile(
                        "int [a-z]k\\d? = ([^;]+);|\\b[a-z]\\w*\\[([^\\]]+)\\]|Array\\((?:\\w+, )+([^,;()]+)\\)")
                .matcher(line);
        while (index.find()) {
            String text =
                    index.group(1) != null ? index.group(1) : index.group(2) != null ? index.group(2) : index.group(3);
            if (!INDEX.matcher(text).matches()) {
                throw new AssertionError(tile + " has a stride that is not literal: " + line);
            }
        }
    }
}

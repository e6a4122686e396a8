package dev.netwright.processor.emit;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the bytecode of generated statements is at most, from their text: plan and emitters would have to count the
 * same calls and operands in many places. Drivers have four fifths of what is told, kernels two thirds.
 */
final class Bytecodes {
    /** Of a method. HotSpot compiles none above 8,000, and tools that measure coverage make each longer. */
    static final int MOST = 5_000;

    /** Of what the loops of a kernel do: of kernels of more than 1,000 bytecodes HotSpot makes bad code. */
    static final int MOST_OF_KERNEL = 1_200;

    /** What is told of a token, by its form; of several forms it is the first. */
    private enum Form {
        COMMENT("//[^\\n]*", 0),
        STRING("\"\"", 3),
        CREATION("\\bnew [\\w.]+\\(", 7),
        WORD("\\b(?:new|for|if|else|return|int|float|long|double)\\b", 1),
        OWNER("\\b(?:\\w+\\.)*[A-Z]\\w*\\.", 0),
        TYPE("\\b(?:\\w+\\.)*[A-Z]\\w* (?=[a-z])", 0),
        CALL("\\w+\\(", 5),
        ZERO_TO_FIVE("\\b[0-5]f?\\b", 1),
        BYTE("\\b(?:\\d{1,2}|1[01]\\d|12[0-7])\\b", 2),
        NUMBER("\\b\\d(?:[\\w.]|E-)*", 3),
        LOCAL("\\b[a-z]\\d+(?:_\\d+)*\\b", 2),
        FIELD("[a-zA-Z_$]\\w*", 4),
        OPERATION("[-+*/%&|<>!?\\[]", 1);

        private final String pattern;
        private final int bytes;

        Form(String pattern, int bytes) {
            this.pattern = pattern;
            this.bytes = bytes;
        }
    }

    private static final List<Form> FORMS = List.of(Form.values());

    private static final Pattern TOKEN = Pattern.compile(FORMS.stream()
            .map(form -> "(" + form.pattern + ")")
            .reduce((a, b) -> a + "|" + b)
            .orElseThrow());

    private static final Pattern ARRAY = Pattern.compile("\\[\\]\\s*\\{[^{}]*\\}");

    /** To keep an element of a new array: dup, its index, the store. */
    private static final int ELEMENT = 5;

    private Bytecodes() {}

    static int of(CodeBlock code) {
        String text = withoutStrings(code.toString());
        int total = 0;
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            for (int i = 0; i < FORMS.size(); i++) {
                if (token.start(i + 1) >= 0) {
                    total += FORMS.get(i).bytes;
                    break;
                }
            }
        }
        Matcher array = ARRAY.matcher(text);
        while (array.find()) {
            long commas = array.group().chars().filter(c -> c == ',').count();
            total += ELEMENT * (1 + (int) commas);
        }
        return total;
    }

    private static String withoutStrings(String text) {
        StringBuilder rest = new StringBuilder();
        boolean within = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            within ^= c == '"';
            if (!within) {
                rest.append(c == '"' ? "\"\"" : String.valueOf(c));
            } else if (c == '\\') {
                i++; // what it escapes
            }
        }
        return rest.toString();
    }
}

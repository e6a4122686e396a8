package dev.netwright.processor.machines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The innermost loop of a method's machine code with the most products, of x86.
 *
 * @param instructions of the loop, in Intel's syntax
 * @param products how many of them multiply and add
 * @param stores to the stack
 * @param loads from the stack
 */
record SumLoop(List<String> instructions, int products, int stores, int loads) {
    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\s+(\\S.*)");
    private static final Pattern JUMP = Pattern.compile("j\\w+\\s+0x([0-9a-f]+).*");

    /** Of HotSpot's code only rsp: it gives rbp to values as any other register. */
    private static final Pattern STACK = Pattern.compile("\\[rsp\\b");

    private static final Pattern STACK_FIRST = Pattern.compile("\\S+\\s+(\\w+ PTR )?\\[rsp\\b[^,]*\\],.*");
    private static final Pattern ONLY_READS = Pattern.compile("(cmp|test|vucomis|ucomis|prefetch)\\w*\\s.*");

    /** Way out of a loop or to a slow path that returns into it: what a backward jump spans is no loop then. */
    private static final Pattern LEAVES = Pattern.compile("(ret|call|hlt|jmp)\\b.*");

    private record Instruction(long address, String text) {}

    /** First and last instruction, by index. */
    private record Span(int first, int last) {
        boolean holds(Span other) {
            return !equals(other) && first <= other.first && other.last <= last;
        }
    }

    /** Whether the disassembler is there. */
    static boolean canDisassemble() throws InterruptedException {
        try {
            return new ProcessBuilder("objdump", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Empty where no loop has products. */
    static Optional<SumLoop> of(CompiledMethod method, Path folder) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("code.bin"), method.code());
        List<String> command = List.of(
                "objdump", "-D", "-b", "binary", "-mi386:x86-64", "-Mintel", "--no-show-raw-insn", file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines;
        try (Stream<String> printed = process.inputReader().lines()) {
            lines = printed.toList();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join("\n", lines));
        }
        return of(lines);
    }

    /** From the lines of a disassembler. */
    static Optional<SumLoop> of(List<String> disassembled) {
        List<Instruction> all = new ArrayList<>();
        Map<Long, Integer> indices = new HashMap<>();
        for (String line : disassembled) {
            Matcher instruction = LINE.matcher(line);
            if (instruction.matches()) {
                long address = Long.parseUnsignedLong(instruction.group(1), 16);
                indices.put(address, all.size());
                all.add(new Instruction(address, instruction.group(2).strip()));
            }
        }
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Matcher jump = JUMP.matcher(all.get(i).text());
            if (jump.matches()) {
                Integer target = indices.get(Long.parseUnsignedLong(jump.group(1), 16));
                if (target != null && target < i) {
                    spans.add(new Span(target, i));
                }
            }
        }
        List<Span> loops = spans.stream()
                .filter(span -> all.subList(span.first(), span.last()).stream()
                        .noneMatch(each -> LEAVES.matcher(each.text()).matches()))
                .toList();
        // before and after the loop that C2 unrolls there are copies with fewer products, or with more tests
        return loops.stream()
                .filter(span -> loops.stream().noneMatch(span::holds))
                .map(span -> of(all, span))
                .filter(loop -> loop.products() > 0)
                .max(Comparator.comparingInt(SumLoop::products)
                        .thenComparing(loop -> -loop.instructions().size()));
    }

    private static SumLoop of(List<Instruction> all, Span span) {
        List<String> texts = all.subList(span.first(), span.last() + 1).stream()
                .map(Instruction::text)
                .toList();
        int stores = 0;
        int loads = 0;
        for (String text : texts) {
            if (STACK.matcher(text).find()) {
                boolean first = STACK_FIRST.matcher(text).matches();
                boolean store = first && !ONLY_READS.matcher(text).matches();
                stores += store ? 1 : 0;
                loads += store ? 0 : 1;
            }
        }
        int products = (int) texts.stream()
                .filter(text -> text.startsWith("vfmadd") && text.contains("ps "))
                .count();
        return new SumLoop(texts, products, stores, loads);
    }

    /** Stores and loads, as tables have them. */
    String accesses() {
        return stores + " stores, " + loads + " loads";
    }
}

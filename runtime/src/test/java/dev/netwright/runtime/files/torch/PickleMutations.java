package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.hostile.Mutation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Ways to damage a pickle opcode by opcode; lengths that are written before operands stay in order unless told. */
final class PickleMutations {
    private static final String[] TEXTS = {
        "",
        "0",
        "1",
        "2",
        "storage",
        "module",
        "cpu",
        "little_endian",
        "weight",
        "n".repeat(300),
        "a\nb\u0000",
        "\ud83d\ude00"
    };
    private static final String[][] GLOBALS = {
        {"os", "system"},
        {"builtins", "eval"},
        {"builtins", "set"},
        {"collections", "OrderedDict"},
        {"torch._utils", "_rebuild_tensor"},
        {"torch._utils", "_rebuild_tensor_v2"},
        {"torch._utils", "_rebuild_tensor_v3"},
        {"torch._utils", "_rebuild_parameter"},
        {"torch", "Size"},
        {"torch", "FloatStorage"},
        {"torch", "LongStorage"},
        {"torch", "ByteStorage"},
        {"torch", "BoolStorage"},
        {"torch", "QUInt8Storage"},
        {"torch.storage", "UntypedStorage"},
        {"torch", "uint16"},
        {"", ""}
    };
    static final long[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        5,
        8,
        63,
        255,
        256,
        65535,
        1_000_000,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE + 1L,
        1L << 32,
        1L << 62,
        Long.MAX_VALUE,
        -1,
        -2,
        Long.MIN_VALUE
    };
    /** Opcodes that torch.save does not write are among them. */
    private static final int[] OPCODES = {
        '(', '.', '0', '1', '2', 'N', 0x88, 0x89, '}', ']', ')', 0x8f, 't', 0x85, 0x86, 0x87, 'l', 'd', 0x91, 's', 'u',
        'a', 'e', 0x90, 0x94, 0x93, 'R', 0x81, 0x92, 'b', 'Q', 'I', 'i', 'o', 'P', 0x97, 0x82, 0
    };

    private PickleMutations() {}

    static <S extends TorchStructure> List<Mutation<S>> all() {
        List<Mutation<S>> all = new ArrayList<>();
        all.add(change("opcode removed", 6, (tokens, at, random) -> tokens.remove(at)));
        all.add(change("opcode twice", 4, (tokens, at, random) -> tokens.add(at, tokens.get(at))));
        all.add(change(
                "opcode added", 5, (tokens, at, random) -> tokens.add(at, PickleToken.of(any(OPCODES, random)))));
        all.add(change("opcode replaced", 5, PickleMutations::replace));
        all.add(change(
                "opcodes exchanged",
                3,
                (tokens, at, random) -> Collections.swap(
                        tokens, at, random.nextBoolean() ? Math.max(0, at - 1) : random.nextInt(tokens.size()))));
        all.add(change(
                "opcode of another place",
                4,
                (tokens, at, random) -> tokens.set(at, tokens.get(random.nextInt(tokens.size())))));
        all.add(change("part again", 3, PickleMutations::again));
        all.add(change("operand", 4, PickleMutations::operand));
        all.add(change("number", 10, PickleMutations::number));
        all.add(change("text", 5, PickleMutations::text));
        all.add(change("class", 5, PickleMutations::global));
        all.add(change("memo", 4, PickleMutations::memo));
        all.add(change("length", 3, PickleMutations::length));
        all.add(change("value put before", 5, PickleMutations::snippet));
        all.add(change(
                "cut off",
                2,
                (tokens, at, random) -> tokens.subList(at, tokens.size()).clear()));
        all.add(change("deep", 2, PickleMutations::deep));
        all.add(change("many keys", 1, PickleMutations::keys));
        all.add(new Mutation<>("tensor added", 16, PickleMutations::tensor));
        return all;
    }

    /** Damages at a token. */
    private interface TokenChange {
        void apply(List<PickleToken> tokens, int at, Random random);
    }

    private static <S extends TorchStructure> Mutation<S> change(String name, int weight, TokenChange change) {
        return new Mutation<>(name, weight, (structure, random) -> {
            if (!structure.pickle.isEmpty()) {
                change.apply(structure.pickle, random.nextInt(structure.pickle.size()), random);
            }
        });
    }

    /** The next token from a place on, around the end, that fits. */
    private static int next(List<PickleToken> tokens, int at, Predicate<PickleToken> fits) {
        for (int i = 0; i < tokens.size(); i++) {
            int place = (at + i) % tokens.size();
            if (fits.test(tokens.get(place))) {
                return place;
            }
        }
        return at;
    }

    private static void replace(List<PickleToken> tokens, int at, Random random) {
        PickleToken old = tokens.get(at);
        // An operand that fits another opcode is kept.
        int opcode = any(OPCODES, random);
        if (old.isText()) {
            opcode = any(new int[] {'C', 'U', 'X', 0x8a, 0x8c, 0x8d, 0x96}, random);
        } else if (old.operand().length == 1) {
            opcode = any(new int[] {'K', 'q', 'h', 0x80}, random);
        } else if (old.operand().length == 4) {
            opcode = any(new int[] {'J', 'r', 'j'}, random);
        } else if (old.operand().length > 0) {
            return;
        }
        tokens.set(at, PickleToken.of(opcode, old.operand()));
    }

    private static void again(List<PickleToken> tokens, int at, Random random) {
        int end = Math.min(tokens.size(), at + 1 + random.nextInt(20));
        List<PickleToken> part = List.copyOf(tokens.subList(at, end));
        if (random.nextInt(3) == 0) {
            tokens.subList(at, end).clear();
        } else {
            tokens.addAll(random.nextInt(tokens.size()), part);
        }
    }

    private static void operand(List<PickleToken> tokens, int from, Random random) {
        int at = next(tokens, from, token -> token.operand().length > 0);
        byte[] operand = tokens.get(at).operand().clone();
        if (operand.length > 0) {
            operand[random.nextInt(operand.length)] = (byte) random.nextInt();
            tokens.set(at, PickleToken.of(tokens.get(at).opcode(), operand));
        }
    }

    private static void number(List<PickleToken> tokens, int from, Random random) {
        int at = next(tokens, from, token -> "KMJ".indexOf(token.opcode()) >= 0);
        if (random.nextInt(12) == 0) {
            byte[] digits = new byte[60 + random.nextInt(10)];
            random.nextBytes(digits);
            tokens.set(at, PickleToken.of(random.nextBoolean() ? 0x8a : 0x8b, digits));
        } else {
            tokens.set(at, number(random));
        }
    }

    static PickleToken number(Random random) {
        long value = random.nextInt(3) > 0 ? random.nextInt(8) : NUMBERS[random.nextInt(NUMBERS.length)];
        PickleBuilder one = new PickleBuilder(false);
        one.number(value);
        return one.tokens.get(0);
    }

    private static void text(List<PickleToken> tokens, int from, Random random) {
        int at = next(tokens, from, PickleToken::isText);
        int opcode = random.nextInt(8) == 0 ? any(new int[] {'U', 'C', 'T'}, random) : 'X';
        String text = TEXTS[random.nextInt(TEXTS.length)];
        boolean long8 = opcode == 'X' || opcode == 'T';
        tokens.set(at, PickleToken.text(opcode, long8 ? text : text.substring(0, Math.min(80, text.length()))));
    }

    private static void global(List<PickleToken> tokens, int from, Random random) {
        int at = next(tokens, from, token -> token.opcode() == 'c');
        String[] names = GLOBALS[random.nextInt(GLOBALS.length)];
        tokens.set(at, PickleToken.global(names[0], names[1]));
        if (random.nextInt(12) == 0) {
            // A name without an end.
            tokens.set(at, PickleToken.text('c', names[0]));
            tokens.subList(at + 1, tokens.size()).clear();
        }
    }

    private static void memo(List<PickleToken> tokens, int from, Random random) {
        int at = next(tokens, from, token -> "qrhj".indexOf(token.opcode()) >= 0);
        int number = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(40);
        boolean put = "qr".indexOf(tokens.get(at).opcode()) >= 0;
        tokens.set(at, PickleToken.number(put ? 'r' : 'j', number));
    }

    private static void length(List<PickleToken> tokens, int from, Random random) {
        int at = next(tokens, from, token -> PickleToken.lengthWidth(token.opcode()) > 0 || token.opcode() == 0x95);
        PickleToken old = tokens.get(at);
        long declared = random.nextBoolean()
                ? Math.max(0, old.operand().length + random.nextInt(9) - 4)
                : NUMBERS[random.nextInt(NUMBERS.length)];
        if (old.opcode() == 0x95) {
            tokens.set(at, PickleToken.number(0x95, declared));
        } else {
            tokens.set(at, new PickleToken(old.opcode(), old.operand(), declared & Long.MAX_VALUE));
        }
    }

    /** Opcodes that demand what is not there, or leave what nothing takes. */
    private static void snippet(List<PickleToken> tokens, int at, Random random) {
        int[][] snippets = {
            {'N', 'N', 0x93},
            {'N', ')', 'R'},
            {'N', ')', 0x81},
            {']', ')', 0x92},
            {'N', 'N', 'b'},
            {']', 'N', 'b'},
            {'}', '(', 'N', 'u'},
            {'N', 'N', 'N', 's'},
            {'N', 'N', 'a'},
            {'N', '(', 0x90},
            {'}', ']', 'N', 's'},
            {0x8f, '(', '}', 0x90},
            {'e'},
            {'N'},
            {'}', '2', 'N', 'N', 's', 0x86},
            {'(', '1'},
            {']', '2', 'a'},
            {'Q'}
        };
        List<PickleToken> added = new ArrayList<>();
        for (int opcode : snippets[random.nextInt(snippets.length)]) {
            added.add(PickleToken.of(opcode));
        }
        if (random.nextBoolean()) {
            added.add(PickleToken.of('0'));
        }
        tokens.addAll(at, added);
    }

    private static void deep(List<PickleToken> tokens, int at, Random random) {
        int depth = 1 + random.nextInt(random.nextInt(20) == 0 ? 2_000 : 20);
        int wrap = any(new int[] {0x85, 'a', 'R'}, random);
        List<PickleToken> wrapping = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            if (wrap == 'a') {
                tokens.add(Math.min(1, tokens.size()), PickleToken.of(']'));
                wrapping.add(PickleToken.of('a'));
            } else if (wrap == 0x85) {
                // Twice itself: as large as 2 to the power of the depth.
                wrapping.addAll(List.of(PickleToken.of('2'), PickleToken.of(0x86)));
            } else {
                tokens.add(Math.min(1, tokens.size()), PickleToken.global("os", "system"));
                wrapping.addAll(List.of(PickleToken.of(0x85), PickleToken.of('R')));
            }
        }
        int stop = tokens.isEmpty() ? 0 : tokens.size() - 1;
        tokens.addAll(stop, wrapping);
    }

    /** A dictionary or set of many keys that is then dropped; the last may be of another type. */
    private static void keys(List<PickleToken> tokens, int at, Random random) {
        boolean set = random.nextBoolean();
        PickleBuilder draw = new PickleBuilder(false);
        draw.op(set ? 0x8f : '}');
        draw.op('(');
        int count = 250 + random.nextInt(12);
        for (int i = 0; i <= count; i++) {
            if (i < count || random.nextBoolean()) {
                draw.text(Integer.toString(i));
            } else {
                draw.tokens.add(random.nextInt(3) == 0 ? PickleToken.of(')') : number(random));
            }
            if (!set) {
                draw.op('N');
            }
        }
        draw.op(set ? 0x90 : 'u');
        draw.op('0');
        tokens.addAll(at, draw.tokens);
    }

    /** A tensor of any numbers before the end, together with what was there. */
    private static void tensor(TorchStructure structure, Random random) {
        PickleBuilder draw = new PickleBuilder(false);
        boolean untyped = random.nextInt(6) == 0;
        draw.global("torch._utils", untyped ? "_rebuild_tensor_v3" : "_rebuild_tensor_v2");
        draw.op('(');
        String key = random.nextInt(10) == 0 ? "absent" : structure.key(random);
        byte[] bytes = structure.storages.getOrDefault(key, new byte[4]);
        if (random.nextBoolean()) {
            // One that nothing else uses.
            key = "added";
            bytes = new byte[random.nextInt(random.nextInt(200) == 0 ? 100_000 : 40)];
            random.nextBytes(bytes);
            structure.storages.put(key, bytes);
            structure.widths.put(key, untyped ? 1 : 4);
        }
        long width = untyped ? 1 : 4;
        long elements = random.nextInt(8) == 0 ? NUMBERS[random.nextInt(NUMBERS.length)] : bytes.length / width;
        storage(draw, random, untyped, key, elements);
        int dimensions = random.nextInt(30) == 0 ? 60 + random.nextInt(8) : random.nextInt(4);
        draw.tokens.add(random.nextBoolean() ? PickleToken.number('K', 0) : odd(random));
        if (random.nextInt(12) == 0) {
            // One element again and again.
            draw.number(any(new int[] {Integer.MAX_VALUE, 1 << 20, 300_000, 20_000}, random));
            draw.op(0x85);
            draw.number(0);
            draw.op(0x85);
        } else {
            numbers(draw, random, dimensions, 1 + random.nextInt(3));
            numbers(draw, random, random.nextInt(12) == 0 ? random.nextInt(4) : dimensions, 1);
        }
        draw.op(0x89);
        draw.op('N');
        if (untyped) {
            draw.global("torch", random.nextBoolean() ? "uint16" : "float8_e5m2");
        }
        draw.op('t');
        draw.op('R');
        draw.op(0x86);
        structure.pickle.addAll(Math.max(0, structure.pickle.size() - 1), draw.tokens);
    }

    private static void storage(PickleBuilder draw, Random random, boolean untyped, String key, long elements) {
        draw.op('(');
        draw.text(random.nextInt(20) == 0 ? "module" : "storage");
        String[] types = {"FloatStorage", "FloatStorage", "IntStorage"};
        draw.global(untyped ? "torch.storage" : "torch", untyped ? "UntypedStorage" : types[random.nextInt(3)]);
        if (random.nextInt(20) == 0) {
            draw.tokens.add(number(random));
        } else {
            draw.text(key);
        }
        draw.text("cpu");
        draw.number(elements);
        switch (random.nextInt(6)) {
            case 0 -> draw.op('N');
            case 1, 2 -> {
                draw.text("part");
                draw.tokens.add(number(random));
                draw.tokens.add(number(random));
                draw.op(0x87);
            }
            default -> {
                // Five parts, as in archives.
            }
        }
        draw.op('t');
        draw.op(random.nextInt(40) == 0 ? '2' : 'Q');
    }

    /** A tuple of numbers that are mostly small. */
    private static void numbers(PickleBuilder draw, Random random, int count, int bound) {
        if (random.nextInt(30) == 0) {
            draw.op(any(new int[] {'N', ']', '}'}, random));
            return;
        }
        int style = random.nextInt(10);
        draw.op('(');
        for (int i = 0; i < count; i++) {
            if (style == 0) {
                draw.number(any(new int[] {Integer.MAX_VALUE, 1 << 20, 0, 70_000}, random));
            } else {
                draw.tokens.add(style == 1 ? odd(random) : PickleToken.number('K', random.nextInt(bound + 1)));
            }
        }
        draw.op('t');
    }

    private static PickleToken odd(Random random) {
        return random.nextInt(12) == 0 ? PickleToken.of('N') : number(random);
    }

    static int any(int[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

package dev.netwright.runtime.files.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes pickles of drawn values as {@code torch.save} does: state dicts, checkpoints, modules, views, and others. */
final class PickleDraw extends PickleBuilder {
    /** A storage class or element type, and the bytes of an element. */
    record Type(String module, String name, int width) {}

    private static final Type[] TYPES = {
        new Type("torch", "FloatStorage", 4),
        new Type("torch", "FloatStorage", 4),
        new Type("torch", "LongStorage", 8),
        new Type("torch", "DoubleStorage", 8),
        new Type("torch", "HalfStorage", 2),
        new Type("torch", "BFloat16Storage", 2),
        new Type("torch", "IntStorage", 4),
        new Type("torch", "ShortStorage", 2),
        new Type("torch", "CharStorage", 1),
        new Type("torch", "ByteStorage", 1),
        new Type("torch", "BoolStorage", 1),
        new Type("torch", "ComplexFloatStorage", 8),
        new Type("torch", "QInt8Storage", 1)
    };
    private static final Type[] UNTYPED = {
        new Type("torch", "uint16", 2),
        new Type("torch", "uint32", 4),
        new Type("torch", "uint64", 8),
        new Type("torch", "float8_e4m3fn", 1),
        new Type("torch", "float8_e5m2", 1),
        new Type("torch", "float8_e8m0fnu", 1),
        new Type("torch", "float8_e4m3fnuz", 1),
        new Type("torch", "float8_e5m2fnuz", 1),
        new Type("torch", "float4_e2m1fn_x2", 1)
    };
    static final String[] WORDS = {
        "weight", "bias", "storage", "cpu", "module", "_parameters", "_buffers", "_modules", "0", "1", "model", "\u00fc"
    };

    final Map<String, byte[]> storages = new LinkedHashMap<>();
    private final List<Type> types = new ArrayList<>();
    private final Random random;
    private final boolean legacy;
    /** Values that may be recalled; others, such as storages, are remembered too. */
    private final List<Integer> recallable = new ArrayList<>();

    private int remembered;

    PickleDraw(Random random, boolean legacy) {
        super(!legacy && random.nextInt(4) == 0);
        this.random = random;
        this.legacy = legacy;
    }

    /** A whole pickle. */
    PickleDraw file() {
        tokens.add(PickleToken.number(0x80, modern ? 4 + random.nextInt(2) : 2));
        if (modern) {
            tokens.add(PickleToken.number(0x95, 0));
        }
        switch (random.nextInt(6)) {
            case 0, 1 -> stateDict();
            case 2 -> checkpoint();
            case 3 -> module(2);
            default -> value(3);
        }
        op('.');
        return this;
    }

    private void remember() {
        recallable.add(remembered);
        rememberOnly();
    }

    private void rememberOnly() {
        if (modern) {
            op(0x94);
        } else {
            int opcode = random.nextInt(8) == 0 || remembered > 255 ? 'r' : 'q';
            tokens.add(PickleToken.number(opcode, remembered));
        }
        remembered++;
    }

    private void stateDict() {
        orderedDict();
        remember();
        op('(');
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            text("layer" + i / 2 + '.' + WORDS[i % 2]);
            tensor();
        }
        op('u');
        if (random.nextBoolean()) {
            op('}');
            text("_metadata");
            orderedDict();
            op('s');
            op('b');
        }
    }

    private void checkpoint() {
        op('}');
        rememberOnly();
        op('(');
        text("epoch");
        number(random.nextInt(1000));
        text(random.nextBoolean() ? "model" : "net");
        stateDict();
        text("optimizer");
        value(3);
        op('u');
    }

    /** As {@code torch.save(model)} writes an instance. */
    private void module(int depth) {
        global("torch.nn.modules.linear", random.nextBoolean() ? "Linear" : "Sequential");
        op(')');
        op(0x81);
        remember();
        op('}');
        op('(');
        text("training");
        op(0x88);
        for (String table : new String[] {"_parameters", "_buffers"}) {
            text(table);
            orderedDict();
            if (random.nextBoolean()) {
                text("weight");
                tensor();
                op('s');
            }
        }
        text("_non_persistent_buffers_set");
        set(depth);
        text("_modules");
        orderedDict();
        for (int i = depth > 0 ? random.nextInt(3) : 0; i > 0; i--) {
            text(Integer.toString(i));
            module(depth - 1);
            op('s');
        }
        text("in_features");
        value(1);
        op('u');
        op('b');
    }

    private void set(int depth) {
        if (modern) {
            op(0x8f);
            op('(');
            scalars(depth);
            op(random.nextInt(4) > 0 ? 0x90 : '1');
        } else {
            global(random.nextBoolean() ? "__builtin__" : "builtins", "set");
            op(']');
            op('(');
            scalars(depth);
            op('e');
            op(0x85);
            op('R');
        }
    }

    private void scalars(int count) {
        for (int i = 0; i < count; i++) {
            scalar();
        }
    }

    void value(int depth) {
        int kind = random.nextInt(depth > 0 ? 24 : 8);
        switch (kind) {
            case 8, 9 -> {
                op(']');
                remember();
                op('(');
                values(random.nextInt(4), depth);
                op('e');
            }
            case 10, 11 -> {
                op('}');
                remember();
                for (int i = random.nextInt(4); i > 0; i--) {
                    scalar();
                    value(depth - 1);
                    op('s');
                }
            }
            case 12, 13 -> tuple(depth);
            case 14 -> set(random.nextInt(4));
            case 15 -> {
                op('(');
                values(random.nextInt(3), depth);
                op('l');
                value(depth - 1);
                op('a');
            }
            case 16 -> {
                op('(');
                for (int i = random.nextInt(3); i > 0; i--) {
                    text(WORDS[random.nextInt(WORDS.length)]);
                    value(depth - 1);
                }
                op('d');
            }
            case 17 -> object(depth);
            case 18 -> module(depth - 1);
            case 19, 20, 21 -> tensor();
            case 22 -> {
                if (recallable.isEmpty()) {
                    op('N');
                } else {
                    int number = recallable.get(random.nextInt(recallable.size()));
                    tokens.add(PickleToken.number(number > 255 || random.nextInt(8) == 0 ? 'j' : 'h', number));
                }
            }
            case 23 -> bytes();
            default -> scalar();
        }
    }

    private void values(int count, int depth) {
        for (int i = 0; i < count; i++) {
            value(depth - 1);
        }
    }

    private void tuple(int depth) {
        int count = random.nextInt(6);
        if (count > 3 || random.nextInt(4) == 0) {
            op('(');
            values(count, depth);
            op('t');
        } else {
            values(count, depth);
            op(count == 0 ? ')' : 0x84 + count);
        }
        remember();
    }

    private void object(int depth) {
        global(random.nextBoolean() ? "os" : "numpy", random.nextBoolean() ? "system" : "dtype");
        tuple(depth);
        if (modern && random.nextInt(3) == 0) {
            op('}');
            op(0x92);
        } else {
            op(random.nextBoolean() ? 'R' : 0x81);
        }
        if (random.nextBoolean()) {
            text("item");
            value(depth - 1);
            op('s');
        }
        if (random.nextBoolean()) {
            value(depth - 1);
            op('a');
        }
        if (random.nextBoolean()) {
            value(depth - 1);
            op('b');
        }
    }

    private void bytes() {
        byte[] bytes = new byte[random.nextInt(9)];
        random.nextBytes(bytes);
        int[] opcodes = {'C', 'B', 0x8e, 0x96};
        tokens.add(PickleToken.of(opcodes[random.nextInt(modern ? 4 : 2)], bytes));
    }

    private void scalar() {
        switch (random.nextInt(9)) {
            case 0 -> op('N');
            case 1 -> op(0x88 + random.nextInt(2));
            case 2 -> number(random.nextInt(300));
            case 3 -> number(random.nextLong() >> random.nextInt(64));
            case 4 -> {
                byte[] digits = new byte[random.nextInt(20)];
                random.nextBytes(digits);
                tokens.add(PickleToken.of(random.nextBoolean() ? 0x8a : 0x8b, digits));
            }
            case 5 -> tokens.add(PickleToken.number('G', random.nextLong()));
            case 6 -> global("torch", random.nextBoolean() ? "float32" : "strided");
            case 7 -> tokens.add(PickleToken.text(random.nextBoolean() ? 'U' : 'T', "latin " + (char) 0xe9));
            default -> text(WORDS[random.nextInt(WORDS.length)]);
        }
    }

    /** Bytes of an element of each storage. */
    Map<String, Integer> widths() {
        Map<String, Integer> widths = new LinkedHashMap<>();
        storages.keySet()
                .forEach(key -> widths.put(key, types.get(Integer.parseInt(key)).width()));
        return widths;
    }

    /** A view of a new storage or of an old one. */
    void tensor() {
        boolean untyped = !legacy && random.nextInt(6) == 0;
        boolean parameter = random.nextInt(6) == 0;
        if (parameter) {
            global("torch._utils", "_rebuild_parameter");
        }
        boolean short4 = !untyped && random.nextInt(12) == 0;
        global("torch._utils", untyped ? "_rebuild_tensor_v3" : short4 ? "_rebuild_tensor" : "_rebuild_tensor_v2");
        op('(');
        int[] shape = new int[random.nextInt(4)];
        Arrays.setAll(shape, axis -> random.nextInt(16) == 0 ? 0 : 1 + random.nextInt(4));
        long[] strides = strides(shape);
        long room = 1;
        for (int i = 0; i < shape.length; i++) {
            room += (Math.max(1, shape[i]) - 1) * strides[i];
        }
        int offset = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
        Type type = untyped ? UNTYPED[random.nextInt(UNTYPED.length)] : TYPES[random.nextInt(TYPES.length)];
        storage(type, untyped, room + offset);
        number(offset);
        dimensions(Arrays.stream(shape).asLongStream().toArray());
        dimensions(strides);
        if (!short4) {
            op(0x89);
            orderedDict();
        }
        if (untyped) {
            global(type.module(), type.name());
        }
        op('t');
        op('R');
        if (parameter) {
            op(0x89);
            orderedDict();
            op(0x87);
            op('R');
        }
        remember();
    }

    private long[] strides(int[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1 + random.nextInt(8) / 7;
        boolean reversed = random.nextInt(3) == 0;
        for (int i = 0; i < shape.length; i++) {
            int axis = reversed ? i : shape.length - 1 - i;
            strides[axis] = random.nextInt(12) == 0 ? 0 : stride;
            stride *= Math.max(1, shape[axis]);
        }
        return strides;
    }

    private void storage(Type type, boolean untyped, long room) {
        int old = random.nextInt(4) == 0 ? types.indexOf(type) : -1;
        String key = Integer.toString(Math.max(0, old));
        long elements = room;
        if (old < 0 || storages.get(key).length < room * type.width()) {
            key = Integer.toString(storages.size());
            byte[] bytes = new byte[(int) (room + random.nextInt(8) / 7) * type.width()];
            random.nextBytes(bytes);
            storages.put(key, bytes);
            types.add(type);
        }
        elements = storages.get(key).length / (untyped ? 1 : type.width());
        op('(');
        text("storage");
        global(untyped ? "torch.storage" : type.module(), untyped ? "UntypedStorage" : type.name());
        text(key);
        text(random.nextBoolean() ? "cpu" : "cuda:0");
        number(elements);
        if (legacy) {
            if (random.nextInt(4) > 0) {
                op('N');
            } else {
                text("part");
                number(0);
                number(elements);
                op(0x87);
            }
        }
        op('t');
        op('Q');
    }

    private void dimensions(long[] numbers) {
        boolean size = random.nextInt(8) == 0;
        if (size) {
            global("torch", "Size");
        }
        if (numbers.length == 0) {
            op(')');
        } else {
            Arrays.stream(numbers).forEach(this::number);
            op(0x84 + numbers.length);
        }
        if (size) {
            op(0x85);
            op('R');
        }
    }
}

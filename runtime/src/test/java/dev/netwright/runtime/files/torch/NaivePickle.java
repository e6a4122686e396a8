package dev.netwright.runtime.files.torch;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A second reading of pickles, of well-formed ones only and without any check: with a stack of stacks, as Python's own
 * machine has. What it does not understand fails somehow.
 */
final class NaivePickle {
    record Tuple(List<Object> elements) {}

    record Global(String module, String name) {}

    record Bytes(List<Byte> bytes) {}

    /** An element type by its name in PyTorch: ours, its bytes, and how many of them are swapped together. */
    record Type(String name, int width, int swapped) {}

    record Storage(String key, Type type, long elements, long first) {}

    record View(Storage storage, Type type, long offset, List<Long> shape, List<Long> strides) {}

    /** A call that stays as it is. */
    static final class Call {
        final Object function;
        final List<Object> arguments;
        final Map<Object, Object> items = new LinkedHashMap<>();
        final List<Object> elements = new ArrayList<>();
        Object state;

        Call(Object function, List<Object> arguments) {
            this.function = function;
            this.arguments = arguments;
        }
    }

    private static final Map<String, Type> STORAGES = Map.ofEntries(
            Map.entry("FloatStorage", new Type("F32", 4, 4)),
            Map.entry("DoubleStorage", new Type("F64", 8, 8)),
            Map.entry("HalfStorage", new Type("F16", 2, 2)),
            Map.entry("BFloat16Storage", new Type("BF16", 2, 2)),
            Map.entry("LongStorage", new Type("I64", 8, 8)),
            Map.entry("IntStorage", new Type("I32", 4, 4)),
            Map.entry("ShortStorage", new Type("I16", 2, 2)),
            Map.entry("CharStorage", new Type("I8", 1, 1)),
            Map.entry("ByteStorage", new Type("U8", 1, 1)),
            Map.entry("BoolStorage", new Type("BOOL", 1, 1)),
            Map.entry("ComplexFloatStorage", new Type("C64", 8, 4)),
            Map.entry("UntypedStorage", new Type("", 1, 1)));
    private static final Map<String, Type> TYPES = Map.of(
            "uint16", new Type("U16", 2, 2),
            "uint32", new Type("U32", 4, 4),
            "uint64", new Type("U64", 8, 8),
            "float8_e4m3fn", new Type("F8_E4M3", 1, 1),
            "float8_e5m2", new Type("F8_E5M2", 1, 1),
            "float8_e8m0fnu", new Type("F8_E8M0", 1, 1),
            "float8_e4m3fnuz", new Type("F8_E4M3FNUZ", 1, 1),
            "float8_e5m2fnuz", new Type("F8_E5M2FNUZ", 1, 1));

    private static final Map<String, Integer> FOREIGN = Map.of(
            "ComplexDoubleStorage", 16,
            "QInt8Storage", 1,
            "QUInt8Storage", 1,
            "QInt32Storage", 4,
            "QUInt4x2Storage", 1,
            "QUInt2x4Storage", 1);

    private final byte[] in;
    int at;
    /** By key, each with its whole length. */
    final Map<String, Storage> storages = new LinkedHashMap<>();

    /** By key, those of types that nothing here stands for. */
    final Map<String, Storage> foreign = new LinkedHashMap<>();

    private final Map<Integer, Object> memo = new HashMap<>();
    private final List<List<Object>> stacks = new ArrayList<>();
    private List<Object> stack = new ArrayList<>();

    NaivePickle(byte[] in, int at) {
        this.in = in;
        this.at = at;
    }

    Object read() {
        while (in[at] != '.') {
            step(in[at++] & 0xFF);
        }
        at++;
        return stack.get(0);
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> at++;
            case 0x95 -> at += 8;
            case '(' -> {
                stacks.add(stack);
                stack = new ArrayList<>();
            }
            case '0' -> pop();
            case '1' -> mark();
            case '2' -> push(top());
            case 'N' -> push(null);
            case 0x88, 0x89 -> push(opcode == 0x88);
            case 'J' -> push((long) (int) number(4));
            case 'K' -> push(number(1));
            case 'M' -> push(number(2));
            case 0x8a, 0x8b -> push(integer(bytes(opcode == 0x8a ? 1 : 4)));
            case 'G' -> {
                byte[] reversed = Arrays.copyOfRange(in, at, at += 8);
                push(Double.longBitsToDouble(new BigInteger(reversed).longValue()));
            }
            case 'X' -> push(new String(bytes(4), StandardCharsets.UTF_8));
            case 0x8c -> push(new String(bytes(1), StandardCharsets.UTF_8));
            case 0x8d -> push(new String(bytes(8), StandardCharsets.UTF_8));
            case 'U', 'T' -> push(new String(bytes(opcode == 'U' ? 1 : 4), StandardCharsets.ISO_8859_1));
            case 'C' -> push(boxed(bytes(1)));
            case 'B' -> push(boxed(bytes(4)));
            case 0x8e, 0x96 -> push(boxed(bytes(8)));
            case '}' -> push(new LinkedHashMap<>());
            case ']' -> push(new ArrayList<>());
            case ')' -> push(new Tuple(List.of()));
            case 0x8f -> push(new LinkedHashSet<>());
            case 't' -> push(new Tuple(mark()));
            case 0x85, 0x86, 0x87 -> push(new Tuple(pop(opcode - 0x84)));
            case 'l' -> push(mark());
            case 'd' -> {
                List<Object> items = mark();
                push(new LinkedHashMap<>());
                put(items);
            }
            case 0x91 -> push(new LinkedHashSet<>(mark()));
            case 's' -> put(pop(2));
            case 'u' -> put(mark());
            case 'a' -> add(pop(1));
            case 'e' -> add(mark());
            case 0x90 -> {
                List<Object> elements = mark();
                LinkedHashSet<Object> set = cast(top());
                set.addAll(elements);
            }
            case 'q' -> memo.put((int) number(1), top());
            case 'r' -> memo.put((int) number(4), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(memo.get((int) number(1)));
            case 'j' -> push(memo.get((int) number(4)));
            case 'c' -> push(new Global(line(), line()));
            case 0x93 -> {
                List<Object> names = pop(2);
                push(new Global((String) names.get(0), (String) names.get(1)));
            }
            case 'R' -> {
                Tuple arguments = (Tuple) pop();
                push(call((Global) pop(), arguments.elements()));
            }
            case 0x81 -> {
                Tuple arguments = (Tuple) pop();
                push(new Call(pop(), arguments.elements()));
            }
            case 0x92 -> {
                List<Object> both = pop(2);
                push(new Call(pop(), both));
            }
            case 'b' -> {
                Object state = pop();
                if (top() instanceof Call call) {
                    call.state = state;
                }
            }
            case 'Q' -> push(persistent((Tuple) pop()));
            default -> throw new IllegalStateException("Opcode " + opcode);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private List<Object> pop(int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(pop());
        }
        Collections.reverse(values);
        return values;
    }

    private List<Object> mark() {
        List<Object> values = stack;
        stack = stacks.remove(stacks.size() - 1);
        return values;
    }

    private void put(List<Object> items) {
        Map<Object, Object> map = top() instanceof Call call ? call.items : cast(top());
        for (int i = 0; i < items.size(); i += 2) {
            map.put(items.get(i), items.get(i + 1));
        }
    }

    private void add(List<Object> items) {
        List<Object> list = top() instanceof Call call ? call.elements : cast(top());
        list.addAll(items);
    }

    private long number(int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value += (in[at++] & 0xFFL) << 8 * i;
        }
        return value;
    }

    private byte[] bytes(int lengthWidth) {
        int length = (int) number(lengthWidth);
        return Arrays.copyOfRange(in, at, at += length);
    }

    private static Object integer(byte[] little) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < little.length; i++) {
            // The last byte has the sign.
            long digit = i == little.length - 1 ? little[i] : little[i] & 0xFF;
            value = value.add(BigInteger.valueOf(digit).shiftLeft(8 * i));
        }
        return value.equals(BigInteger.valueOf(value.longValue())) ? (Object) value.longValue() : value;
    }

    private static Bytes boxed(byte[] bytes) {
        List<Byte> boxed = new ArrayList<>();
        for (byte one : bytes) {
            boxed.add(one);
        }
        return new Bytes(boxed);
    }

    private String line() {
        int start = at;
        while (in[at++] != '\n') {}
        return new String(in, start, at - 1 - start, StandardCharsets.UTF_8);
    }

    private Object persistent(Tuple id) {
        List<Object> parts = id.elements();
        if (parts.get(0).equals("module")) {
            return parts.get(1);
        }
        Type type = STORAGES.get(((Global) parts.get(1)).name());
        if (type == null) {
            Integer width = FOREIGN.get(((Global) parts.get(1)).name());
            if (width != null) {
                Type passedOver = new Type("", width, width);
                foreign.put(
                        (String) parts.get(2), new Storage((String) parts.get(2), passedOver, (Long) parts.get(4), 0));
            }
            return new Call(parts.get(1), parts);
        }
        Storage whole = new Storage((String) parts.get(2), type, (Long) parts.get(4), 0);
        storages.put(whole.key(), whole);
        if (parts.size() > 5 && parts.get(5) instanceof Tuple part) {
            return new Storage(whole.key(), type, (Long) part.elements().get(2), (Long)
                    part.elements().get(1));
        }
        return whole;
    }

    private Object call(Global function, List<Object> arguments) {
        String name = function.module() + '.' + function.name();
        int count = arguments.size();
        if (name.equals("collections.OrderedDict")) {
            return count == 0 ? new LinkedHashMap<>() : orderedDict(function, arguments);
        }
        if (name.equals("_codecs.encode") && count == 2
                || List.of("__builtin__.bytes", "builtins.bytes", "__builtin__.bytearray", "builtins.bytearray")
                        .contains(name)) {
            return encoded(function, arguments);
        }
        if (name.matches("torch\\._tensor\\._rebuild_from_type(_v2)?") && count == 4) {
            boolean rebuilds = arguments.get(0) instanceof Global inner
                    && inner.module().equals("torch._utils")
                    && inner.name().matches("_rebuild_(tensor|tensor_v2|tensor_v3|parameter|parameter_with_state)")
                    && arguments.get(2) instanceof Tuple;
            Object inside = rebuilds ? call((Global) arguments.get(0), ((Tuple) arguments.get(2)).elements()) : null;
            // What stays a call inside stays the whole one.
            boolean understood = rebuilds && !(inside instanceof Call made && made.function == arguments.get(0));
            return understood ? inside : new Call(function, arguments);
        }
        if (name.equals("__builtin__.set") || name.equals("builtins.set")) {
            Object elements = count == 0 ? List.of() : arguments.get(0);
            if (!(elements instanceof List<?> list)) {
                return count == 0 ? new LinkedHashSet<>() : new Call(function, arguments);
            }
            return list.stream().allMatch(NaivePickle::hashable)
                    ? new LinkedHashSet<Object>(list)
                    : new Call(function, arguments);
        }
        boolean parameter = name.equals("torch._utils._rebuild_parameter")
                || name.equals("torch._utils._rebuild_parameter_with_state");
        if (name.equals("torch.Size") && count == 1 || parameter && count > 0) {
            // Of None there is neither: the call stays.
            return arguments.get(0) == null ? new Call(function, arguments) : arguments.get(0);
        }
        if (name.startsWith("torch._utils._rebuild_tensor")
                && count > 0
                && arguments.get(0) instanceof Storage storage) {
            int metadata = name.endsWith("_v3") ? 7 : 6;
            if (count > metadata
                    && arguments.get(metadata) instanceof Map<?, ?> bits
                    && (Boolean.TRUE.equals(bits.get("conj")) || Boolean.TRUE.equals(bits.get("neg")))) {
                return new Call(function, arguments);
            }
            Type type = storage.type();
            if (name.equals("torch._utils._rebuild_tensor_v3")) {
                if (count < 7 || !(arguments.get(6) instanceof Global named)) {
                    return new Call(function, arguments);
                }
                type = type.name().isEmpty() ? TYPES.get(named.name()) : type;
            } else if (!List.of("", "_v2").contains(name.substring("torch._utils._rebuild_tensor".length()))) {
                return new Call(function, arguments);
            }
            if (type != null && !type.name().isEmpty()) {
                return new View(
                        storage,
                        type,
                        (Long) arguments.get(1),
                        cast(((Tuple) arguments.get(2)).elements()),
                        cast(((Tuple) arguments.get(3)).elements()));
            }
        }
        return new Call(function, arguments);
    }

    private static Object orderedDict(Global function, List<Object> arguments) {
        if (arguments.size() != 1 || !(arguments.get(0) instanceof List<?> pairs)) {
            return new Call(function, arguments);
        }
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        for (Object element : pairs) {
            List<?> pair = element instanceof Tuple tuple
                    ? tuple.elements()
                    : element instanceof List<?> list ? list : List.of();
            if (pair.size() != 2 || !hashable(pair.get(0))) {
                return new Call(function, arguments);
            }
            dictionary.put(pair.get(0), pair.get(1));
        }
        return dictionary;
    }

    private static Object encoded(Global function, List<Object> arguments) {
        if (arguments.isEmpty()) {
            return boxed(new byte[0]);
        }
        if (arguments.size() == 1 && arguments.get(0) instanceof Bytes bytes) {
            return bytes;
        }
        boolean latin1 = arguments.size() == 2
                && arguments.get(0) instanceof String text
                && text.chars().allMatch(character -> character < 256)
                && List.of("latin1", "latin-1").contains(String.valueOf(arguments.get(1)));
        return latin1
                ? boxed(((String) arguments.get(0)).getBytes(StandardCharsets.ISO_8859_1))
                : new Call(function, arguments);
    }

    private static boolean hashable(Object value) {
        if (value instanceof Tuple tuple) {
            return tuple.elements().size() <= 8
                    && tuple.elements().stream().noneMatch(Tuple.class::isInstance)
                    && tuple.elements().stream().allMatch(NaivePickle::hashable);
        }
        return value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Global;
    }
}

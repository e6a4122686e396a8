package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Interprets Python's pickle opcodes (protocols 2 to 5) as data. Names of classes and functions become
 * {@link PickledGlobal}, calls of them {@link PickledObject}: nothing is looked up, imported or run. Values are null,
 * Boolean, Long, BigInteger, Double, String, {@link PickledBytes}, List, {@link PickledTuple}, Set, Map and what the
 * context makes of persistent identifiers and calls.
 */
final class PickleReader {
    /** What stands for a persistent identifier, and for calls that are understood. */
    interface Context {
        /** The object of a persistent identifier, which stands at an offset. */
        Object persistent(Object id, int at) throws IOException;

        /** The result of a call; null if it is not understood. */
        Object call(PickledGlobal function, PickledTuple arguments, int at) throws IOException;
    }

    private static final int NEWEST_PROTOCOL = 5;
    private static final Object MARK = new Object();

    private final TorchErrors errors;
    private final PickleInput in;
    private final Context context;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    PickleReader(TorchErrors errors, PickleInput in, Context context) {
        this.errors = errors;
        this.in = in;
        this.context = context;
    }

    /** Reads one pickle to its STOP, behind which the input then stands. */
    Object read() throws IOException {
        while (true) {
            int at = in.position();
            int opcode = in.unsignedByte("a pickle");
            if (opcode == '.') {
                Object result = pop(at);
                if (!stack.isEmpty()) {
                    throw errors.at(at, TorchRule.LEFT_OVER, stack.size());
                }
                return result;
            }
            step(opcode, at);
        }
    }

    private void step(int opcode, int at) throws IOException {
        switch (opcode) {
            case 0x80 -> protocol(at);
            case 0x95 -> in.length(8, "a frame");
            case '(' -> stack.add(MARK);
            case '0' -> pop(at);
            case '1' -> popToMark(at);
            case '2' -> stack.add(peek(at));
            case 'N' -> stack.add(null);
            case 0x88 -> stack.add(Boolean.TRUE);
            case 0x89 -> stack.add(Boolean.FALSE);
            case 'J' -> stack.add((long) in.integer("an integer"));
            case 'K' -> stack.add((long) in.unsignedByte("an integer"));
            case 'M' -> stack.add((long) in.unsignedShort("an integer"));
            case 0x8a -> stack.add(in.integer(in.unsignedByte("an integer")));
            case 0x8b -> stack.add(in.integer(in.length(4, "an integer")));
            case 'G' -> stack.add(in.bigEndianDouble("a float"));
            case 'X' -> stack.add(in.utf8(in.length(4, "a text")));
            case 0x8c -> stack.add(in.utf8(in.unsignedByte("a text")));
            case 0x8d -> stack.add(in.utf8(in.length(8, "a text")));
            case 'U' -> stack.add(in.latin1(in.unsignedByte("a text")));
            case 'T' -> stack.add(in.latin1(in.length(4, "a text")));
            case 'C' -> stack.add(pickledBytes(in.unsignedByte("bytes")));
            case 'B' -> stack.add(pickledBytes(in.length(4, "bytes")));
            case 0x8e, 0x96 -> stack.add(pickledBytes(in.length(8, "bytes")));
            case '}' -> stack.add(new LinkedHashMap<>());
            case ']' -> stack.add(new ArrayList<>());
            case ')' -> stack.add(PickledTuple.EMPTY);
            case 0x8f -> stack.add(new LinkedHashSet<>());
            case 't' -> stack.add(new PickledTuple(popToMark(at)));
            case 0x85 -> stack.add(new PickledTuple(popMany(1, at)));
            case 0x86 -> stack.add(new PickledTuple(popMany(2, at)));
            case 0x87 -> stack.add(new PickledTuple(popMany(3, at)));
            case 'l' -> stack.add(popToMark(at));
            case 'd' -> dictionary(at);
            case 0x91 -> set(at);
            case 's' -> setItems(popMany(2, at), at);
            case 'u' -> setItems(popToMark(at), at);
            case 'a' -> append(popMany(1, at), at);
            case 'e' -> append(popToMark(at), at);
            case 0x90 -> addElements(popToMark(at), at);
            case 'q' -> memo.put(in.unsignedByte("a memo"), peek(at));
            case 'r' -> memo.put(in.integer("a memo"), peek(at));
            case 0x94 -> memo.put(memo.size(), peek(at));
            case 'h' -> stack.add(remembered(in.unsignedByte("a memo"), at));
            case 'j' -> stack.add(remembered(in.integer("a memo"), at));
            case 'c' -> stack.add(new PickledGlobal(in.line(), in.line()));
            case 0x93 -> stackGlobal(at);
            case 'R' -> call(at);
            case 0x81 -> construct(2, at);
            case 0x92 -> construct(3, at);
            case 'b' -> build(at);
            case 'Q' -> stack.add(context.persistent(pop(at), at));
            default -> throw errors.at(at, TorchRule.OPCODE, Integer.toHexString(opcode));
        }
    }

    private void protocol(int at) throws MalformedFileException {
        int protocol = in.unsignedByte("the protocol");
        if (protocol > NEWEST_PROTOCOL) {
            throw errors.at(at, TorchRule.PROTOCOL, protocol, NEWEST_PROTOCOL);
        }
    }

    private PickledBytes pickledBytes(int length) throws MalformedFileException {
        return new PickledBytes(in.bytes(length, "bytes"));
    }

    private void dictionary(int at) throws MalformedFileException {
        List<Object> items = popToMark(at);
        stack.add(new LinkedHashMap<>());
        setItems(items, at);
    }

    private void set(int at) throws MalformedFileException {
        List<Object> elements = popToMark(at);
        stack.add(new LinkedHashSet<>());
        addElements(elements, at);
    }

    private void stackGlobal(int at) throws MalformedFileException {
        List<Object> names = popMany(2, at);
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
            throw errors.at(at, TorchRule.CLASS_NAME);
        }
        stack.add(new PickledGlobal(module, name));
    }

    private void call(int at) throws IOException {
        List<Object> two = popMany(2, at);
        if (!(two.get(0) instanceof PickledGlobal function) || !(two.get(1) instanceof PickledTuple arguments)) {
            throw errors.at(at, TorchRule.CALL, PickledText.brief(two.get(0)));
        }
        Object result = context.call(function, arguments, at);
        stack.add(result != null ? result : new PickledObject(function, arguments));
    }

    /**
     * NEWOBJ has class and arguments, NEWOBJ_EX a dictionary of keyword arguments too: the two are kept as they are,
     * since a few bytes can recall, and so have copied, arguments of any number.
     */
    private void construct(int count, int at) throws MalformedFileException {
        List<Object> values = popMany(count, at);
        if (!(values.get(0) instanceof PickledGlobal type) || !(values.get(1) instanceof PickledTuple arguments)) {
            throw errors.at(at, TorchRule.CONSTRUCT, PickledText.brief(values.get(0)));
        }
        stack.add(new PickledObject(
                type, count == 2 ? arguments : new PickledTuple(Arrays.asList(arguments, values.get(2)))));
    }

    private void build(int at) throws MalformedFileException {
        Object state = pop(at);
        Object target = peek(at);
        if (target instanceof PickledObject object) {
            object.state(state);
        } else if (target == null
                || target instanceof String
                || target instanceof Number
                || target instanceof Boolean) {
            throw errors.at(at, TorchRule.BUILD, PickledText.brief(target));
        }
        // What an OrderedDict (_metadata) or a tensor gets as its state says nothing that their values do not.
    }

    private void setItems(List<Object> items, int at) throws MalformedFileException {
        if (items.size() % 2 != 0) {
            throw errors.at(at, TorchRule.PAIRS, items.size());
        }
        Map<Object, Object> map = map(peek(at), at);
        for (int i = 0; i < items.size(); i += 2) {
            map.put(key(items.get(i), map.keySet(), at), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked")
    private Map<Object, Object> map(Object target, int at) throws MalformedFileException {
        if (target instanceof Map) {
            return (Map<Object, Object>) target;
        }
        if (target instanceof PickledObject object) {
            return object.items();
        }
        throw errors.at(at, TorchRule.SET_ITEM, PickledText.brief(target));
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> items, int at) throws MalformedFileException {
        Object target = peek(at);
        if (target instanceof List) {
            ((List<Object>) target).addAll(items);
        } else if (target instanceof PickledObject object) {
            object.elements().addAll(items);
        } else {
            throw errors.at(at, TorchRule.APPEND, PickledText.brief(target));
        }
    }

    @SuppressWarnings("unchecked")
    private void addElements(List<Object> items, int at) throws MalformedFileException {
        Object target = peek(at);
        if (!(target instanceof Set)) {
            throw errors.at(at, TorchRule.ADD, PickledText.brief(target));
        }
        for (Object item : items) {
            ((Set<Object>) target).add(key(item, (Set<Object>) target, at));
        }
    }

    private Object key(Object key, Set<Object> others, int at) throws MalformedFileException {
        if (!PickleKeys.isKey(key)) {
            throw errors.at(at, TorchRule.KEY, PickledText.brief(key));
        }
        if (!PickleKeys.fits(key, others)) {
            throw errors.at(at, TorchRule.KEYS_MIXED, PickledText.brief(key), PickleKeys.MOST_MIXED);
        }
        return key;
    }

    private Object remembered(int number, int at) throws MalformedFileException {
        Object value = memo.get(number);
        if (value == null && !memo.containsKey(number)) {
            throw errors.at(at, TorchRule.MEMO, Integer.toUnsignedString(number));
        }
        return value;
    }

    private Object pop(int at) throws MalformedFileException {
        Object value = peek(at);
        stack.remove(stack.size() - 1);
        return value;
    }

    private Object peek(int at) throws MalformedFileException {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw errors.at(at, TorchRule.STACK);
        }
        return stack.get(stack.size() - 1);
    }

    private List<Object> popMany(int count, int at) throws MalformedFileException {
        Object[] values = new Object[count];
        for (int i = count - 1; i >= 0; i--) {
            values[i] = pop(at);
        }
        return Arrays.asList(values);
    }

    private List<Object> popToMark(int at) throws MalformedFileException {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw errors.at(at, TorchRule.MARK);
        }
        List<Object> values = new ArrayList<>(stack.subList(mark + 1, stack.size()));
        stack.subList(mark, stack.size()).clear();
        return values;
    }
}

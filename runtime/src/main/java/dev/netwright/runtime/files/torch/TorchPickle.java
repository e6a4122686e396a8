package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What PyTorch's pickles mean: storages, and the few functions that rebuild tensors and containers. */
final class TorchPickle implements PickleReader.Context {
    /** What a tensor of the file becomes. */
    interface Tensors {
        /** The value of a view, which lies inside its storage. */
        Object of(TorchTensor view, int at) throws IOException;
    }

    /** The elements and the bytes of one element of a storage that is passed over. */
    record ForeignStorage(long elements, int width) {}

    private static final int MOST_DIMENSIONS = 64;

    private static final String UTILS = "torch._utils";
    /** Those that another function may call in turn; none of them calls one, so that nothing nests deeper. */
    private static final Set<PickledGlobal> REBUILDING = Set.of(
            new PickledGlobal(UTILS, "_rebuild_tensor"),
            new PickledGlobal(UTILS, "_rebuild_tensor_v2"),
            new PickledGlobal(UTILS, "_rebuild_tensor_v3"),
            new PickledGlobal(UTILS, "_rebuild_parameter"),
            new PickledGlobal(UTILS, "_rebuild_parameter_with_state"));

    private static final Set<PickledGlobal> OTHERS = Set.of(
            new PickledGlobal("collections", "OrderedDict"),
            new PickledGlobal("__builtin__", "set"),
            new PickledGlobal("builtins", "set"),
            new PickledGlobal("__builtin__", "bytes"),
            new PickledGlobal("builtins", "bytes"),
            new PickledGlobal("__builtin__", "bytearray"),
            new PickledGlobal("builtins", "bytearray"),
            new PickledGlobal("_codecs", "encode"),
            new PickledGlobal("torch._tensor", "_rebuild_from_type"),
            new PickledGlobal("torch._tensor", "_rebuild_from_type_v2"),
            new PickledGlobal("torch", "Size"));

    private final TorchErrors errors;
    private final Tensors tensors;
    private final Map<String, TorchStorage> storages = new LinkedHashMap<>();
    /** By key, the storages of types without a counterpart. */
    private final Map<String, ForeignStorage> foreign = new LinkedHashMap<>();

    private long copied;

    TorchPickle(TorchErrors errors, Tensors tensors) {
        this.errors = errors;
        this.tensors = tensors;
    }

    /** By key, as the pickle mentions them. */
    Map<String, TorchStorage> storages() {
        return storages;
    }

    /** By key, as the pickle mentions them: storages of a known width, but of a type without a counterpart. */
    Map<String, ForeignStorage> foreign() {
        return foreign;
    }

    @Override
    public Object persistent(Object id, int at) throws MalformedFileException {
        if (id instanceof PickledTuple tuple && !tuple.elements().isEmpty()) {
            List<Object> parts = tuple.elements();
            if ("module".equals(parts.get(0)) && parts.size() >= 2) {
                // Legacy whole models carry the source of the class; the class alone is kept.
                return parts.get(1);
            }
            if ("storage".equals(parts.get(0)) && parts.size() >= 5) {
                return storage(tuple, at);
            }
        }
        throw errors.at(at, TorchRule.PERSISTENT, PickledText.brief(id));
    }

    private Object storage(PickledTuple id, int at) throws MalformedFileException {
        List<Object> parts = id.elements();
        if (!(parts.get(1) instanceof PickledGlobal type)
                || !(parts.get(2) instanceof String key && PickleKeys.isKey(key))
                || !(parts.get(4) instanceof Long elements)
                || elements < 0) {
            throw errors.at(
                    at,
                    TorchRule.STORAGE,
                    PickledText.brief(parts.get(1)),
                    PickledText.brief(parts.get(2)),
                    PickledText.brief(parts.get(4)));
        }
        boolean untyped = type.name().equals(TorchDTypes.UNTYPED);
        DType dtype = TorchDTypes.ofStorage(type.name());
        if (dtype == null && !untyped) {
            // Quantised and other types without a counterpart: its tensors stay inert records.
            int width = TorchDTypes.foreignWidth(type.name());
            if (width > 0) {
                foreign.put(key, new ForeignStorage(elements, width));
            }
            return new PickledObject(type, id);
        }
        TorchStorage storage = new TorchStorage(key, dtype, elements, 0, elements);
        TorchStorage known = storages.putIfAbsent(key, storage);
        if (known != null && !known.equals(storage)) {
            throw errors.at(
                    at,
                    TorchRule.STORAGE_DIFFERS,
                    PickledText.quoted(key),
                    elements,
                    type.name(),
                    known.elements(),
                    known.dtype() == null ? TorchDTypes.UNTYPED : known.dtype());
        }
        return parts.size() > 5 && parts.get(5) instanceof PickledTuple view
                ? part(storage, view.elements(), at)
                : storage;
    }

    /** Legacy files may name a part of a storage: (key, offset, elements). */
    private TorchStorage part(TorchStorage storage, List<Object> view, int at) throws MalformedFileException {
        if (view.size() != 3
                || !(view.get(1) instanceof Long offset)
                || !(view.get(2) instanceof Long elements)
                || offset < 0
                || elements < 0
                || offset > storage.elements() - elements) {
            throw errors.at(at, TorchRule.STORAGE_PART, PickledText.quoted(storage.key()));
        }
        return new TorchStorage(storage.key(), storage.dtype(), elements, offset, storage.whole());
    }

    @Override
    public Object call(PickledGlobal function, PickledTuple tuple, int at) throws IOException {
        // Names that a file gives may be long and called often.
        if (REBUILDING.contains(function)) {
            return rebuilt(function, tuple.elements(), at);
        }
        if (!OTHERS.contains(function)) {
            return null;
        }
        List<Object> arguments = tuple.elements();
        return switch (function.toString()) {
            case "collections.OrderedDict" -> orderedDict(arguments, at);
            case "__builtin__.set", "builtins.set" -> set(arguments, at);
            case "_codecs.encode" -> arguments.size() == 2 ? bytes(arguments, at) : null;
            case "__builtin__.bytes", "builtins.bytes", "__builtin__.bytearray", "builtins.bytearray" ->
                bytes(arguments, at);
            case "torch._tensor._rebuild_from_type", "torch._tensor._rebuild_from_type_v2" ->
                // The class, and the attributes that follow, say nothing about the values.
                arguments.size() == 4
                                && arguments.get(0) instanceof PickledGlobal inner
                                && REBUILDING.contains(inner)
                                && arguments.get(2) instanceof PickledTuple own
                        ? rebuilt(inner, own.elements(), at)
                        : null;
            case "torch.Size" -> arguments.size() == 1 ? arguments.get(0) : null;
            default -> null;
        };
    }

    private Object rebuilt(PickledGlobal function, List<Object> arguments, int at) throws IOException {
        return switch (function.name()) {
            case "_rebuild_tensor", "_rebuild_tensor_v2" -> isLazy(arguments, 6) ? null : tensor(arguments, null, at);
            case "_rebuild_tensor_v3" ->
                arguments.size() >= 7 && arguments.get(6) instanceof PickledGlobal dtype && !isLazy(arguments, 7)
                        ? tensor(arguments, dtype, at)
                        : null;
            default -> arguments.isEmpty() ? null : arguments.get(0);
        };
    }

    /** Whether the values are the conjugates or the negatives of those in the storage. */
    private static boolean isLazy(List<Object> arguments, int metadata) {
        return arguments.size() > metadata
                && arguments.get(metadata) instanceof Map<?, ?> bits
                && (Boolean.TRUE.equals(bits.get("conj")) || Boolean.TRUE.equals(bits.get("neg")));
    }

    /**
     * Of nothing, or of the list of pairs that Python 2 writes. Null, so that the call stays an inert record, of
     * anything else.
     */
    private Map<Object, Object> orderedDict(List<Object> arguments, int at) {
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        if (arguments.isEmpty()) {
            return dictionary;
        }
        if (arguments.size() != 1 || !(arguments.get(0) instanceof List<?> pairs) || !copies(pairs.size(), at)) {
            return null;
        }
        for (Object element : pairs) {
            List<?> pair = element instanceof PickledTuple tuple
                    ? tuple.elements()
                    : element instanceof List<?> list ? list : List.of();
            if (pair.size() != 2
                    || !PickleKeys.isKey(pair.get(0))
                    || !PickleKeys.fits(pair.get(0), dictionary.keySet())) {
                return null;
            }
            dictionary.put(pair.get(0), pair.get(1));
        }
        return dictionary;
    }

    /** As protocol 2 writes bytes: none, a text and latin1, or bytes. Null of anything else. */
    private PickledBytes bytes(List<Object> arguments, int at) {
        if (arguments.isEmpty()) {
            return new PickledBytes(new byte[0]);
        }
        if (arguments.size() == 1) {
            return arguments.get(0) instanceof PickledBytes bytes ? bytes : null;
        }
        boolean encoded = arguments.size() == 2
                && arguments.get(0) instanceof String
                && ("latin1".equals(arguments.get(1)) || "latin-1".equals(arguments.get(1)));
        if (!encoded) {
            return null;
        }
        String text = (String) arguments.get(0);
        if (text.chars().anyMatch(character -> character > 0xFF) || !copies(text.length(), at)) {
            return null;
        }
        return new PickledBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Counts what calls copy. Each element took a byte of the pickle, unless lists and texts were recalled, which may be
     * done any number of times.
     */
    private boolean copies(int more, int at) {
        copied += more;
        return copied <= at;
    }

    /** Null, so that the call stays an inert record, if an element cannot be one of a set here. */
    private Set<Object> set(List<Object> arguments, int at) {
        Set<Object> set = new LinkedHashSet<>();
        if (arguments.isEmpty()) {
            return set;
        }
        if (!(arguments.get(0) instanceof List<?> elements)) {
            return null;
        }
        if (!copies(elements.size(), at)) {
            return null;
        }
        for (Object element : elements) {
            if (!PickleKeys.isKey(element) || !PickleKeys.fits(element, set)) {
                return null;
            }
            set.add(element);
        }
        return set;
    }

    /** Null, so that the call stays an inert record, if the elements are of a type without a counterpart. */
    private Object tensor(List<Object> arguments, PickledGlobal type, int at) throws IOException {
        if (!arguments.isEmpty() && arguments.get(0) instanceof PickledObject) {
            return null;
        }
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof TorchStorage storage)
                || !(arguments.get(1) instanceof Long offset)) {
            throw errors.at(at, TorchRule.REBUILD);
        }
        DType dtype =
                storage.dtype() != null ? storage.dtype() : type == null ? null : TorchDTypes.ofDType(type.name());
        if (dtype == null) {
            return null;
        }
        long[] sizes = numbers(arguments.get(2), "the shape", at);
        long[] strides = numbers(arguments.get(3), "the strides", at);
        if (sizes.length != strides.length || sizes.length > MOST_DIMENSIONS) {
            throw errors.at(at, TorchRule.DIMENSIONS, sizes.length, strides.length);
        }
        return tensors.of(view(storage, dtype, offset, sizes, strides, at), at);
    }

    private TorchTensor view(TorchStorage storage, DType dtype, long offset, long[] sizes, long[] strides, int at)
            throws MalformedFileException {
        int[] shape = new int[sizes.length];
        long size = 1;
        for (int i = 0; i < sizes.length; i++) {
            boolean overflows = sizes[i] != 0 && size > Integer.MAX_VALUE / sizes[i];
            if (sizes[i] < 0 || sizes[i] > Integer.MAX_VALUE || strides[i] < 0 || overflows) {
                throw errors.at(at, TorchRule.SHAPE, Arrays.toString(sizes), Arrays.toString(strides));
            }
            shape[i] = (int) sizes[i];
            size *= sizes[i];
        }
        long room = storage.elements() / (storage.dtype() == null ? dtype.bits() / 8 : 1);
        if (offset < 0 || size > 0 && reach(offset, sizes, strides) >= room) {
            throw errors.at(
                    at,
                    TorchRule.REACH,
                    Arrays.toString(sizes),
                    Arrays.toString(strides),
                    offset,
                    room,
                    PickledText.quoted(storage.key()));
        }
        return new TorchTensor(storage, dtype, offset, shape, strides, (int) size);
    }

    /** The last element that a view has; the largest long if it lies beyond. */
    private static long reach(long offset, long[] sizes, long[] strides) {
        long last = offset;
        for (int i = 0; i < sizes.length; i++) {
            long steps = sizes[i] - 1;
            if (steps > 0 && strides[i] > (Long.MAX_VALUE - last) / steps) {
                return Long.MAX_VALUE;
            }
            last += steps * strides[i];
        }
        return last;
    }

    private long[] numbers(Object value, String what, int at) throws MalformedFileException {
        if (!(value instanceof PickledTuple tuple)) {
            throw errors.at(at, TorchRule.NO_TUPLE, what, PickledText.brief(value));
        }
        long[] numbers = new long[tuple.elements().size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(tuple.elements().get(i) instanceof Long number)) {
                throw errors.at(
                        at,
                        TorchRule.NO_INTEGER,
                        what,
                        PickledText.brief(tuple.elements().get(i)));
            }
            numbers[i] = number;
        }
        return numbers;
    }
}

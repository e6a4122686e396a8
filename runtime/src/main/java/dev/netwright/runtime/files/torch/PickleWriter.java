package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes the pickle of a PyTorch file, with only opcodes and globals that {@code weights_only=True} accepts. */
final class PickleWriter {
    private static final int DEEPEST = 100;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Tensor> storages = new ArrayList<>();
    private final Map<Tensor, Integer> keys = new IdentityHashMap<>();
    private int depth;

    byte[] write(Object value) {
        out.write(0x80);
        out.write(2);
        put(value);
        out.write('.');
        return out.toByteArray();
    }

    /** The tensors in the order of their keys. */
    List<Tensor> storages() {
        return storages;
    }

    private void put(Object value) {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "The value to save is nested deeper than " + DEEPEST + ", or contains itself.");
        }
        if (value == null) {
            out.write('N');
        } else if (value instanceof Boolean truth) {
            out.write(truth ? 0x88 : 0x89);
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            put(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            // The decimal a user wrote: 0.1f is 0.1 to PyTorch, not 0.10000000149.
            put(Double.parseDouble(value.toString()));
        } else if (value instanceof String text) {
            put(text);
        } else if (value instanceof Tensor tensor) {
            put(tensor);
        } else if (value instanceof PickledTuple tuple) {
            tuple(tuple.elements().toArray());
        } else if (value instanceof Map<?, ?> map) {
            put(map);
        } else if (value instanceof Collection<?> list) {
            put(list);
        } else {
            throw new IllegalArgumentException("A PyTorch file cannot hold " + PickledText.brief(value) + " of "
                    + value.getClass() + "; it holds tensors, numbers, texts, Booleans, null, lists, tuples and maps.");
        }
        depth--;
    }

    private void put(long value) {
        if (value >= 0 && value < 1 << 8) {
            out.write('K');
            little(1, value);
        } else if (value >= 0 && value < 1 << 16) {
            out.write('M');
            little(2, value);
        } else if (value == (int) value) {
            out.write('J');
            little(4, value);
        } else {
            out.write(0x8a);
            out.write(8);
            little(8, value);
        }
    }

    private void put(double value) {
        out.write('G');
        out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
    }

    private void put(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        little(4, bytes.length);
        out.writeBytes(bytes);
    }

    private void put(Collection<?> list) {
        out.write(']');
        out.write('(');
        list.forEach(this::put);
        out.write('e');
    }

    /** A map of tensors alone is a state dict: an OrderedDict in PyTorch. */
    private void put(Map<?, ?> map) {
        if (map.values().stream().allMatch(Tensor.class::isInstance)) {
            orderedDict();
        } else {
            out.write('}');
        }
        out.write('(');
        map.forEach((key, value) -> {
            put(key);
            put(value);
        });
        out.write('u');
    }

    private void orderedDict() {
        global("collections", "OrderedDict");
        out.write(')');
        out.write('R');
    }

    private void put(Tensor tensor) {
        DType dtype = tensor.dtype();
        String storage = TorchDTypes.storageOf(dtype);
        String name = TorchDTypes.dtypeOf(dtype);
        if (storage == null && name == null) {
            throw new IllegalArgumentException("PyTorch has no elements of type " + dtype + ", as " + tensor + " has.");
        }
        global("torch._utils", storage != null ? "_rebuild_tensor_v2" : "_rebuild_tensor_v3");
        out.write('(');
        storage(tensor, storage);
        put(0L);
        int[] shape = tensor.shape();
        tuple(boxed(shape));
        tuple(boxed(rowMajor(shape)));
        put((Object) Boolean.FALSE);
        orderedDict();
        if (storage == null) {
            global("torch", name);
        }
        out.write('t');
        out.write('R');
    }

    private void storage(Tensor tensor, String type) {
        Integer key = keys.get(tensor);
        if (key == null) {
            key = storages.size();
            keys.put(tensor, key);
            storages.add(tensor);
        }
        out.write('(');
        put("storage");
        if (type != null) {
            global("torch", type);
        } else {
            global("torch.storage", TorchDTypes.UNTYPED);
        }
        put(key.toString());
        put("cpu");
        put(
                type != null
                        ? (long) tensor.size()
                        : (long) tensor.size() * tensor.dtype().bits() / 8);
        out.write('t');
        out.write('Q');
    }

    private void global(String module, String name) {
        out.write('c');
        out.writeBytes((module + '\n' + name + '\n').getBytes(StandardCharsets.US_ASCII));
    }

    private void tuple(Object... elements) {
        out.write('(');
        for (Object element : elements) {
            put(element);
        }
        out.write('t');
    }

    private static Object[] boxed(int[] numbers) {
        Object[] boxed = new Object[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = (long) numbers[i];
        }
        return boxed;
    }

    private static int[] rowMajor(int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= Math.max(1, shape[i]);
        }
        return strides;
    }

    private void little(int width, long value) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        out.write(bytes.array(), 0, width);
    }
}

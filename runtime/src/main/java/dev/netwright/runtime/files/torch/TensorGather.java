package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Makes tensors of views: gathers the elements by their strides, in this machine's byte order. */
final class TensorGather implements TorchPickle.Tensors {
    /** Where the bytes of storages come from. */
    interface Storages {
        /** All bytes of the file's array of that key; as many as the storage says. */
        ByteBuffer bytes(TorchStorage storage, int at) throws IOException;
    }

    /** Views may repeat elements, so a small file could ask for any amount of memory. */
    private static final int LARGEST_MULTIPLE = 16;

    private static final long ALWAYS_ALLOWED = 1 << 20;

    private final TorchErrors errors;
    private final Storages storages;
    private final boolean bigEndian;
    private final Map<TorchTensor, Tensor> made = new HashMap<>();
    private final long allowed;
    private long gathered;

    TensorGather(TorchErrors errors, long fileSize, Storages storages, boolean bigEndian) {
        this.errors = errors;
        this.storages = storages;
        this.bigEndian = bigEndian;
        this.allowed = ALWAYS_ALLOWED + LARGEST_MULTIPLE * fileSize;
    }

    @Override
    public Tensor of(TorchTensor view, int at) throws IOException {
        Tensor known = made.get(view);
        if (known != null) {
            return known;
        }
        long length = (long) view.size() * view.width();
        if (length > Integer.MAX_VALUE - 8) {
            throw errors.at(at, TorchRule.TENSOR_LARGE, length);
        }
        gathered += length;
        if (gathered > allowed) {
            throw errors.at(at, TorchRule.REPEATED, LARGEST_MULTIPLE);
        }
        byte[] bytes = gather(view, storages.bytes(view.storage(), at));
        if (bigEndian) {
            swap(bytes, TorchDTypes.swapped(view.dtype()));
        }
        Tensor tensor = Tensor.view(view.dtype(), ByteBuffer.wrap(bytes), view.shape());
        made.put(view, tensor);
        return tensor;
    }

    private static byte[] gather(TorchTensor view, ByteBuffer storage) {
        int width = view.width();
        byte[] target = new byte[view.size() * width];
        long from = view.storage().first() * view.storage().width() + view.offset() * width;
        if (view.contiguous()) {
            if (target.length > 0) {
                storage.get((int) from, target);
            }
            return target;
        }
        int[] index = new int[view.shape().length];
        for (int to = 0; to < target.length; to += width) {
            storage.get((int) from, target, to, width);
            for (int d = index.length - 1; d >= 0; d--) {
                from += view.strides()[d] * width;
                if (++index[d] < view.shape()[d]) {
                    break;
                }
                from -= view.strides()[d] * view.shape()[d] * width;
                index[d] = 0;
            }
        }
        return target;
    }

    private static void swap(byte[] bytes, int width) {
        for (int from = 0; from < bytes.length; from += width) {
            for (int i = from, j = from + width - 1; i < j; i++, j--) {
                byte swapped = bytes[i];
                bytes[i] = bytes[j];
                bytes[j] = swapped;
            }
        }
    }
}

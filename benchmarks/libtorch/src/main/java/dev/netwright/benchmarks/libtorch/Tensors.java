package dev.netwright.benchmarks.libtorch;

import dev.netwright.benchmarks.harness.Job;
import dev.netwright.runtime.DType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Between Java's arrays and libtorch's tensors. */
final class Tensors {
    /** The setting's name of each memory format. */
    static final Map<String, MemoryFormat> LAYOUTS = layouts();

    private Tensors() {}

    private static Map<String, MemoryFormat> layouts() {
        Map<String, MemoryFormat> layouts = new LinkedHashMap<>();
        layouts.put("nchw", MemoryFormat.Contiguous);
        layouts.put("channels_last", MemoryFormat.ChannelsLast);
        return layouts;
    }

    static Tensor of(float[] values, String layout, long... shape) {
        Tensor tensor = Tensor.create(values, shape);
        return shape.length == 4 ? tensor.contiguous(LAYOUTS.getOrDefault(layout, MemoryFormat.Contiguous)) : tensor;
    }

    static Tensor of(int[] labels) {
        return Tensor.create(IntStream.of(labels).asLongStream().toArray(), labels.length);
    }

    /** The tensors of a state dict; counters are left out. */
    static Map<String, Tensor> of(Map<String, dev.netwright.runtime.Tensor> state, String layout) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        state.forEach((key, value) -> {
            if (value.dtype() == DType.F32) {
                tensors.put(key, of(value.toArray(), layout, longs(value.shape())));
            }
        });
        return tensors;
    }

    static long[] longs(int... sizes) {
        return IntStream.of(sizes).asLongStream().toArray();
    }

    static long[] batch(int n, int... sample) {
        return LongStream.concat(LongStream.of(n), IntStream.of(sample).asLongStream())
                .toArray();
    }

    /** At most a thousand elements, evenly spread, in NCHW order. */
    static double[] sampled(Tensor tensor) {
        Tensor flat = torch.flatten(tensor.detach().contiguous());
        float[] values = new float[(int) flat.numel()];
        new FloatPointer(flat.data_ptr_float()).get(values);
        return Job.sampled(values, values.length);
    }
}

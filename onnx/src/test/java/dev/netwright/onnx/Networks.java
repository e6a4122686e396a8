package dev.netwright.onnx;

import dev.netwright.onnx.networks.ActivationsModel;
import dev.netwright.onnx.networks.AdaptivePoolsModel;
import dev.netwright.onnx.networks.AttentionsModel;
import dev.netwright.onnx.networks.AveragePoolsModel;
import dev.netwright.onnx.networks.CifarNetModel;
import dev.netwright.onnx.networks.ComposedModel;
import dev.netwright.onnx.networks.ConvolutionsModel;
import dev.netwright.onnx.networks.EmbeddingsModel;
import dev.netwright.onnx.networks.FunctionsModel;
import dev.netwright.onnx.networks.IntegerInputsModel;
import dev.netwright.onnx.networks.JoinsModel;
import dev.netwright.onnx.networks.MaxPoolsModel;
import dev.netwright.onnx.networks.MovesModel;
import dev.netwright.onnx.networks.NormalizationsModel;
import dev.netwright.onnx.networks.PadsModel;
import dev.netwright.onnx.networks.PixelsModel;
import dev.netwright.onnx.networks.ProjectionsModel;
import dev.netwright.onnx.networks.RecurrencesModel;
import dev.netwright.onnx.networks.RowsModel;
import dev.netwright.onnx.networks.SequencesModel;
import dev.netwright.onnx.networks.TransposedConvolutionsModel;
import dev.netwright.onnx.networks.UpsamplesModel;
import dev.netwright.onnx.networks.VolumesModel;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.RowReads;
import dev.netwright.runtime.StepLengths;
import dev.netwright.runtime.Tensor;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The networks that tests export. */
public final class Networks {
    private Networks() {}

    /** The small ones, which hold every layer. */
    public static Stream<Model> small() {
        return Stream.of(
                        ActivationsModel.create(1),
                        AdaptivePoolsModel.create(2),
                        AttentionsModel.create(16),
                        AveragePoolsModel.create(3),
                        CifarNetModel.create(4),
                        ComposedModel.create(12),
                        ConvolutionsModel.create(5),
                        EmbeddingsModel.create(15),
                        FunctionsModel.create(15),
                        IntegerInputsModel.create(9),
                        JoinsModel.create(6),
                        MaxPoolsModel.create(7),
                        MovesModel.create(10),
                        NormalizationsModel.create(8),
                        PadsModel.create(15),
                        PixelsModel.create(16),
                        ProjectionsModel.create(17),
                        RecurrencesModel.create(16),
                        RowsModel.create(13),
                        SequencesModel.create(14),
                        TransposedConvolutionsModel.create(10),
                        UpsamplesModel.create(11),
                        VolumesModel.create(15))
                .map(Networks::unevenly);
    }

    /** Constants would hide a vector that is read for another, so all become random numbers, scales positive ones. */
    public static Model unevenly(Model model) {
        Random random = new Random(model.definition().name().hashCode());
        for (ParameterSpec spec : model.definition().parameters()) {
            if (spec.shape().length == 1) {
                float[] values = new float[spec.shape()[0]];
                for (int i = 0; i < values.length; i++) {
                    values[i] = spec.key().endsWith("running_var") || spec.key().endsWith("weight")
                            ? random.nextFloat(0.5f, 1.5f)
                            : (float) random.nextGaussian() / 4;
                }
                model.parameters().set(spec.key(), Tensor.of(values, spec.shape()));
            }
        }
        return model;
    }

    /** Random values for n samples of an input, in the array that it takes. */
    public static Object samples(long seed, int n, Model model, Port input) {
        float[] floats = samples(seed, n, input.shape());
        if (input.type() == DType.U8) {
            byte[] bytes = new byte[floats.length];
            new Random(seed).nextBytes(bytes);
            return bytes;
        } else if (input.type() == DType.I32) {
            int index = model.definition().inputs().indexOf(input);
            int rows = model.definition().rowReads().stream()
                    .filter(reads -> reads.input() == index)
                    .mapToInt(RowReads::rows)
                    .min()
                    .orElse(0);
            int steps = model.definition().lengths().stream()
                    .filter(lengths -> lengths.input() == index)
                    .mapToInt(StepLengths::steps)
                    .min()
                    .orElse(0);
            int[] ints = new int[floats.length];
            for (int i = 0; i < ints.length; i++) {
                int any = (int) (40 * floats[i]);
                ints[i] = steps > 0 ? 1 + Math.floorMod(any, steps) : rows == 0 ? any : Math.floorMod(any, rows);
            }
            return ints;
        }
        return floats;
    }

    /** Random values for n samples of a shape. */
    public static float[] samples(long seed, int n, int... shape) {
        Random random = new Random(seed);
        float[] values = new float[n * IntStream.of(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * (float) random.nextGaussian();
        }
        return values;
    }
}

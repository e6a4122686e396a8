package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions. */
final class Convolutions {
    private Convolutions() {}

    /** Padding other than by zeros is an operator of its own, before a convolution without padding. */
    static void convolution(LayerNodes layer) {
        int[] kernel = layer.sizes("kernel_size");
        int[] dilation = layer.sizes("dilation");
        Object padding = layer.attributes().value("padding");
        int axes = layer.axes();
        int[] before = padding instanceof String ? new int[axes] : layer.sizes("padding");
        int[] after = before.clone();
        for (int i = 0; i < axes && "same".equals(padding); i++) {
            int reach = dilation[i] * (kernel[i] - 1);
            before[i] = reach / 2;
            after[i] = reach - reach / 2;
        }
        String mode = layer.attributes().text("padding_mode");
        String input = layer.input();
        if (!mode.equals("zeros")) {
            input = Shapes.padded(layer, before, after, mode);
            before = new int[axes];
            after = before;
        }
        layer.result("Conv", inputs(layer, input), attributes(layer, before, after));
    }

    static void transposed(LayerNodes layer) {
        int[] padding = layer.sizes("padding");
        AttributeProto[] common = attributes(layer, padding, padding);
        AttributeProto[] attributes = Arrays.copyOf(common, common.length + 1);
        attributes[common.length] = Attributes.of("output_padding", layer.sizes("output_padding"));
        layer.result("ConvTranspose", inputs(layer, layer.input()), attributes);
    }

    private static List<String> inputs(LayerNodes layer, String input) {
        List<String> inputs = new ArrayList<>(List.of(input, layer.parameter("weight")));
        if (layer.attributes().flag("bias")) {
            inputs.add(layer.parameter("bias"));
        }
        return inputs;
    }

    private static AttributeProto[] attributes(LayerNodes layer, int[] before, int[] after) {
        return new AttributeProto[] {
            Attributes.of("kernel_shape", layer.sizes("kernel_size")),
            Attributes.of("strides", layer.sizes("stride")),
            Attributes.of("pads", Windows.pads(before, after)),
            Attributes.of("dilations", layer.sizes("dilation")),
            Attributes.of("group", layer.attributes().integer("groups"))
        };
    }
}

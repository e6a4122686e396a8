package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions. */
final class Convolutions {
    private Convolutions() {}

    /** Padding other than by zeros is an operator of its own, before a convolution without padding. */
    static void conv2d(LayerNodes layer) {
        int[] kernel = layer.pair("kernel_size");
        int[] dilation = layer.pair("dilation");
        Object padding = layer.attributes().value("padding");
        int[] before = padding instanceof String ? new int[2] : layer.pair("padding");
        int[] after = before;
        if ("same".equals(padding)) {
            int[] span = {dilation[0] * (kernel[0] - 1), dilation[1] * (kernel[1] - 1)};
            before = new int[] {span[0] / 2, span[1] / 2};
            after = new int[] {span[0] - before[0], span[1] - before[1]};
        }
        String mode = layer.attributes().text("padding_mode");
        String input = layer.input();
        if (!mode.equals("zeros")) {
            input = Shapes.padded(layer, before, after, mode);
            before = new int[2];
            after = before;
        }
        layer.result("Conv", inputs(layer, input), attributes(layer, before, after));
    }

    static void transposed(LayerNodes layer) {
        int[] padding = layer.pair("padding");
        AttributeProto[] common = attributes(layer, padding, padding);
        AttributeProto[] attributes = Arrays.copyOf(common, common.length + 1);
        attributes[common.length] = Attributes.of("output_padding", layer.pair("output_padding"));
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
            Attributes.of("kernel_shape", layer.pair("kernel_size")),
            Attributes.of("strides", layer.pair("stride")),
            Attributes.of("pads", Windows.pads(before, after)),
            Attributes.of("dilations", layer.pair("dilation")),
            Attributes.of("group", layer.attributes().integer("groups"))
        };
    }
}

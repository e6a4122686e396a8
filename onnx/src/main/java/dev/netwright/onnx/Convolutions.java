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
        PrintedArguments arguments = layer.arguments();
        int[] kernel = arguments.pair("kernel_size", 1);
        int[] dilation = arguments.pair("dilation", 1);
        int[] before = arguments.isText("padding", "same", "valid") ? new int[2] : arguments.pair("padding", 0);
        int[] after = before;
        if (arguments.isText("padding", "same")) {
            int[] span = {dilation[0] * (kernel[0] - 1), dilation[1] * (kernel[1] - 1)};
            before = new int[] {span[0] / 2, span[1] / 2};
            after = new int[] {span[0] - before[0], span[1] - before[1]};
        }
        String mode = arguments.text("padding_mode", "zeros");
        String input = layer.input();
        if (!mode.equals("zeros")) {
            input = Shapes.padded(layer, before, after, mode);
            before = new int[2];
            after = before;
        }
        layer.result("Conv", inputs(layer, input), attributes(arguments, before, after));
    }

    static void transposed(LayerNodes layer) {
        PrintedArguments arguments = layer.arguments();
        int[] padding = arguments.pair("padding", 0);
        AttributeProto[] common = attributes(arguments, padding, padding);
        AttributeProto[] attributes = Arrays.copyOf(common, common.length + 1);
        attributes[common.length] = Attributes.of("output_padding", arguments.pair("output_padding", 0));
        layer.result("ConvTranspose", inputs(layer, layer.input()), attributes);
    }

    private static List<String> inputs(LayerNodes layer, String input) {
        List<String> inputs = new ArrayList<>(List.of(input, layer.parameter("weight")));
        if (layer.arguments().flag("bias", true)) {
            inputs.add(layer.parameter("bias"));
        }
        return inputs;
    }

    private static AttributeProto[] attributes(PrintedArguments arguments, int[] before, int[] after) {
        return new AttributeProto[] {
            Attributes.of("kernel_shape", arguments.pair("kernel_size", 1)),
            Attributes.of("strides", arguments.pair("stride", 1)),
            Attributes.of("pads", Windows.pads(before, after)),
            Attributes.of("dilations", arguments.pair("dilation", 1)),
            Attributes.of("group", arguments.has("groups") ? arguments.integer("groups") : 1)
        };
    }
}

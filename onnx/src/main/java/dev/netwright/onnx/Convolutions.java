package dev.netwright.onnx;

import dev.netwright.onnx.proto.AttributeProto;
import java.util.ArrayList;
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
        List<String> inputs = new ArrayList<>(List.of(input, layer.parameter("weight")));
        if (arguments.flag("bias", true)) {
            inputs.add(layer.parameter("bias"));
        }
        List<AttributeProto> attributes = List.of(
                Attributes.of("kernel_shape", kernel),
                Attributes.of("strides", arguments.pair("stride", 1)),
                Attributes.of("pads", Windows.pads(before, after)),
                Attributes.of("dilations", dilation),
                Attributes.of("group", arguments.has("groups") ? arguments.integer("groups") : 1));
        layer.result("Conv", inputs, attributes.toArray(AttributeProto[]::new));
    }
}

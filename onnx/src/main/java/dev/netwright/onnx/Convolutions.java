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
        PrintedArguments arguments = layer.arguments();
        int axes = Windows.axes(layer);
        int[] kernel = arguments.sizes("kernel_size", axes, 1);
        int[] dilation = arguments.sizes("dilation", axes, 1);
        boolean named = arguments.isText("padding", "same", "valid");
        int[] before = named ? new int[axes] : arguments.sizes("padding", axes, 0);
        int[] after = before.clone();
        for (int i = 0; i < axes && arguments.isText("padding", "same"); i++) {
            int reach = dilation[i] * (kernel[i] - 1);
            before[i] = reach / 2;
            after[i] = reach - reach / 2;
        }
        String mode = arguments.text("padding_mode", "zeros");
        String input = layer.input();
        if (!mode.equals("zeros")) {
            input = Shapes.padded(layer, before, after, mode);
            before = new int[axes];
            after = before;
        }
        layer.result("Conv", inputs(layer, input), attributes(layer, before, after));
    }

    static void transposed(LayerNodes layer) {
        PrintedArguments arguments = layer.arguments();
        int axes = Windows.axes(layer);
        int[] padding = arguments.sizes("padding", axes, 0);
        AttributeProto[] common = attributes(layer, padding, padding);
        AttributeProto[] attributes = Arrays.copyOf(common, common.length + 1);
        attributes[common.length] = Attributes.of("output_padding", arguments.sizes("output_padding", axes, 0));
        layer.result("ConvTranspose", inputs(layer, layer.input()), attributes);
    }

    private static List<String> inputs(LayerNodes layer, String input) {
        List<String> inputs = new ArrayList<>(List.of(input, layer.parameter("weight")));
        if (layer.arguments().flag("bias", true)) {
            inputs.add(layer.parameter("bias"));
        }
        return inputs;
    }

    private static AttributeProto[] attributes(LayerNodes layer, int[] before, int[] after) {
        PrintedArguments arguments = layer.arguments();
        int axes = Windows.axes(layer);
        return new AttributeProto[] {
            Attributes.of("kernel_shape", arguments.sizes("kernel_size", axes, 1)),
            Attributes.of("strides", arguments.sizes("stride", axes, 1)),
            Attributes.of("pads", Windows.pads(before, after)),
            Attributes.of("dilations", arguments.sizes("dilation", axes, 1)),
            Attributes.of("group", arguments.has("groups") ? arguments.integer("groups") : 1)
        };
    }
}

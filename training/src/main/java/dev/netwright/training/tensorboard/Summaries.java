package dev.netwright.training.tensorboard;

import com.google.protobuf.ByteString;
import dev.netwright.training.tensorboard.proto.DataType;
import dev.netwright.training.tensorboard.proto.Summary;
import dev.netwright.training.tensorboard.proto.SummaryMetadata;
import dev.netwright.training.tensorboard.proto.TensorProto;
import dev.netwright.training.tensorboard.proto.TensorShapeProto;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The messages of the simple kinds of content. */
final class Summaries {
    private Summaries() {}

    static Summary.Value scalar(String tag, double value, ScalarFormat format) {
        Summary.Value.Builder summary = Summary.Value.newBuilder().setTag(tag);
        if (format == ScalarFormat.SIMPLE) {
            return summary.setSimpleValue((float) value).build();
        }
        TensorProto.Builder tensor =
                summary.setMetadata(plugin("scalars", ByteString.EMPTY)).getTensorBuilder();
        if (format == ScalarFormat.FLOAT) {
            tensor.setDtype(DataType.DT_FLOAT).addFloatVal((float) value);
        } else {
            tensor.setDtype(DataType.DT_DOUBLE).addDoubleVal(value);
        }
        return summary.build();
    }

    static Summary.Value text(String tag, String text) {
        return Summary.Value.newBuilder()
                .setTag(tag + "/text_summary")
                .setMetadata(plugin("text", ByteString.EMPTY))
                .setTensor(TensorProto.newBuilder()
                        .setDtype(DataType.DT_STRING)
                        .setTensorShape(shape(1))
                        .addStringVal(ByteString.copyFromUtf8(text)))
                .build();
    }

    static Summary.Value image(String tag, BufferedImage image) {
        return Summary.Value.newBuilder()
                .setTag(tag)
                .setImage(Summary.Image.newBuilder()
                        .setHeight(image.getHeight())
                        .setWidth(image.getWidth())
                        .setColorspace(image.getColorModel().getNumComponents())
                        .setEncodedImageString(ByteString.copyFrom(png(image))))
                .build();
    }

    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "png", bytes)) {
                throw new IllegalStateException("This JVM has no PNG writer for an image of type " + image.getType()
                        + ". Draw it into one of BufferedImage.TYPE_INT_RGB.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static SummaryMetadata plugin(String name, ByteString content) {
        return SummaryMetadata.newBuilder()
                .setPluginData(SummaryMetadata.PluginData.newBuilder()
                        .setPluginName(name)
                        .setContent(content))
                .build();
    }

    static TensorShapeProto shape(long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return shape.build();
    }
}

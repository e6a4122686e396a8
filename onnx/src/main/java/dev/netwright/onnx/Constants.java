package dev.netwright.onnx;

import com.google.protobuf.ByteString;
import dev.netwright.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors that are part of a node, not of the state dict. */
final class Constants {
    private Constants() {}

    /** Of the given shape; none for a scalar. */
    static TensorProto floats(float[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(bytes));
        for (int size : shape) {
            tensor.addDims(size);
        }
        return tensor.build();
    }

    static TensorProto integers(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putLong(value);
        }
        return TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(bytes.flip()))
                .build();
    }
}

package dev.netwright.onnx;

import com.google.protobuf.ByteString;
import dev.netwright.onnx.proto.AttributeProto;
import dev.netwright.onnx.proto.AttributeProto.AttributeType;
import dev.netwright.onnx.proto.TensorProto;
import java.util.List;

/** Attributes of nodes. */
final class Attributes {
    private Attributes() {}

    static AttributeProto of(String name, double value) {
        return named(name, AttributeType.FLOAT).setF((float) value).build();
    }

    static AttributeProto of(String name, long value) {
        return named(name, AttributeType.INT).setI(value).build();
    }

    static AttributeProto of(String name, String value) {
        return named(name, AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto of(String name, List<String> values) {
        AttributeProto.Builder attribute = named(name, AttributeType.STRINGS);
        values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return attribute.build();
    }

    static AttributeProto of(String name, int... values) {
        AttributeProto.Builder attribute = named(name, AttributeType.INTS);
        for (int value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto of(String name, TensorProto value) {
        return named(name, AttributeType.TENSOR).setT(value).build();
    }

    private static AttributeProto.Builder named(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}

package dev.netwright.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.netwright.onnx.proto.GraphProto;
import dev.netwright.onnx.proto.ModelProto;
import dev.netwright.onnx.proto.TensorProto;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The bytes of a file. Initialisers are written one by one behind the rest of the graph, so that of a network with half
 * a gigabyte of weights no second copy is made.
 */
final class OnnxFile {
    /** Also of the memory outside the heap that a channel copies each write to. */
    private static final int BUFFER = 1 << 16;

    private final ModelProto head;
    private final GraphProto graph;
    private final List<ParameterSpec> initialisers;

    /**
     * A file.
     *
     * @param head everything but the graph
     * @param graph everything but the initialisers
     * @param initialisers which parameters and buffers are written
     */
    OnnxFile(ModelProto head, GraphProto graph, List<ParameterSpec> initialisers) {
        this.head = head;
        this.graph = graph;
        this.initialisers = initialisers;
    }

    /** Refuses what no reader of protocol buffers takes. */
    void checkSize(String network) {
        long graphSize = graphSize();
        long size = head.getSerializedSize() + headerSize(ModelProto.GRAPH_FIELD_NUMBER, graphSize) + graphSize;
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The ONNX file of " + network + " would have " + size
                    + " bytes, but the format allows " + Integer.MAX_VALUE
                    + ". Save the model as safetensors, with model.save(path), which has no such limit.");
        }
    }

    void write(WritableByteChannel channel, Parameters parameters) throws IOException {
        CodedOutputStream out = CodedOutputStream.newInstance(Channels.newOutputStream(channel), BUFFER);
        head.writeTo(out);
        writeHeader(out, ModelProto.GRAPH_FIELD_NUMBER, graphSize());
        graph.writeTo(out);
        for (ParameterSpec spec : initialisers) {
            TensorProto tensor = withoutData(spec);
            long bytes = bytes(spec);
            writeHeader(out, GraphProto.INITIALIZER_FIELD_NUMBER, tensorSize(spec));
            tensor.writeTo(out);
            writeHeader(out, TensorProto.RAW_DATA_FIELD_NUMBER, bytes);
            writeData(out, parameters.get(spec.key()).toBytes());
        }
        out.flush();
    }

    private static void writeData(CodedOutputStream out, byte[] data) throws IOException {
        for (int from = 0; from < data.length; from += BUFFER) {
            out.write(data, from, Math.min(BUFFER, data.length - from));
        }
    }

    private static void writeHeader(CodedOutputStream out, int field, long size) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(Math.toIntExact(size));
    }

    private long graphSize() {
        long size = graph.getSerializedSize();
        for (ParameterSpec spec : initialisers) {
            long tensor = tensorSize(spec);
            size += headerSize(GraphProto.INITIALIZER_FIELD_NUMBER, tensor) + tensor;
        }
        return size;
    }

    private static long tensorSize(ParameterSpec spec) {
        long bytes = bytes(spec);
        return withoutData(spec).getSerializedSize() + headerSize(TensorProto.RAW_DATA_FIELD_NUMBER, bytes) + bytes;
    }

    private static int headerSize(int field, long size) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt64SizeNoTag(size);
    }

    private static long bytes(ParameterSpec spec) {
        return Float.BYTES * IntStream.of(spec.shape()).asLongStream().reduce(1, Math::multiplyExact);
    }

    private static TensorProto withoutData(ParameterSpec spec) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(spec.key()).setDataType(TensorProto.DataType.FLOAT_VALUE);
        IntStream.of(spec.shape()).forEach(tensor::addDims);
        return tensor.build();
    }
}

package dev.netwright.onnx;

import dev.netwright.onnx.proto.GraphProto;
import dev.netwright.onnx.proto.ModelProto;
import dev.netwright.onnx.proto.OperatorSetIdProto;
import dev.netwright.onnx.proto.StringStringEntryProto;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.files.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes models as ONNX files, which ONNX Runtime and many other programs run.
 *
 * <pre>{@code
 * OnnxExporter.export(net, Path.of("cifar.onnx"));
 * }</pre>
 *
 * <p>A file holds the network in evaluation mode: batch normalisation uses its running statistics, dropout does
 * nothing, losses are left out. Inputs and outputs have their declared names and the shape {@code [batch, ...]} with
 * any batch size. Initialisers have the names, shapes and order of the state dict; {@code num_batches_tracked}, which
 * no operator reads, is not among them. Operators are of opset 20, the format is IR version 9; the metadata gives
 * network, version and fingerprint.
 */
public final class OnnxExporter {
    /** Of the operators: the first with GELU. */
    private static final int OPSET = 20;
    /** Of the file, published together with the opset. */
    private static final int IR_VERSION = 9;

    private OnnxExporter() {}

    /**
     * Writes a model with its present weights, crash-safe. No training step of the model may run meanwhile.
     *
     * @param model the model, which is only read
     * @param path the file; its folder must exist
     * @throws IllegalArgumentException if the network has a layer that has no form in ONNX, or the file would be larger
     *     than the 2 GB that the format allows; an old file is then unchanged
     * @throws IOException if it cannot be written; an old file is then unchanged
     */
    public static void export(Model model, Path path) throws IOException {
        Objects.requireNonNull(path, "path");
        ModelDefinition definition = model.definition();
        GraphBuilder builder = new GraphBuilder(definition);
        GraphProto graph = builder.build();
        ModelProto head = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("Netwright")
                .setProducerVersion(definition.version())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .addMetadataProps(entry("netwright.network", definition.name()))
                .addMetadataProps(entry("netwright.version", definition.version()))
                .addMetadataProps(entry("netwright.fingerprint", model.fingerprint()))
                .build();
        OnnxFile file = new OnnxFile(head, graph, builder.initialisers());
        file.checkSize(definition.name());
        AtomicFile.write(path, channel -> file.write(channel, model.parameters()));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}

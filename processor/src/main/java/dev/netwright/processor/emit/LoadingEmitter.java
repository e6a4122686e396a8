package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.OPTIONS;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.emit.NetworkFacts.CompiledWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.lang.model.element.Modifier;

/** The methods that make a network with the weights of a file, without drawing any first. */
final class LoadingEmitter {
    private static final String RETURNS = "@return the network, with 0 as the seed of dropout\n";
    private static final String THROWS = "@throws IOException if it cannot be read; a MalformedFileException if it is"
            + " damaged\n@throws IllegalArgumentException if structure, keys or shapes differ\n";

    private final GeneratedNames names;
    private final CompiledWeights weights;

    /** @param weights those that the network was compiled with, or null */
    LoadingEmitter(GeneratedNames names, CompiledWeights weights) {
        this.names = names;
        this.weights = weights;
    }

    void addTo(TypeSpec.Builder type) {
        String of = "A new network with the weights of a file: safetensors with a state dict or a whole model of this\n"
                + "structure, or what PyTorch saved. {@code loadStateDict} loads into a network that exists.\n\n";
        String as = "As {@link #load(Path)}";
        type.addMethod(method(Path.class, "path")
                .addJavadoc(of + "@param path the file\n" + RETURNS + THROWS)
                .addStatement("return load(path, $T.options())", names.definition())
                .build());
        type.addMethod(loaded(
                method(Path.class, "path")
                        .addJavadoc(as + ", with options.\n\n@param path the file\n@param options threads\n" + RETURNS
                                + THROWS)
                        .addParameter(OPTIONS, "options")
                        .addStatement("$1T model = new $1T(0, options)", names.model()),
                "path"));
        type.addMethod(loaded(
                method(InputStream.class, "in")
                        .addJavadoc(
                                as + ", of a stream.\n\n@param in read to its end and left open\n" + RETURNS + THROWS)
                        .addStatement("$1T model = new $1T(0, $2T.options())", names.model(), names.definition()),
                "in"));
        type.addMethod(loaded(
                method(ByteBuffer.class, "buffer")
                        .addJavadoc(as + ", of a buffer.\n\n@param buffer read from its position to its limit\n"
                                + RETURNS + THROWS)
                        .addStatement("$1T model = new $1T(0, $2T.options())", names.model(), names.definition()),
                "buffer"));
        if (weights != null) {
            addCompiled(type);
        }
    }

    /** The network with the weights that it was checked against. */
    private void addCompiled(TypeSpec.Builder type) {
        String thrown =
                "@throws IllegalStateException if the file is not on the class path, or has other keys, types or\n"
                        + "    shapes than when the network was compiled\n"
                        + "@throws IllegalArgumentException if it is a whole model of another structure\n@throws java.io.UncheckedIOException if it cannot be read\n";
        type.addMethod(MethodSpec.methodBuilder("create")
                .addJavadoc(
                        "A new network with the weights of {@code $L}, a resource that it was compiled with.\n\n"
                                + RETURNS + thrown,
                        SourceText.comment(weights.name()))
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(names.model())
                .addStatement("return create($T.options())", names.definition())
                .build());
        MethodSpec.Builder method = MethodSpec.methodBuilder("create")
                .addJavadoc("As {@link #create()}, with options.\n\n@param options threads\n" + RETURNS + thrown)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(OPTIONS, "options")
                .returns(names.model())
                .addStatement("$1T model = new $1T(0, options)", names.model());
        if (!weights.strict()) {
            method.addStatement("model.initialize(0)");
        }
        type.addMethod(method.addStatement("model.loadWeights($T.weights())", names.definition())
                .addStatement("return model")
                .build());
    }

    private MethodSpec.Builder method(Class<?> source, String name) {
        return MethodSpec.methodBuilder("load")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(source, name)
                .addException(IOException.class)
                .returns(names.model());
    }

    private static MethodSpec loaded(MethodSpec.Builder method, String source) {
        return method.addStatement("model.loadStateDict($L)", source)
                .addStatement("return model")
                .build();
    }
}

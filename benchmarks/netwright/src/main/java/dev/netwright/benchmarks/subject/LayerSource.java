package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.LayerShape;
import dev.netwright.benchmarks.harness.Module;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Source of the networks of one layer: a declaration for each, and what hides the generated classes behind a face. */
final class LayerSource {
    static final String PACKAGE = "dev.netwright.benchmarks.layers";

    /** The same arrays come again and again: each is converted once. */
    private static final String INDICES = """
                private final java.util.Map<float[], int[]> known = new java.util.IdentityHashMap<>();

                private int[] indices(float[] x) {
                    int[] indices = known.get(x);
                    if (indices == null) {
                        indices = new int[x.length];
                        for (int i = 0; i < x.length; i++) {
                            indices[i] = (int) x[i];
                        }
                        known.put(x, indices);
                    }
                    return indices;
                }
            """;

    private LayerSource() {}

    /** Annotation and input of a convolution, or of a fully connected layer if the picture has one pixel. */
    static Declaration of(LayerShape s) {
        if (s.size() == 1) {
            return new Declaration("" + s.channels(), "Linear(outFeatures = " + s.outChannels() + ")");
        }
        return new Declaration(
                s.channels() + ", " + s.size() + ", " + s.size(),
                "Conv2d(outChannels = " + s.outChannels() + ", kernelSize = " + s.kernel() + ", stride = " + s.stride()
                        + ", padding = " + s.padding() + ", groups = " + s.groups() + ")");
    }

    /** What a text is that the driver sends: a module, or the shape of a convolution or a fully connected layer. */
    static Declaration of(String text) {
        if (Module.isModule(text)) {
            Module module = Module.parse(text);
            return new Declaration(module.input(), module.annotation(), module.rows() > 0, false);
        }
        return of(LayerShape.parse(text));
    }

    /** Sources by simple class name. */
    static Map<String, String> classes(Declaration declaration) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (boolean inputGradient : new boolean[] {false, true}) {
            String name = inputGradient ? "Both" : "Weights";
            sources.put(name, network(name, declaration, inputGradient));
            sources.put(name + "Face", face(name, inputGradient, declaration.indices()));
        }
        sources.put("LayerFactory", factory());
        return sources;
    }

    /**
     * What is declared.
     *
     * @param input sizes of one sample's input
     * @param annotation without its at sign
     * @param indices whether the input is of integers, which have no gradient
     * @param pooled whether a max pool of 2 x 2 is behind it
     */
    record Declaration(String input, String annotation, boolean indices, boolean pooled) {
        Declaration(String input, String annotation) {
            this(input, annotation, false, false);
        }

        Declaration withPool() {
            return new Declaration(input, annotation, indices, true);
        }

        private String inputs(boolean inputGradient) {
            return indices
                    ? "@Network @dev.netwright.annotations.Input(name = \"input\", shape = {" + input
                            + "}, type = dev.netwright.annotations.InputType.INT32)"
                    : "@Network(input = {" + input + "}, inputGradient = " + inputGradient + ")";
        }

        private String annotationName() {
            return annotation.substring(0, annotation.indexOf('('));
        }

        private String pool() {
            return pooled ? " @dev.netwright.annotations.MaxPool2d(kernelSize = 2) Layer pool;" : "";
        }
    }

    private static String network(String name, Declaration declaration, boolean inputGradient) {
        return String.format(
                Locale.ROOT,
                """
                package %s;

                import dev.netwright.annotations.%s;
                import dev.netwright.annotations.Layer;
                import dev.netwright.annotations.Network;

                %s
                class %s {
                    @%s Layer layer;%s
                }
                """,
                PACKAGE,
                declaration.annotationName(),
                declaration.inputs(inputGradient),
                name,
                declaration.annotation(),
                declaration.pool());
    }

    private static String face(String name, boolean inputGradient, boolean indices) {
        return String.format(
                Locale.ROOT,
                """
                package %1$s;

                import dev.netwright.benchmarks.subject.OneLayer;
                import dev.netwright.runtime.Model;
                import dev.netwright.runtime.Options;

                final class %2$sFace implements OneLayer {
                    private final %2$sModel net;
                %4$s
                    %2$sFace(Options options) {
                        net = %2$sModel.create(42, options);
                    }

                    @Override
                    public Model model() {
                        return net;
                    }

                    @Override
                    public void predict(float[] x, int n, float[] y) {
                        net.predict(%5$s, n, y);
                    }

                    @Override
                    public float[] forward(float[] x, int n) {
                        return net.forward(%5$s, n);
                    }

                    @Override
                    public void backward(float[] g, int n) {
                        net.backward(g, n);
                    }

                    @Override
                    public float[] inputGradient() {
                        %3$s
                    }
                }
                """,
                PACKAGE,
                name,
                inputGradient && !indices
                        ? "return net.inputGradient().toArray();"
                        : "throw new UnsupportedOperationException();",
                indices ? INDICES : "",
                indices ? "indices(x)" : "x");
    }

    private static String factory() {
        return String.format(Locale.ROOT, """
                package %s;

                import dev.netwright.benchmarks.subject.OneLayer;
                import dev.netwright.runtime.Options;

                public final class LayerFactory implements OneLayer.Factory {
                    @Override
                    public OneLayer create(Options options) {
                        return new WeightsFace(options);
                    }

                    @Override
                    public OneLayer withInputGradient(Options options) {
                        return new BothFace(options);
                    }
                }
                """, PACKAGE);
    }
}

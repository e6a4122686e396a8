package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.layer.MultiheadAttention;
import dev.netwright.processor.graph.layer.Transformer;
import dev.netwright.processor.reference.ReferenceGradients.Gradients;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An encoder or decoder layer of a transformer, part by part. */
final class ReferenceTransformer {
    private final Transformer layer;
    private final ReferenceTape tape;
    private final int features;
    private final boolean bias;

    private ReferenceTransformer(Transformer layer, Call call) {
        this.layer = layer;
        this.tape = new ReferenceTape(call);
        this.features = layer.rows().size(1);
        this.bias = ReferenceAttention.flag(layer, "bias");
    }

    static double[] forward(Layer layer, Call call) {
        return new ReferenceTransformer((Transformer) layer, call)
                .run()
                .outputs()
                .get(0);
    }

    static Gradients gradients(Layer layer, Call call, double[] gradient) {
        return new ReferenceTransformer((Transformer) layer, call).run().gradients(List.of(gradient));
    }

    private ReferenceTape run() {
        List<ReferenceTape.Node> inputs = new ArrayList<>(tape.inputs());
        boolean decoder = layer.memory() != null;
        double[] memoryLengths = decoder && ReferenceAttention.flag(layer, "memory_lengths")
                ? inputs.remove(inputs.size() - 1).y()
                : null;
        double[] lengths = ReferenceAttention.flag(layer, "lengths")
                ? inputs.remove(inputs.size() - 1).y()
                : null;
        ReferenceTape.Node mask = layer.mask() == null ? null : inputs.get(decoder ? 2 : 1);
        ReferenceTape.Node x = added(inputs.get(0), 1, each -> attended("self_attn", each, each, mask, lengths));
        if (decoder) {
            ReferenceTape.Node memory = inputs.get(1);
            ReferenceTape.Node ofMemory = layer.memoryMask() == null ? null : inputs.get(3);
            x = added(x, 2, each -> attended("multihead_attn", each, memory, ofMemory, memoryLengths));
        }
        return tape.end(added(x, decoder ? 3 : 2, this::transformed));
    }

    private ReferenceTape.Node attended(
            String key, ReferenceTape.Node rows, ReferenceTape.Node keys, ReferenceTape.Node mask, double[] lengths) {
        ReferenceAttention.Read read = new ReferenceAttention.Read(rows, keys, keys, mask, lengths);
        return ReferenceAttention.heads(tape, attention(key), key + ".", read).output();
    }

    private MultiheadAttention attention(String key) {
        return layer.children().stream()
                .filter(child -> child.key().equals(key))
                .map(child -> (MultiheadAttention) child.layer())
                .findFirst()
                .orElseThrow();
    }

    private ReferenceTape.Node added(ReferenceTape.Node x, int number, UnaryOperator<ReferenceTape.Node> part) {
        boolean first = ReferenceAttention.flag(layer, "norm_first");
        ReferenceTape.Node sum = tape.plus(x, dropped(part.apply(first ? norm(x, number) : x)));
        return first ? sum : norm(sum, number);
    }

    private ReferenceTape.Node dropped(ReferenceTape.Node x) {
        return ReferenceAttention.dropped(tape, x, (Double) ReferenceAttributes.of(layer, "dropout"));
    }

    private ReferenceTape.Node norm(ReferenceTape.Node x, int number) {
        double eps = (Double) ReferenceAttributes.of(layer, "layer_norm_eps");
        String name = "norm" + number;
        return tape.norm(x, features, eps, name + ".weight", bias ? name + ".bias" : null);
    }

    private ReferenceTape.Node transformed(ReferenceTape.Node x) {
        int inner = (Integer) ReferenceAttributes.of(layer, "dim_feedforward");
        ReferenceTape.Node wide = tape.linear(x, features, inner, "linear1.weight", 0, bias ? "linear1.bias" : null, 0);
        ReferenceTape.Node active = ReferenceAttributes.of(layer, "activation").equals("gelu")
                ? tape.each(
                        wide,
                        each -> each / 2 * (1 + rounded(each)),
                        each -> ReferenceGradients.gelu(each, rounded(each)))
                : tape.each(wide, each -> tape.call().side(each > 0) ? each : 0, each -> each > 0 ? 1 : 0);
        return tape.linear(dropped(active), inner, features, "linear2.weight", 0, bias ? "linear2.bias" : null, 0);
    }

    /** The error function, from which something is taken: where both are nearly 1, little is left. */
    private double rounded(double x) {
        return tape.call().round(ReferenceLayers.geluErf(x));
    }
}

package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.layer.MultiheadAttention;
import dev.netwright.processor.graph.layer.Transformer;
import dev.netwright.processor.reference.ReferenceGradients.Gradients;
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
        return new ReferenceTransformer((Transformer) layer, call).run().y();
    }

    static Gradients gradients(Layer layer, Call call, double[] gradient) {
        return new ReferenceTransformer((Transformer) layer, call).run().gradients(gradient);
    }

    private ReferenceTape run() {
        List<ReferenceTape.Node> inputs = tape.inputs();
        boolean decoder = layer.memory() != null;
        ReferenceTape.Node mask = layer.mask() == null ? null : inputs.get(decoder ? 2 : 1);
        ReferenceTape.Node x = added(
                inputs.get(0),
                1,
                each -> ReferenceAttention.heads(tape, attention("self_attn"), "self_attn.", each, each, each, mask));
        if (decoder) {
            ReferenceTape.Node memory = inputs.get(1);
            ReferenceTape.Node ofMemory = layer.memoryMask() == null ? null : inputs.get(3);
            x = added(
                    x,
                    2,
                    each -> ReferenceAttention.heads(
                            tape, attention("multihead_attn"), "multihead_attn.", each, memory, memory, ofMemory));
        }
        return tape.end(added(x, decoder ? 3 : 2, this::transformed));
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

    /** All of it, or nothing. */
    private ReferenceTape.Node dropped(ReferenceTape.Node x) {
        boolean all = tape.call().training() && (Double) ReferenceAttention.attribute(layer, "dropout") == 1;
        return all ? tape.each(x, each -> 0, each -> 0) : x;
    }

    private ReferenceTape.Node norm(ReferenceTape.Node x, int number) {
        double eps = (Double) ReferenceAttention.attribute(layer, "layer_norm_eps");
        String name = "norm" + number;
        return tape.norm(x, features, eps, name + ".weight", bias ? name + ".bias" : null);
    }

    private ReferenceTape.Node transformed(ReferenceTape.Node x) {
        int inner = (Integer) ReferenceAttention.attribute(layer, "dim_feedforward");
        ReferenceTape.Node wide = tape.linear(x, features, inner, "linear1.weight", 0, bias ? "linear1.bias" : null, 0);
        ReferenceTape.Node active =
                ReferenceAttention.attribute(layer, "activation").equals("gelu")
                        ? tape.each(
                                wide,
                                each -> each / 2 * (1 + ReferenceLayers.geluErf(each)),
                                each -> (1 + ReferenceLayers.geluErf(each)) / 2
                                        + each * Math.exp(-each * each / 2) / Math.sqrt(2 * Math.PI))
                        : tape.each(wide, each -> tape.call().side(each > 0) ? each : 0, each -> each > 0 ? 1 : 0);
        return tape.linear(dropped(active), inner, features, "linear2.weight", 0, bias ? "linear2.bias" : null, 0);
    }
}

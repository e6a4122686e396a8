package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An encoder or decoder layer of a transformer: attention of rows to themselves, in a decoder then to a memory, then two linear
 * layers; each part is added to its input and normalised.
 *
 * @param rows shape of one sample
 * @param memory what a decoder attends to; null in an encoder
 * @param mask added to the scores of the rows, or null
 * @param memoryMask added to those of the memory, or null
 */
public record Transformer(Shape rows, Shape memory, Shape mask, Shape memoryMask, Options options)
        implements Composite, StepReader {
    /**
     * What is declared.
     *
     * @param inner features between the linear layers
     * @param dropout probability of a zero in all dropouts
     * @param gelu whether the activation is that, and not ReLU
     * @param eps of the normalisations
     * @param normFirst whether the parts' inputs are normalised, and not the sums
     * @param causal whether a row sees those up to its own place only
     * @param ragged whether an input tells how many rows each sample has
     * @param raggedMemory whether one tells it of the memory
     */
    record Options(
            int heads,
            int inner,
            double dropout,
            boolean gelu,
            double eps,
            boolean normFirst,
            boolean bias,
            boolean causal,
            boolean ragged,
            boolean raggedMemory) {}

    static Transformer encoder(Attributes a, List<Shape> all) {
        List<Shape> inputs = all.subList(0, all.size() - (a.isWritten(LENGTHS) ? 1 : 0));
        if (inputs.size() != 1 && inputs.size() != 2) {
            throw LayerException.shape(
                    "from",
                    "%s takes rows, and perhaps a mask, but is given " + inputs.size() + " inputs",
                    "Name one layer, or two, in from.");
        }
        return create(a, inputs.get(0), null, inputs.subList(1, inputs.size()), all);
    }

    static Transformer decoder(Attributes a, List<Shape> all) {
        int lengths = (a.isWritten(LENGTHS) ? 1 : 0) + (a.isWritten(MEMORY_LENGTHS) ? 1 : 0);
        List<Shape> inputs = all.subList(0, all.size() - lengths);
        if (inputs.size() < 2 || inputs.size() > 4) {
            throw LayerException.shape(
                    "from",
                    "%s takes rows and a memory, and perhaps a mask of either, but is given "
                            + Counted.of(inputs.size(), "input"),
                    "Name them: from = {\"target\", \"memory\"}.");
        }
        return create(a, inputs.get(0), inputs.get(1), inputs.subList(2, inputs.size()), all);
    }

    /** @param all that are read, lengths too */
    private static Transformer create(Attributes a, Shape rows, Shape memory, List<Shape> masks, List<Shape> all) {
        MultiheadAttention.checkRows(rows, rows, rows);
        int features = rows.size(1);
        if (a.isWritten("dModel") && a.integer("dModel") != features) {
            throw LayerException.shape(
                    "dModel",
                    "%s expects " + a.sizesText("dModel") + " features but receives " + features,
                    "Write dModel = " + features + ", or leave it out and it is inferred.");
        }
        if (memory != null && (memory.rank() != 2 || memory.size(1) != features)) {
            throw LayerException.shape(
                    "from",
                    "%s needs a memory of length x " + features + ", but receives " + memory,
                    "Give it a memory of as many features as the rows have.");
        }
        Transformer made = new Transformer(
                rows,
                memory,
                masks.isEmpty() ? null : masks.get(0),
                masks.size() < 2 ? null : masks.get(1),
                new Options(
                        MultiheadAttention.heads(a, "nhead", features),
                        Images.atLeastOne(a, "dimFeedforward"),
                        Reals.probability(a, "dropout"),
                        a.text("activation").equals("GELU"),
                        Reals.positive(a, "layerNormEps"),
                        a.flag("normFirst"),
                        a.flag("bias"),
                        a.flag("isCausal"),
                        a.isWritten(LENGTHS),
                        a.isWritten(MEMORY_LENGTHS)));
        Normalising.checkSeveral(null, features, rows);
        made.checkMasks();
        StepReader.limits(a, all, made.limits());
        return made;
    }

    private void checkMasks() {
        attention().checkMask();
        if (memory != null) {
            ofMemory().checkMask();
        }
    }

    @Override
    public List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        if (options.ragged) {
            limits.add(new Limit(LENGTHS, rows.size(0)));
        }
        if (options.raggedMemory) {
            limits.add(new Limit(MEMORY_LENGTHS, memory.size(0)));
        }
        return limits;
    }

    private boolean isDecoder() {
        return memory != null;
    }

    @Override
    public String name() {
        return isDecoder() ? "TransformerDecoderLayer" : "TransformerEncoderLayer";
    }

    @Override
    public Shape output() {
        return rows;
    }

    private MultiheadAttention attention() {
        return attention(rows, mask, options.causal, options.ragged);
    }

    private MultiheadAttention ofMemory() {
        return attention(memory, memoryMask, false, options.raggedMemory);
    }

    private MultiheadAttention attention(Shape keys, Shape added, boolean causal, boolean ragged) {
        return new MultiheadAttention(
                rows,
                keys,
                keys,
                added,
                new MultiheadAttention.Options(
                        options.heads, options.dropout, options.bias, false, false, causal, ragged));
    }

    private Shape inner() {
        return rows.with(1, options.inner);
    }

    private Linear widening() {
        return new Linear(rows, options.inner, options.bias);
    }

    private Linear narrowing() {
        return new Linear(inner(), rows.size(1), options.bias);
    }

    private Layer activation() {
        return options.gelu ? new GELU(inner(), false) : new ReLU(inner());
    }

    private LayerNorm norm() {
        return new LayerNorm(rows, Shape.of(rows.size(1)), options.eps, true, options.bias);
    }

    private Dropout dropout(Shape shape) {
        return new Dropout(shape, options.dropout);
    }

    private int parts() {
        return isDecoder() ? 3 : 2;
    }

    @Override
    public List<Child> children() {
        List<Child> children = new ArrayList<>(List.of(new Child("self_attn", attention())));
        if (isDecoder()) {
            children.add(new Child("multihead_attn", ofMemory()));
        }
        children.add(new Child("linear1", widening()));
        children.add(new Child("dropout", dropout(inner())));
        children.add(new Child("linear2", narrowing()));
        for (int i = 1; i <= parts(); i++) {
            children.add(new Child("norm" + i, norm()));
        }
        for (int i = 1; i <= parts(); i++) {
            children.add(new Child("dropout" + i, dropout(rows)));
        }
        return children;
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                unprinted("d_model", rows.size(1)),
                unprinted("nhead", options.heads),
                unprinted("dim_feedforward", options.inner),
                unprinted("dropout", options.dropout),
                unprinted("activation", options.gelu ? "gelu" : "relu"),
                unprinted("layer_norm_eps", options.eps),
                unprinted("norm_first", options.normFirst).unless(false),
                unprinted("bias", options.bias).unless(true),
                unprinted("is_causal", options.causal).unless(false),
                unprinted(LENGTHS, options.ragged).unless(false),
                unprinted("memory_lengths", options.raggedMemory).unless(false));
    }

    @Override
    public long flops() {
        long all = activation().flops() + (long) parts() * rows.elements();
        for (Child child : children()) {
            all += child.layer().flops();
        }
        return all;
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = added(l, inputs.get(0), 1, each -> attended(l, "self_attn", attention(), mask, inputs, each));
        if (isDecoder()) {
            x = added(l, x, 2, each -> attended(l, "multihead_attn", ofMemory(), memoryMask, inputs, each));
        }
        return added(l, x, parts(), each -> transformed(l, each));
    }

    /** A part with its dropout and its normalisation, which both have its number. */
    private Value added(Lowering l, Value x, int number, UnaryOperator<Value> part) {
        Value before = options.normFirst ? l.part("norm" + number, norm(), x) : x;
        Value kept = l.part("dropout" + number, dropout(rows), part.apply(before));
        Value sum = l.map(".sum" + number, Dual.variable(0).plus(Dual.variable(1)), x, kept);
        return options.normFirst ? sum : l.part("norm" + number, norm(), sum);
    }

    private Value attended(
            Lowering l, String key, MultiheadAttention attention, Shape added, List<Value> inputs, Value x) {
        boolean self = key.equals("self_attn");
        List<Value> read = new ArrayList<>(self ? List.of(x) : List.of(x, inputs.get(1), inputs.get(1)));
        if (added != null) {
            read.add(inputs.get(self && !isDecoder() ? 1 : self ? 2 : 3));
        }
        if (self ? options.ragged : options.raggedMemory) {
            read.add(lengths(inputs, self ? 0 : limits().size() - 1));
        }
        return l.part(key, attention, read.toArray(new Value[0]));
    }

    private Value transformed(Lowering l, Value x) {
        Value wide = l.part("activation", activation(), l.part("linear1", widening(), x));
        return l.part("linear2", narrowing(), l.part("dropout", dropout(inner()), wide));
    }
}

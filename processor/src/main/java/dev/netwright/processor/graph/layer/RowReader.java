package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Initial;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.ParameterDeclaration.Reading;
import dev.netwright.processor.graph.Primitive.GatherGradient;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Collections;
import java.util.List;

/** A layer that reads rows of its weight by the indices in an input of ints. */
public interface RowReader extends Layer {
    /** No row. */
    int NONE = -1;

    int rows();

    int rowLength();

    /** The row whose gradient stays zero, or {@link #NONE}. */
    int padding();

    boolean sparse();

    /** Whether gradients of a row are divided by how often the batch names it. */
    boolean scaled();

    @Override
    default List<ParameterDeclaration> parameters() {
        Initial initial =
                padding() == NONE ? new Initial.Normal(0, 1) : new Initial.NormalWithZeroRow(rowLength(), padding());
        return List.of(new ParameterDeclaration("weight", Shape.of(rows(), rowLength()), Kind.PARAMETER, initial)
                .read(sparse() ? Reading.SPARSE : Reading.ROWS));
    }

    @Override
    default Layer reading(List<Value> inputs) {
        Value indices = inputs.get(0);
        if (indices.type() != ElementType.INT32) {
            String wrong = indices.role() == Value.Role.INPUT
                    ? "an input of " + (indices.type() == ElementType.UINT8 ? "bytes" : "floats")
                    : "what a layer computes";
            throw new LayerException(
                    "from",
                    "%s reads rows by indices, but " + indices.name() + " is " + wrong,
                    "Name an input of ints: type = InputType.INT32.");
        }
        return this;
    }

    /** Nothing flows back to indices. */
    default List<Value> backwardToRows(Lowering l, Value indices, Value gradient) {
        l.gatherGradient(indices, gradient, new GatherGradient(padding(), scaled()), l.parameter("weight"));
        return Collections.singletonList(null);
    }

    /** PyTorch counts the row from the end where it is negative. */
    static int padding(Attributes a, int rows) {
        if (!a.isWritten("paddingIdx")) {
            return NONE;
        }
        int written = a.integer("paddingIdx");
        if (written < -rows || written >= rows) {
            throw LayerException.ofValue(
                            "paddingIdx",
                            "paddingIdx of %s is " + NamedSizes.text(written) + ", but there are " + rows + " rows",
                            "Write a row from 0 to " + (rows - 1) + ", or one from the end, from -1 to -" + rows + ".")
                    .besides("numEmbeddings");
        }
        return Math.floorMod(written, rows);
    }

    /** As in PyTorch, whose sparse gradients hold a row as often as it was named. */
    static boolean scaled(Attributes a) {
        if (a.flag("scaleGradByFreq") && a.flag("sparse")) {
            throw LayerException.ofValue(
                            "scaleGradByFreq",
                            "scaleGradByFreq of %s is true and so is sparse, but PyTorch scales dense gradients alone",
                            "Leave out one of them: gradients that are not sparse are stepped row by row too, where that"
                                    + " gives the same bits.")
                    .besides("sparse");
        }
        return a.flag("scaleGradByFreq");
    }

    /** PyTorch scales rows before it reads them, which a prediction here does not. */
    static void refuseMaxNorm(Attributes a) {
        if (a.isWritten("maxNorm")) {
            throw LayerException.ofValue(
                    "maxNorm",
                    "maxNorm of %s would change the weight whenever it is read, which predictions do not do",
                    "Leave it out, and limit the rows of the weight after a step.");
        }
    }
}

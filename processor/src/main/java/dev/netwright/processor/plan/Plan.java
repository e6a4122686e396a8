package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Primitive.ByteTable;
import dev.netwright.processor.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the generated code of a network will be.
 *
 * @param parameters where parameters and buffers lie
 * @param inference the program that evaluates
 * @param training the program that trains; empty for a network that only predicts
 */
public record Plan(ParameterPlan parameters, Program inference, Optional<Program> training) {
    /**
     * A program.
     *
     * @param graph what it computes, with the copies that its kernels require
     * @param prepare computes what depends on parameters and buffers alone
     * @param steps in order; outputs are copied to the caller by {@code outputs}
     * @param outputs copies the outputs
     * @param schedule who does these steps, and where the workers meet
     * @param arena floats for one sample
     * @param scratch floats computed anew each time, whatever the number of samples
     * @param prepared floats computed when parameters change
     * @param local floats that each worker needs for itself
     * @param constants tables
     * @param byteTables what bytes stand for, behind the constants
     * @param stored every value that is written, and where
     * @param spans when each part of the memory is whose
     * @param statistics updates of running statistics
     * @param losses in declared order
     * @param kept layers whose last output can be read
     * @param watched layers whose outputs are there when the losses are, so that one that is not finite can be named
     * @param inputGradients where the gradients by the inputs are left, if they are computed
     * @param microBatch samples that are computed at a time; 0 if that must be all, because the program combines over
     *     them or leaves something behind for each
     */
    public record Program(
            Graph graph,
            List<Step> prepare,
            List<Step> steps,
            List<Step> outputs,
            Schedule schedule,
            int arena,
            int scratch,
            int prepared,
            int local,
            List<Float> constants,
            List<ByteTable> byteTables,
            List<Stored> stored,
            List<Span> spans,
            List<Statistics> statistics,
            List<PlannedLoss> losses,
            List<Kept> kept,
            List<Kept> watched,
            List<Place> inputGradients,
            int microBatch) {
        public Program {
            prepare = List.copyOf(prepare);
            steps = List.copyOf(steps);
            outputs = List.copyOf(outputs);
            constants = List.copyOf(constants);
            byteTables = List.copyOf(byteTables);
            stored = List.copyOf(stored);
            spans = List.copyOf(spans);
            statistics = List.copyOf(statistics);
            losses = List.copyOf(losses);
            kept = List.copyOf(kept);
            watched = List.copyOf(watched);
            inputGradients = List.copyOf(inputGradients);
        }

        /** How many samples of a batch are in memory at a time. */
        public int samples(int batch) {
            return microBatch == 0 ? batch : Math.min(batch, microBatch);
        }
    }

    /**
     * A value that is written to memory.
     *
     * @param value which
     * @param place where
     * @param zeroed whether its memory is nobody else's, so that what no step writes, such as a border or padding
     *     lanes, is 0 from the memory's allocation on
     */
    public record Stored(Value value, Place place, boolean zeroed) {}

    /**
     * Memory while it is somebody's. Moments are positions of the graph's nodes, from -1, before the first, to their number,
     * behind the last.
     *
     * @param name of the value that lies there, or of the step that touches it first
     * @param array which memory
     * @param offset of the first float
     * @param size floats
     * @param first moment
     * @param last moment
     */
    public record Span(String name, Place.Array array, int offset, int size, int first, int last) {}

    /**
     * An update of running statistics.
     *
     * @param mean of the batch
     * @param variance of the batch, biased
     * @param runningMean to be updated
     * @param runningVariance to be updated
     * @param counter index of the counter
     * @param channels number of channels
     * @param momentum weight of the new value; NaN for the cumulative average
     * @param perSample elements of a mean that each sample gives
     * @param joint whether the variance is that of all samples together
     */
    public record Statistics(
            Place mean,
            Place variance,
            Place runningMean,
            Place runningVariance,
            int counter,
            int channels,
            double momentum,
            int perSample,
            boolean joint) {}

    /** The number of a layer whose last output can be read, and where it is. */
    public record Kept(int layer, Place place) {}

    /** A loss and where each sample's is stored. */
    public record PlannedLoss(LossTerm term, Place place) {}
}

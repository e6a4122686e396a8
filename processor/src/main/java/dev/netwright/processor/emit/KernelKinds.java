package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Primitive.Draw.Sharing;
import dev.netwright.processor.plan.ClassLoss;
import dev.netwright.processor.plan.ColumnPairs;
import dev.netwright.processor.plan.CtcKernel;
import dev.netwright.processor.plan.Depthwise;
import dev.netwright.processor.plan.DepthwiseWeightGradient;
import dev.netwright.processor.plan.GroupKernel;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Kernel.Tap;
import dev.netwright.processor.plan.LaneReduction;
import dev.netwright.processor.plan.LaneSums;
import dev.netwright.processor.plan.MapChain;
import dev.netwright.processor.plan.OperatorCall;
import dev.netwright.processor.plan.Pool;
import dev.netwright.processor.plan.PoolGradient;
import dev.netwright.processor.plan.Resampling;
import dev.netwright.processor.plan.RowGather;
import dev.netwright.processor.plan.RowPasses;
import dev.netwright.processor.plan.RowScatter;
import dev.netwright.processor.plan.ScanKernel;
import dev.netwright.processor.plan.SlidingWeightGradient;
import dev.netwright.processor.plan.SparseKernel;
import dev.netwright.processor.plan.Tile;
import dev.netwright.processor.plan.WeightRows;
import dev.netwright.processor.plan.WinogradKernel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every kind of kernel there is, and what writes it: a method for each kind of lanes, one for all, or a call. */
final class KernelKinds {
    /** Makes the emitter of a kernel that is written for each kind of lanes. */
    private interface ByLanes<K> {
        KernelEmitter of(String name, K kernel, Lanes lanes, KernelFile file);
    }

    /** Makes the emitter of a kernel that is the same for all kinds of lanes. */
    private interface Common<K> {
        KernelEmitter of(K kernel, KernelFile file);
    }

    /** Parameters behind the others, in the kernel's order. */
    private static final List<String> CTC_STRIDES =
            List.of("lossStride", "xStride", "lengthsStride", "pathsStride", "gradientStride");

    private static final KernelKinds ALL = new KernelKinds();

    private final Map<Class<?>, ByLanes<Kernel>> byLanes = new HashMap<>();
    private final Map<Class<?>, Common<Kernel>> common = new HashMap<>();
    private final Map<Class<?>, RuntimeCall.Writer<Kernel>> calls = new HashMap<>();

    private KernelKinds() {
        byLanes(Tile.class, (name, k, lanes, file) -> new TileEmitter(name, k, lanes));
        byLanes(ColumnPairs.class, (name, k, lanes, file) -> new ColumnPairsEmitter(name, k, lanes));
        byLanes(Depthwise.class, (name, k, lanes, file) -> new DepthwiseEmitter(name, k, lanes));
        byLanes(DepthwiseWeightGradient.class, (name, k, lanes, file) -> new DepthwiseWeightEmitter(name, k, lanes));
        byLanes(SlidingWeightGradient.class, (name, k, lanes, file) -> new SlidingWeightEmitter(name, k, lanes));
        byLanes(LaneSums.class, (name, k, lanes, file) -> new LaneSumEmitter(name, k, lanes));
        byLanes(SparseKernel.WeightGradient.class, (name, k, lanes, file) -> new SparseWeightEmitter(name, k, lanes));
        byLanes(SparseKernel.InputGradient.class, (name, k, lanes, file) -> new SparseInputEmitter(name, k, lanes));
        byLanes(WinogradKernel.Transform.class, (name, k, lanes, file) -> new WinogradTransformEmitter(name, k, lanes));
        byLanes(WinogradKernel.Output.class, (name, k, lanes, file) -> new WinogradOutputEmitter(name, k, lanes));
        common(WinogradKernel.Blocks.class, (k, file) -> new WinogradBlocksEmitter(k, file.names()));
        byLanes(GroupKernel.Spread.class, (name, k, lanes, file) -> new SpreadEmitter(k, lanes));
        common(GroupKernel.Sums.class, (k, file) -> () -> new GroupEmitter(file.names()).sums(k));
        common(GroupKernel.WeightGradient.class, (k, file) -> () -> new GroupEmitter(file.names()).weightGradient(k));

        common(ScanKernel.class, (k, file) -> new ScanEmitter(k, file.names()));
        byLanes(Kernel.Elementwise.class, (name, k, lanes, file) -> new ElementwiseEmitter(name, k, lanes));
        byLanes(MapChain.class, (name, k, lanes, file) -> new MapChainEmitter(name, k, lanes));
        byLanes(Kernel.Load.class, (name, k, lanes, file) -> new ElementwiseEmitter(name, k, lanes));
        byLanes(Kernel.Reduction.class, (name, k, lanes, file) -> new ReductionEmitter(name, k, lanes));
        byLanes(LaneReduction.class, (name, k, lanes, file) -> new LaneReductionEmitter(name, k, lanes));
        byLanes(RowPasses.class, (name, k, lanes, file) -> new RowPassesEmitter(name, k, lanes));
        byLanes(Pool.class, (name, k, lanes, file) -> () -> new PoolEmitter(lanes).forward(k));
        byLanes(PoolGradient.class, (name, k, lanes, file) -> () -> new PoolEmitter(lanes).backward(k));
        byLanes(Resampling.class, (name, k, lanes, file) -> new ResampleEmitter(name, k, lanes, file.taps()));
        byLanes(RowGather.class, (name, k, lanes, file) -> () -> new RowEmitter(lanes).gather(k));
        byLanes(RowScatter.class, (name, k, lanes, file) -> () -> new RowEmitter(lanes).scatter(k));
        common(OperatorCall.class, (k, file) -> new OperatorCallEmitter(k, file.calls()));
        common(ClassLoss.class, (k, file) -> () -> new LossEmitter().emit(k));

        call(
                Kernel.Fill.class,
                (k, tables) -> RuntimeCall.of("fill")
                        .with("size", k.size())
                        .with("sampleStride", k.sampleStride())
                        .with("value", ExprEmitter.literal(k.value())));
        call(Kernel.ClearBorder.class, (k, tables) -> clearBorder(k));
        call(Kernel.Draw.class, (k, tables) -> draw(k));
        call(
                Kernel.CountLabels.class,
                (k, tables) -> RuntimeCall.of("countLabels")
                        .with("classes", k.classes())
                        .with("most", k.labels())
                        .with("ended", k.ended()));
        call(CtcKernel.class, (k, tables) -> ctc(k));
        call(Kernel.Transpose.class, KernelKinds::transpose);
        call(WeightRows.class, KernelKinds::rows);
        call(
                Kernel.ClearLanes.class,
                (k, tables) -> RuntimeCall.of("clearLanes")
                        .in(RuntimeNames.WEIGHT_BLOCKS)
                        .with("outputs", k.outputs())
                        .with("rows", k.rows())
                        .with("width", k.width()));
        call(
                Kernel.Combine.class,
                (k, tables) -> RuntimeCall.once("combine")
                        .with("size", k.size())
                        .with("samples")
                        .with("divisor", k.divisor()));
        call(
                Kernel.Divide.class,
                (k, tables) -> RuntimeCall.once("divide")
                        .with("size", k.size())
                        .with("samples")
                        .with("perSample", k.perSample()));
        call(
                Kernel.ScaleBlocks.class,
                (k, tables) -> RuntimeCall.once("scaleBlocks")
                        .in(RuntimeNames.WEIGHT_BLOCKS)
                        .with("blocks", k.blocks())
                        .with("rows", k.rows())
                        .with("width", k.width()));
    }

    private static RuntimeCall draw(Kernel.Draw k) {
        return RuntimeCall.of("draw")
                .with("size", k.size())
                .with("stream", k.stream())
                .with("shared", k.sharing() != Sharing.NONE)
                .with("key", k.sharing() == Sharing.PASSES ? "0L" : "drawKey")
                .with("inputOffset");
    }

    private static RuntimeCall clearBorder(Kernel.ClearBorder k) {
        RuntimeCall call = RuntimeCall.of("clearBorder").with("size", k.size());
        if (!k.isPlane()) {
            Kernel.ClearBorder.Span planes = k.planes();
            call = call.with("planes", planes.count())
                    .with("planeLength", planes.length())
                    .with("firstPlane", planes.first());
        }
        return call.with("rows", k.rows().count())
                .with("rowLength", k.rows().length())
                .with("firstRow", k.rows().first())
                .with("left", k.left())
                .with("right", k.right());
    }

    private static RuntimeCall ctc(CtcKernel k) {
        RuntimeCall call = RuntimeCall.of(k.computesGradient() ? "lossesWithGradient" : "losses")
                .in(RuntimeNames.CTC)
                .with("steps", k.steps())
                .with("classes", k.classes())
                .with("most", k.labels())
                .with("blank", k.loss().blank())
                .with("zeroInfinity", k.loss().zeroInfinity())
                .with("mean", k.loss().mean());
        for (int i = 0; i < k.sampleStrides().size(); i++) {
            call = call.with(CTC_STRIDES.get(i), k.sampleStrides().get(i));
        }
        return call;
    }

    private static RuntimeCall transpose(Kernel.Transpose k, Function<List<Tap>, String> tables) {
        RuntimeCall call = RuntimeCall.of(k.groups() == 1 ? "transpose" : "transposeGroups")
                .in(RuntimeNames.WEIGHT_BLOCKS);
        return (k.groups() == 1 ? call : call.with("groups", k.groups()))
                .with("outputs", k.outputs())
                .with("width", k.width())
                .with("blockSize", k.blockSize())
                .with("sourceWidth", k.sourceWidth())
                .with("sourceBlock", k.sourceBlock())
                .with(tables.apply(k.taps()))
                .with("inputs", k.inputs());
    }

    private static RuntimeCall rows(WeightRows k, Function<List<Tap>, String> tables) {
        RuntimeCall call = RuntimeCall.of(k.back() ? "fromRows" : "toRows")
                .in(RuntimeNames.WEIGHT_BLOCKS)
                .with("outputs", k.outputs())
                .with("inputs", k.inputs());
        return (k.back() ? call : call.with("paddedInputs", k.paddedInputs()))
                .with("outputRow", k.outputRow())
                .with("width", k.width())
                .with("block", k.block())
                .with("sourceWidth", k.sourceWidth())
                .with("sourceBlock", k.sourceBlock())
                .with(tables.apply(k.taps()));
    }

    private <K extends Kernel> void byLanes(Class<K> kind, ByLanes<K> emitter) {
        byLanes.put(kind, (name, kernel, lanes, file) -> emitter.of(name, kind.cast(kernel), lanes, file));
    }

    private <K extends Kernel> void common(Class<K> kind, Common<K> emitter) {
        common.put(kind, (kernel, file) -> emitter.of(kind.cast(kernel), file));
    }

    private <K extends Kernel> void call(Class<K> kind, RuntimeCall.Writer<K> writer) {
        calls.put(kind, (kernel, tables) -> writer.of(kind.cast(kernel), tables));
    }

    /** All kinds, as often as they have a row. */
    static List<Class<?>> all() {
        return Stream.of(ALL.byLanes, ALL.common, ALL.calls)
                .flatMap(kinds -> kinds.keySet().stream())
                .toList();
    }

    /** Whether a kernel is written out; what is not hot is a call of the runtime's. */
    static boolean isMethod(Kernel kernel) {
        return !ALL.calls.containsKey(kernel.getClass());
    }

    /** Whether a kernel's method is the same for all kinds of lanes. */
    static boolean isCommon(Kernel kernel) {
        return ALL.common.containsKey(kernel.getClass());
    }

    /** Writes a kernel that {@link #isCommon}. */
    static KernelEmitter common(Kernel kernel, KernelFile file) {
        return ALL.common.get(kernel.getClass()).of(kernel, file);
    }

    /** Writes any other that {@link #isMethod}. */
    static KernelEmitter byLanes(NamedKernel named, Lanes lanes, KernelFile file) {
        ByLanes<Kernel> emitter = ALL.byLanes.get(named.kernel().getClass());
        if (emitter == null) {
            throw new IllegalArgumentException("no row for " + named.kernel().getClass());
        }
        return emitter.of(named.name(), named.kernel(), lanes, file);
    }

    /**
     * Writes one that is none.
     *
     * @param tables the name of the field that holds some taps
     */
    static RuntimeCall call(Kernel kernel, Function<List<Tap>, String> tables) {
        return ALL.calls.get(kernel.getClass()).of(kernel, tables);
    }
}

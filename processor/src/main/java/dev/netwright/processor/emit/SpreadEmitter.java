package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.FLOAT_VECTOR;
import static dev.netwright.processor.emit.RuntimeNames.VECTOR_MASK;
import static dev.netwright.processor.emit.RuntimeNames.VECTOR_OPERATORS;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.plan.GroupKernel.Spread;
import dev.netwright.processor.plan.Layout;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * The loops of a {@link Spread}: a vector is blended of the values of the groups that it spans. Of 256 channels in groups
 * of 8 a forward pass takes 11 ms so, 17 with a store for each lane, and 67 with a store of eight lanes for each group: on
 * JDK 17 vectors of a second species beside those of the first are boxed, as C2 takes the type of what is stored from a
 * profile that both share.
 */
final class SpreadEmitter implements KernelEmitter {
    private final Spread kernel;
    private final Lanes lanes;
    private final Code.Builder code = Code.builder();

    SpreadEmitter(Spread kernel, Lanes lanes) {
        this.kernel = kernel;
        this.lanes = lanes;
    }

    /** The number of each lane of a block. */
    static FieldSpec lanes() {
        String numbers =
                IntStream.range(0, Layout.LANES).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        return FieldSpec.builder(float[].class, "LANES", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("{$L}", numbers)
                .build();
    }

    @Override
    public Code body() {
        if (!lanes.isVector() || !kernel.blends()) {
            laneByLane();
        } else {
            vectors();
        }
        return code.build();
    }

    private void vectors() {
        int groups = kernel.groupsOf(Layout.LANES);
        int channels = kernel.groupInputs() * kernel.in().channel();
        int last = kernel.lanes() / kernel.groupLanes() - 1;
        if (groups > 1) {
            code.addStatement("$1T index = $1T.fromArray(S, LANES, 0)", FLOAT_VECTOR);
        }
        code.beginControlFlow("for (int first = 0; first < $L; first += L)", Layout.LANES);
        boolean padded = kernel.lanes() % Layout.LANES != 0;
        String group = "(lane + first) / " + kernel.groupLanes();
        code.addStatement("int group = $L", padded ? "Math.min(" + group + ", " + last + ")" : group);
        code.addStatement("int c0 = $L", Index.of("").plus("group", channels));
        for (int i = 1; i < groups; i++) {
            code.addStatement(
                    "int c$L = $L", i, Index.of("").plus("Math.min(group + " + i + ", " + last + ")", channels));
            code.addStatement(
                    "$T m$L = index.compare($T.GE, (group + $L) * $L - lane - first)",
                    ParameterizedTypeName.get(VECTOR_MASK, TypeName.FLOAT.box()),
                    i,
                    VECTOR_OPERATORS,
                    i,
                    kernel.groupLanes());
        }
        open();
        code.addStatement("$1T value = $1T.broadcast(S, in[inAt + c0])", FLOAT_VECTOR);
        blend(1, kernel.groupsOf(4));
        for (int shorter = 4; shorter < Layout.LANES; shorter *= 2) {
            int from = kernel.groupsOf(shorter);
            int to = kernel.groupsOf(2 * shorter);
            if (from < to) {
                // which of them there are is known when HotSpot compiles
                code.beginControlFlow("if (L > $L)", shorter);
                blend(from, to);
                code.endControlFlow();
            }
        }
        code.addStatement("value.intoArray(out, outAt + first)");
        close();
        code.endControlFlow();
    }

    private void blend(int from, int to) {
        for (int i = from; i < to; i++) {
            code.addStatement("value = value.blend($1T.broadcast(S, in[inAt + c$2L]), m$2L)", FLOAT_VECTOR, i);
        }
    }

    private void laneByLane() {
        int run = kernel.run();
        for (int lane = 0; lane < Layout.LANES; lane += run) {
            code.addStatement(
                    "int c$L = $L",
                    lane,
                    Index.of("")
                            .plus(
                                    group(lane),
                                    kernel.groupInputs() * kernel.in().channel()));
        }
        open();
        for (int first = 0; first < Layout.LANES; first += run) {
            code.addStatement("float x$1L = in[inAt + c$1L]", first);
            for (int lane = first; lane < first + run; lane++) {
                code.addStatement("out[$L] = x$L", Index.of("outAt").plus(lane), first);
            }
        }
        close();
    }

    /** The group of a lane of the block; of padding, the last one. */
    private String group(int lane) {
        String own = lane == 0 ? "lane" : "(lane + " + lane + ")";
        if (kernel.lanes() % Layout.LANES != 0) {
            own = "Math.min(" + (lane == 0 ? "lane" : "lane + " + lane) + ", " + (kernel.lanes() - 1) + ")";
        }
        return own + " / " + kernel.groupLanes();
    }

    private void open() {
        code.beginControlFlow("for (int row = from; row < to; row++)");
        Index out = Index.of("outBase").plus("row", kernel.row());
        Index in = Index.of("inBase").plus("row", kernel.in().row());
        if (kernel.inputs() > 1) {
            code.beginControlFlow("$L", Trips.loop("k0", kernel.inputs(), lanes));
            out.plus("k0", kernel.input());
            in.plus("k0", kernel.in().channel());
        }
        code.beginControlFlow("$L", Trips.loop("k1", kernel.columns(), lanes));
        code.addStatement("int outAt = $L", out.plus("k1", Layout.LANES));
        code.addStatement("int inAt = $L", in.plus("k1", kernel.in().column()));
    }

    private void close() {
        for (int i = kernel.inputs() > 1 ? 0 : 1; i < 3; i++) {
            code.endControlFlow();
        }
    }
}

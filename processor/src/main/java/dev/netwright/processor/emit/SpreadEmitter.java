package dev.netwright.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.netwright.processor.plan.GroupKernel.Spread;
import dev.netwright.processor.plan.Layout;

/**
 * The loops of a {@link Spread}: each value is broadcast to four or eight lanes, the narrowest vectors that there are
 * everywhere, where so many neighbours are of one group; else it is stored lane by lane.
 */
final class SpreadEmitter {
    private static final int FOUR = 4;
    private static final int EIGHT = 8;

    private final Spread kernel;
    private final Lanes lanes;
    private final CodeBlock.Builder code = CodeBlock.builder();

    SpreadEmitter(Spread kernel, Lanes lanes) {
        this.kernel = kernel;
        this.lanes = lanes;
    }

    CodeBlock body() {
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
        if (lanes.isVector() && run >= EIGHT) {
            code.beginControlFlow("if (L >= $L)", EIGHT);
            loops(EIGHT);
            code.nextControlFlow("else");
            loops(FOUR);
            code.endControlFlow();
        } else {
            loops(lanes.isVector() && run >= FOUR ? FOUR : 1);
        }
        return code.build();
    }

    /** The group of a lane of the block; of padding, the last one. */
    private String group(int lane) {
        String own = lane == 0 ? "lane" : "(lane + " + lane + ")";
        if (kernel.lanes() % Layout.LANES != 0) {
            own = "Math.min(" + (lane == 0 ? "lane" : "lane + " + lane) + ", " + (kernel.lanes() - 1) + ")";
        }
        return own + " / " + kernel.groupLanes();
    }

    private void loops(int width) {
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
        for (int first = 0; first < Layout.LANES; first += kernel.run()) {
            code.addStatement("float x$1L = in[inAt + c$1L]", first);
            for (int lane = first; lane < first + kernel.run(); lane += width) {
                store("x" + first, Index.of("outAt").plus(lane).toString(), width);
            }
        }
        code.endControlFlow();
        if (kernel.inputs() > 1) {
            code.endControlFlow();
        }
        code.endControlFlow();
    }

    private void store(String value, String index, int width) {
        if (width == 1) {
            code.addStatement("out[$L] = $L", index, value);
        } else {
            code.addStatement(
                    "$1T.broadcast($1T.SPECIES_$2L, $3L).intoArray(out, $4L)",
                    RuntimeNames.FLOAT_VECTOR,
                    width * Float.SIZE,
                    value,
                    index);
        }
    }
}

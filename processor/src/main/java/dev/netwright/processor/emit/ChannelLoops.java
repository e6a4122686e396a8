package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.plan.Nest;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The loops over the channels of a pixel: in vectors where they are neighbours, else one by one. */
final class ChannelLoops {
    private ChannelLoops() {}

    /** Where the results of a line go, of which vectors may write more than a pixel's channels. */
    static final class Results {
        private final Code.Builder code;
        private final Lanes lanes;
        private final boolean keeps;

        private Results(Code.Builder code, Lanes lanes, boolean keeps) {
            this.code = code;
            this.lanes = lanes;
            this.keeps = keeps;
        }

        void store(String value, String array, String at) {
            String stored = value;
            if (keeps) {
                String kept = array + "Kept";
                stored = array + "Stored";
                code.addStatement("$T $L = $L", lanes.type(), kept, lanes.load(array, at));
                Code blended = lanes.select(Comparison.GE, "number", "-channel", value, kept);
                code.addStatement("$T $L = $L", lanes.type(), stored, blended);
            }
            code.addStatement(lanes.store(stored, array, at));
        }
    }

    /**
     * Those of a line.
     *
     * @param pixel the variable that counts pixels
     * @param pixels of a line
     * @param ends see the plan's narrow lines
     * @param repeatable whether channels may be done twice
     */
    static void write(
            Code.Builder code,
            Lanes lanes,
            Nest.Loop channels,
            String pixel,
            int pixels,
            int ends,
            boolean repeatable,
            BiConsumer<Lanes, Results> body) {
        if (ends == 0 || !lanes.isVector()) {
            write(code, lanes, channels, repeatable, l -> body.accept(l, new Results(code, l, false)));
            return;
        }
        code.beginControlFlow("if ($L < $L)", pixel, pixels - ends);
        code.beginControlFlow("for (int channel = 0; channel < $L; channel += L)", channels.count());
        body.accept(Lanes.VECTOR, new Results(code, Lanes.VECTOR, false));
        code.endControlFlow();
        code.nextControlFlow("else");
        code.addStatement("$T number = $L", Lanes.VECTOR.type(), Lanes.VECTOR.load("LANES", "0"));
        code.beginControlFlow("for (int end = $L; end > 0; end -= L)", channels.count());
        code.addStatement("int channel = end - L");
        body.accept(Lanes.VECTOR, new Results(code, Lanes.VECTOR, true));
        code.endControlFlow();
        code.endControlFlow();
    }

    /** @param repeatable whether channels may be done twice */
    static void write(Code.Builder code, Lanes lanes, Nest.Loop channels, boolean repeatable, Consumer<Lanes> body) {
        int whole = lanes.isVector() ? channels.wholeVectors() : 0;
        if (whole > 0) {
            code.beginControlFlow("$L", Trips.vectors("channel", whole));
            body.accept(Lanes.VECTOR);
            code.endControlFlow();
        }
        if (repeatable && whole > 0 && whole < channels.count()) {
            Trips.rest(code, "channel", channels.count(), () -> body.accept(Lanes.VECTOR));
        } else if (whole < channels.count()) {
            code.beginControlFlow("for (int channel = $1L; channel < $2L; channel++)", whole, channels.count());
            body.accept(Lanes.SCALAR);
            code.endControlFlow();
        }
    }
}

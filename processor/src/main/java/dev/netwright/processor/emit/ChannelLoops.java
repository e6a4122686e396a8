package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Nest;
import java.util.function.Consumer;

/** The loops over the channels of a pixel: in vectors where they are neighbours, and one by one what is left. */
final class ChannelLoops {
    private ChannelLoops() {}

    static void write(Code.Builder code, Lanes lanes, Nest.Loop channels, Consumer<Lanes> body) {
        int whole = inVectors(lanes, channels);
        if (whole > 0) {
            code.beginControlFlow("$L", Trips.vectors("channel", whole));
            body.accept(Lanes.VECTOR);
            code.endControlFlow();
        }
        if (whole < channels.count()) {
            code.beginControlFlow("for (int channel = $1L; channel < $2L; channel++)", whole, channels.count());
            body.accept(Lanes.SCALAR);
            code.endControlFlow();
        }
    }

    /** How often the body is written. */
    static int bodies(Lanes lanes, Nest.Loop channels) {
        int whole = inVectors(lanes, channels);
        return whole > 0 && whole < channels.count() ? 2 : 1;
    }

    private static int inVectors(Lanes lanes, Nest.Loop channels) {
        boolean contiguous = channels.strides().stream().allMatch(stride -> stride == 1);
        return lanes.isVector() && contiguous ? channels.count() / Layout.LANES * Layout.LANES : 0;
    }
}

package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Nest;
import java.util.function.Consumer;

/** The loops over the channels of a pixel: in vectors where they are neighbours, else one by one. */
final class ChannelLoops {
    private ChannelLoops() {}

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

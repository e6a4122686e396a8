package dev.netwright.processor;

import dev.netwright.processor.graph.Network;
import java.util.function.BiConsumer;
import javax.annotation.processing.Processor;

/** The processor as users run it, which also tells the networks that it compiled. */
public final class RecordingProcessor {
    private RecordingProcessor() {}

    /** @param networks given each network's model, by its qualified name, and its network */
    public static Processor of(BiConsumer<String, Network> networks) {
        return new NetwrightProcessor((environment, options) -> {
            Backend generating = new GeneratingBackend(environment, options);
            return (network, declared, report) -> {
                networks.accept(declared.qualifiedName(), network);
                generating.generate(network, declared, report);
            };
        });
    }
}

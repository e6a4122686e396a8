package dev.netwright.processor;

import dev.netwright.processor.graph.Graph;
import java.util.function.BiConsumer;
import javax.annotation.processing.Processor;

/** The processor as users run it, which also tells the graphs of layers that it compiled. */
public final class RecordingProcessor {
    private RecordingProcessor() {}

    /** @param graphs given each network's model, by its qualified name, and its graph */
    public static Processor of(BiConsumer<String, Graph> graphs) {
        return new NetwrightProcessor((environment, options) -> {
            Backend generating = new GeneratingBackend(environment, options);
            return (graph, network, report) -> {
                graphs.accept(network.qualifiedName(), graph);
                generating.generate(graph, network, report);
            };
        });
    }
}

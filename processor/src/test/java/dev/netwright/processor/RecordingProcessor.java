package dev.netwright.processor;

import dev.netwright.processor.declared.Companion;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Network;
import java.io.IOException;
import java.util.function.BiConsumer;
import javax.annotation.processing.Processor;
import javax.lang.model.element.TypeElement;

/** The processor as users run it, which also tells the networks that it compiled. */
public final class RecordingProcessor {
    private RecordingProcessor() {}

    /** @param networks given each network's model, by its qualified name, and its network */
    public static Processor of(BiConsumer<String, Network> networks) {
        return new NetwrightProcessor((environment, options) -> {
            Backend generating = new GeneratingBackend(environment, options);
            return new Backend() {
                @Override
                public void generate(Network network, DeclaredNetwork declared, ProblemReport report)
                        throws IOException {
                    networks.accept(declared.qualifiedName(), network);
                    generating.generate(network, declared, report);
                }

                @Override
                public void generate(Companion companion, TypeElement of, ProblemReport report) throws IOException {
                    generating.generate(companion, of, report);
                }
            };
        });
    }
}

package dev.netwright.processor.drawn;

import dev.netwright.processor.PlanningProcessor;
import dev.netwright.processor.PlanningProcessor.Outcome;
import dev.netwright.processor.drawn.Verdict.Kind;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.graph.Network;
import dev.netwright.runtime.Options;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Networks that one run of javac compiled, with scalar kernels only: the vector ones have the same bits, which other
 * tests check, and take as long again to compile and a hundred times as long to run before HotSpot compiles them.
 */
final class CompiledBatch {
    private static final List<String> OPTIONS = List.of("-Anetwright.kernels=scalar", "-Anetwright.report=off");

    private final Map<String, DrawnNetwork> networks;
    private final Map<String, Network> declared = new HashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<String, Verdict> failures = new HashMap<>();
    private CompiledNetworks compiled;

    private CompiledBatch(Map<String, DrawnNetwork> networks) {
        this.networks = networks;
    }

    /** Compiles; one that cannot be compiled fails alone. */
    static CompiledBatch of(Map<String, DrawnNetwork> networks) {
        CompiledBatch batch = new CompiledBatch(networks);
        batch.compile();
        return batch;
    }

    private void compile() {
        Map<String, String> sources = new LinkedHashMap<>();
        networks.forEach((name, network) -> sources.put(name, network.text(name)));
        while (!sources.isEmpty()) {
            try {
                compiled = compiled(sources);
                return;
            } catch (RuntimeException | Error e) {
                int before = sources.size();
                String message = String.valueOf(e.getMessage());
                for (String name : List.copyOf(sources.keySet())) {
                    if (sources.size() == 1
                            || message.contains("/" + name + ".java:")
                            || message.contains("/" + name + "Model.java:")
                            || message.contains("/" + name + "Kernels.java:")) {
                        boolean refused = e instanceof IllegalArgumentException
                                && !message.contains("Model.java:")
                                && !message.contains("Kernels.java:");
                        failures.put(name, Verdict.of(refused ? Kind.REFUSED : Kind.CRASH, trace(e)));
                        sources.remove(name);
                    }
                }
                if (sources.size() == before) {
                    compileOneByOne(sources);
                }
            }
        }
    }

    /** After a crash that does not tell whose it was. */
    private void compileOneByOne(Map<String, String> sources) {
        for (String name : List.copyOf(sources.keySet())) {
            try {
                compiled(Map.of(name, sources.get(name)));
            } catch (RuntimeException | Error e) {
                failures.put(name, Verdict.of(Kind.CRASH, trace(e)));
                sources.remove(name);
            }
        }
    }

    private CompiledNetworks compiled(Map<String, String> sources) {
        return CompiledNetworks.of(
                sources,
                PlanningProcessor.of((model, outcome) -> {
                    outcomes.put(model, outcome);
                    declared.put(model, outcome.network());
                }),
                declared,
                OPTIONS);
    }

    /** The same networks with a mistake in their generated code. */
    CompiledBatch changed(UnaryOperator<String> change) {
        CompiledBatch changed = new CompiledBatch(networks);
        changed.declared.putAll(declared);
        changed.outcomes.putAll(outcomes);
        changed.compiled = compiled.changed(change);
        return changed;
    }

    /** What the processor wrote, by class name. */
    Map<String, String> sources() {
        return compiled.sources();
    }

    static String trace(Throwable thrown) {
        return thrown
                + Stream.of(thrown.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("dev.netwright")
                                || frame.getClassName().startsWith(NetworkSource.PACKAGE))
                        .limit(6)
                        .map(frame -> "\n        at " + frame.getClassName().replaceAll(".*\\.", "") + "."
                                + frame.getMethodName() + ":" + frame.getLineNumber())
                        .collect(Collectors.joining());
    }

    Verdict verdict(String name) {
        if (failures.containsKey(name)) {
            return failures.get(name);
        }
        Outcome outcome = outcomes.get(NetworkSource.PACKAGE + "." + name + "Model");
        if (outcome == null) {
            return Verdict.of(Kind.CRASH, "the processor told nothing of it");
        }
        if (outcome.crash() != null) {
            return Verdict.of(Kind.CRASH, "the compiler threw " + trace(outcome.crash()));
        }
        return new NetworkCheck(networks.get(name), outcome.network(), outcome.plan(), () -> model(name)).verdict();
    }

    private GeneratedModel model(String name) {
        return compiled.network(name, CompiledNetworks.SCALAR)
                .create(1, Options.defaults().threads(1));
    }
}

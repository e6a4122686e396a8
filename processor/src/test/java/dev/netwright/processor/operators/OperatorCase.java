package dev.netwright.processor.operators;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.layer.BatchNorm;
import dev.netwright.runtime.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A network drawn for a test, compiled together with others.
 *
 * @param source what was compiled
 * @param seed what it, and its numbers, were drawn from
 * @param range of the inputs
 * @param compiled where its classes are
 */
record OperatorCase(NetworkSource source, long seed, double range, CompiledOnce compiled) {
    static final Options ONE_THREAD = Options.defaults().threads(1);
    static final Options FOUR_THREADS = Options.defaults().threads(4).predictionThreads(4);

    /** Of each drawing, however many share an operator. */
    private static final int LEAST_CASES = 3;

    /** What is drawn: a source from the case's dice, and the range of its inputs. */
    record Drawing(String name, double range, Function<Dice, NetworkSource> draw, int sharers) {
        Drawing(String name, double range, Function<Dice, NetworkSource> draw) {
            this(name, range, draw, 1);
        }

        /** How many of an operator's cases are drawn of this. */
        int cases(int ofOperator) {
            return Math.min(ofOperator, Math.max(LEAST_CASES, ofOperator / sharers));
        }
    }

    /** So many cases of each operator, compiled in one run at first use. */
    static List<OperatorCase> draw(List<Drawing> drawings, int count) {
        List<NetworkSource> sources = new ArrayList<>();
        List<OperatorCase> cases = new ArrayList<>();
        CompiledOnce compiled = new CompiledOnce(sources);
        for (Drawing drawing : drawings) {
            for (int i = 0; i < drawing.cases(count); i++) {
                long seed = Dice.SEED * 1_000_003 + drawing.name().hashCode() * 1009L + i;
                NetworkSource source = drawing.draw().apply(new Dice(seed)).named(drawing.name() + "Case" + i);
                sources.add(source);
                cases.add(new OperatorCase(source, seed, drawing.range(), compiled));
            }
        }
        return cases;
    }

    /** Forgets what was compiled for some cases. */
    static void release(List<OperatorCase> cases) {
        cases.forEach(each -> each.compiled().release());
    }

    Network network() {
        return compiled.get().network(source.name(), CompiledNetworks.SCALAR).network();
    }

    /** Samples: one, few, and in one case of eight more than predictions take at a time. */
    Numbers numbers() {
        Dice dice = new Dice(~seed);
        return Numbers.draw(network(), dice.once(8) ? 17 : dice.from(leastSamples(), 4), range, dice);
    }

    /** Where batches are normalised that have one value in each sample, there must be two. */
    private int leastSamples() {
        return network().layers().stream()
                        .map(LayerNode::layer)
                        .anyMatch(layer ->
                                layer instanceof BatchNorm && layer.output().rank() == 1)
                ? 2
                : 1;
    }

    Outcome run(int bits, Options options, Numbers numbers) {
        return Outcome.of(compiled.get().network(source.name(), bits).create(seed, options), numbers);
    }

    /** Runs a check; a failure tells how to draw the case again. */
    void check(Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nseed " + seed + " (-Dnetwright.test.seed=" + Dice.SEED + ") drew\n"
                            + source.text(),
                    e);
        }
    }

    @Override
    public String toString() {
        return source.name() + " " + String.join("; ", source.annotations()) + " " + String.join("; ", source.layers())
                + " on " + source.inputs();
    }
}

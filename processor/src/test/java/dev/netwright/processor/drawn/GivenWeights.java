package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLoss;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.LossWeights.Kind;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.loss.Losses;
import dev.netwright.processor.operators.Dice;
import dev.netwright.processor.operators.Numbers;
import dev.netwright.processor.reference.AnnotationAttributes;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Weights that losses are given at run time, in the place of those that are declared. */
final class GivenWeights {
    private static final int GIVEN = 3;

    /** @param of the output or layer whose losses are weighed */
    private record Given(Kind kind, String of, List<Double> weights) {}

    private final DrawnNetwork network;
    private final Network declared;
    private final List<Given> given = new ArrayList<>();

    /** The same for the same numbers, whatever else is taken away of a network. */
    GivenWeights(DrawnNetwork network, Network declared) {
        this.network = network;
        this.declared = declared;
        for (Kind kind : Kind.values()) {
            for (String of : declared.losses().stream()
                    .map(term -> term.inputs().get(0).name())
                    .distinct()
                    .toList()) {
                Dice dice = new Dice(network.numbers() ^ of.hashCode() + kind.ordinal());
                List<Integer> counts = declared.losses().stream()
                        .filter(term -> term.inputs().get(0).name().equals(of))
                        .map(term -> weights(term, kind))
                        .filter(Objects::nonNull)
                        .map(LossWeights::count)
                        .distinct()
                        .toList();
                if (counts.size() == 1 && dice.once(GIVEN)) {
                    given.add(new Given(
                            kind,
                            of,
                            IntStream.range(0, counts.get(0))
                                    .mapToObj(i -> Math.round(dice.real(0.25, 2) * 64) / 64.0)
                                    .toList()));
                }
            }
        }
    }

    private static LossWeights weights(LossTerm term, Kind kind) {
        return term.loss().runTimeWeights().stream()
                .filter(weights -> weights.kind() == kind)
                .findFirst()
                .orElse(null);
    }

    void to(GeneratedModel model) {
        for (Given each : given) {
            float[] weights = Numbers.floats(
                    each.weights().stream().mapToDouble(Double::doubleValue).toArray());
            long taking = declared.losses().stream()
                    .filter(term -> weights(term, each.kind()) != null)
                    .count();
            try {
                Object own = model.model();
                if (taking == 1) {
                    Method only = own.getClass().getMethod(each.kind().method(), float[].class);
                    only.invoke(own, (Object) weights);
                } else {
                    Method of = own.getClass().getMethod(each.kind().method(), String.class, float[].class);
                    of.invoke(own, each.of(), weights);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The network with these weights declared, for the reference. */
    Network reference() {
        List<DrawnLoss> drawn = Structure.grouped(network.losses());
        List<LossTerm> terms = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            LossTerm term = declared.losses().get(i);
            terms.add(new LossTerm(weighed(drawn.get(i), term), term.inputs(), term.target(), term.scale()));
        }
        return new Network(
                declared.name(),
                declared.inputs(),
                declared.outputs(),
                declared.layers(),
                declared.members(),
                declared.parameters(),
                terms,
                declared.inputGradient(),
                declared.exact());
    }

    private Loss weighed(DrawnLoss drawn, LossTerm term) {
        Map<String, Object> attributes = new LinkedHashMap<>(drawn.attributes());
        for (Given each : given) {
            if (each.of().equals(term.inputs().get(0).name()) && weights(term, each.kind()) != null) {
                attributes.put(each.kind() == Kind.CLASS ? "weight" : "posWeight", each.weights());
            }
        }
        if (attributes.equals(drawn.attributes())) {
            return term.loss();
        }
        List<Shape> shapes = term.inputs().stream().map(Value::shape).toList();
        return Losses.factory(drawn.annotation())
                .create(AnnotationAttributes.of(drawn.annotation(), attributes), shapes);
    }

    @Override
    public String toString() {
        return given.isEmpty() ? "" : " (given at run time: " + given + ")";
    }
}

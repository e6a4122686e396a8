package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/** x times the transposed weight, plus bias, over the last dimension. */
public record Linear(Shape input, int outFeatures, boolean bias) implements Derived {
    static Linear create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        if (input.rank() == 0) {
            throw LayerException.shape(null, "%s needs features but receives a single number", "Give it a vector.");
        }
        int features = input.size(input.rank() - 1);
        if (a.isWritten("inFeatures") && a.integer("inFeatures") != features) {
            throw LayerException.shape(
                    "inFeatures",
                    "%s expects " + a.sizesText("inFeatures") + " input features but receives " + features,
                    a.integer("inFeatures") == input.elements()
                            ? "Put @Flatten before it."
                            : "Write inFeatures = " + features + ", or leave it out and it is inferred.");
        }
        return new Linear(input, Images.atLeastOne(a, "outFeatures"), a.flag("bias"));
    }

    private int inFeatures() {
        return input.size(input.rank() - 1);
    }

    @Override
    public String name() {
        return "Linear";
    }

    @Override
    public Shape output() {
        return input.with(input.rank() - 1, outFeatures);
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        ParameterDeclaration weight = ParameterDeclaration.weight(Shape.of(outFeatures, inFeatures()), inFeatures());
        return bias ? List.of(weight, ParameterDeclaration.bias(outFeatures, inFeatures())) : List.of(weight);
    }

    @Override
    public long flops() {
        return 2L * output().elements() * inFeatures();
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("in_features", inFeatures()), named("out_features", outFeatures), named("bias", bias));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return l.product(inputs.get(0), l.parameter("weight"), bias ? l.parameter("bias") : null, output());
    }
}

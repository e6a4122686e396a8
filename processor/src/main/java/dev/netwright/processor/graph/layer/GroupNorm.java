package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * Normalisation of groups of channels within a sample. It is computed with the channels split in two dimensions, groups
 * x channels of a group x positions, to which
 * statistics and parameters are broadcast.
 */
public record GroupNorm(Shape output, int groups, double eps, boolean affine, boolean bias) implements Normalising {
    static GroupNorm create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        if (input.rank() == 0) {
            throw LayerException.shape(null, "%s needs channels but receives a single number", "Give it a vector.");
        }
        int channels = input.size(0);
        Images.checkChannels(a, "numChannels", channels);
        int groups = Images.groups(a, "numGroups", channels);
        if (input.elements() == groups) {
            throw new LayerException(
                    "numGroups",
                    "each of the " + groups + " groups of %s holds one value, which has no variance",
                    "Write fewer groups.");
        }
        return new GroupNorm(
                input, groups, Reals.positive(a, "eps"), a.flag("affine"), a.flag("affine") && a.flag("bias"));
    }

    @Override
    public String name() {
        return "GroupNorm";
    }

    private int channels() {
        return output.size(0);
    }

    @Override
    public Shape space() {
        return Shape.of(groups, channels() / groups, output.elements() / channels());
    }

    @Override
    public List<Integer> within() {
        return List.of(1, 2);
    }

    @Override
    public Shape broadcast() {
        return Shape.of(groups, channels() / groups, 1);
    }

    @Override
    public Shape parameter() {
        return Shape.of(channels());
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                positional("num_groups", groups),
                positional("num_channels", channels()),
                named("eps", eps),
                named("affine", affine),
                named("bias", bias));
    }
}

package dev.netwright.training.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Transforms one after the other. */
public final class Compose implements Transform {

    private final List<Transform> steps;

    private Compose(List<Transform> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * Puts transforms in a row.
     *
     * @param transforms in the order in which they are applied; without any, pictures stay as they are
     * @return one transform
     */
    public static Compose of(Transform... transforms) {
        List<Transform> fused = new ArrayList<>();
        for (Transform transform : transforms) {
            if (transform instanceof Compose inner) {
                inner.steps.forEach(step -> append(fused, step));
            } else {
                append(fused, transform);
            }
        }
        return new Compose(fused);
    }

    private static void append(List<Transform> steps, Transform next) {
        int last = steps.size() - 1;
        if (last >= 0 && steps.get(last) instanceof ToTensor floats && next instanceof Normalize normalize) {
            steps.set(last, floats.then(normalize));
        } else {
            steps.add(next);
        }
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        ImageSpec spec = input;
        for (Transform step : steps) {
            spec = step.spec(spec);
        }
        return spec;
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        // By index: an iterator per picture would be the only thing allocated.
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).apply(image, random);
        }
    }
}

package dev.netwright.examples;

import dev.netwright.annotations.Block;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.ReLU;

/** From a grey picture to its embedding: numbers that say what it shows. */
@Block
@interface Tower {
    /** How many numbers. */
    int size();

    /** Stands for {@link #size} in the body. */
    int SIZE = Block.P1;

    /** What it looks at. */
    String[] from() default {};

    /** The body. */
    final class Layers {
        // spotless:off
        @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer conv1;
        @ReLU                                                  Layer relu1;
        @MaxPool2d(kernelSize = 2)                             Layer pool1;
        @Conv2d(outChannels = 32, kernelSize = 3, padding = 1) Layer conv2;
        @ReLU                                                  Layer relu2;
        @MaxPool2d(kernelSize = 2)                             Layer pool2;
        @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer conv3;
        @ReLU                                                  Layer relu3;
        // of 7 rows to 3: an embedding does without the picture's last ones
        @SuppressWarnings("netwright/pool-drops")
        @MaxPool2d(kernelSize = 2)                             Layer pool3;
        @Flatten                                               Layer flatten;
        @Linear(outFeatures = SIZE)                            Layer embedding;
        // spotless:on

        private Layers() {}
    }
}

package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Patches;
import java.util.List;

/** Patches of images, cell by cell. */
final class ReferencePatches {
    private ReferencePatches() {}

    /** A cell of an image, and its place in the matrix of patches. */
    private interface Pair {
        void at(int cell, int entry);
    }

    private static void pairs(Patches patches, Shape image, int samples, Pair pair) {
        int patchRows = count(patches, image, 0);
        int patchColumns = count(patches, image, 1);
        int entry = 0;
        for (int plane = 0; plane < samples * image.size(0); plane++) {
            for (int i = 0; i < of(patches.kernelSize(), 0); i++) {
                for (int j = 0; j < of(patches.kernelSize(), 1); j++) {
                    for (int patch = 0; patch < patchRows * patchColumns; patch++) {
                        int row = place(patches, 0, patch / patchColumns, i);
                        int column = place(patches, 1, patch % patchColumns, j);
                        if (row >= 0 && row < image.size(1) && column >= 0 && column < image.size(2)) {
                            pair.at((plane * image.size(1) + row) * image.size(2) + column, entry);
                        }
                        entry++;
                    }
                }
            }
        }
    }

    private static int place(Patches patches, int axis, int patch, int cell) {
        return patch * of(patches.stride(), axis) - of(patches.padding(), axis) + cell * of(patches.dilation(), axis);
    }

    private static int count(Patches patches, Shape image, int axis) {
        int last = 0;
        while (place(patches, axis, last + 1, of(patches.kernelSize(), axis) - 1)
                < image.size(axis + 1) + of(patches.padding(), axis)) {
            last++;
        }
        return last + 1;
    }

    private static int of(List<Integer> values, int axis) {
        return values.get(Math.min(axis, values.size() - 1));
    }

    static double[] cut(Patches patches, Shape image, int samples, double[] x) {
        int cells = of(patches.kernelSize(), 0) * of(patches.kernelSize(), 1);
        int all = samples * image.size(0) * cells * count(patches, image, 0) * count(patches, image, 1);
        double[] matrix = new double[all];
        pairs(patches, image, samples, (cell, entry) -> matrix[entry] = x[cell]);
        return matrix;
    }

    static double[] add(Patches patches, Shape image, int samples, double[] matrix) {
        double[] sums = new double[samples * image.elements()];
        pairs(patches, image, samples, (cell, entry) -> sums[cell] += matrix[entry]);
        return sums;
    }
}

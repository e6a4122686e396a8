package dev.netwright.training.transforms;

/** Resizes pictures, columns first and rows second with bytes between, as Pillow does. */
final class Resampler {

    private static final int HALF = 1 << ResizeWeights.BITS - 1;

    private final Interpolation interpolation;
    // Pictures of one size need the same weights. A race only computes them twice.
    private volatile ResizeWeights lastColumns;
    private volatile ResizeWeights lastRows;

    Resampler(Interpolation interpolation) {
        this.interpolation = interpolation;
    }

    void resize(Image image, int height, int width) {
        if (interpolation == Interpolation.NEAREST) {
            nearest(image, height, width);
            return;
        }
        if (image.width() != width) {
            ResizeWeights columns = lastColumns;
            if (columns == null || columns.from != image.width() || columns.to != width) {
                columns = new ResizeWeights(image.width(), width, interpolation);
                lastColumns = columns;
            }
            columns(image, columns);
        }
        if (image.height() != height) {
            ResizeWeights rows = lastRows;
            if (rows == null || rows.from != image.height() || rows.to != height) {
                rows = new ResizeWeights(image.height(), height, interpolation);
                lastRows = rows;
            }
            rows(image, rows);
        }
    }

    private static void nearest(Image image, int height, int width) {
        int oldHeight = image.height();
        int oldWidth = image.width();
        if (oldHeight == height && oldWidth == width) {
            return;
        }
        byte[] from = image.bytes();
        int first = image.offset();
        byte[] to = image.replace(image.channels(), height, width);
        // Added up as Pillow does: multiplied, a place between two pixels may fall to the other one.
        double down = (double) oldHeight / height;
        double across = (double) oldWidth / width;
        int target = 0;
        for (int c = 0; c < image.channels(); c++) {
            double sourceY = 0.5 * down;
            for (int y = 0; y < height; y++, sourceY += down) {
                int row = first + (c * oldHeight + Math.min(oldHeight - 1, (int) sourceY)) * oldWidth;
                double sourceX = 0.5 * across;
                for (int x = 0; x < width; x++, sourceX += across) {
                    to[target++] = from[row + Math.min(oldWidth - 1, (int) sourceX)];
                }
            }
        }
    }

    private static void columns(Image image, ResizeWeights w) {
        byte[] from = image.bytes();
        int source = image.offset();
        int rows = image.channels() * image.height();
        byte[] to = image.replace(image.channels(), image.height(), w.to);
        int target = 0;
        for (int y = 0; y < rows; y++, source += w.from) {
            for (int x = 0; x < w.to; x++) {
                int at = source + w.first[x];
                int weight = x * w.stride;
                int sum = HALF;
                for (int k = 0; k < w.count[x]; k++) {
                    sum += (from[at + k] & 0xff) * w.weights[weight + k];
                }
                to[target++] = clip(sum);
            }
        }
    }

    private static void rows(Image image, ResizeWeights w) {
        byte[] from = image.bytes();
        int first = image.offset();
        int width = image.width();
        byte[] to = image.replace(image.channels(), w.to, width);
        int target = 0;
        for (int c = 0; c < image.channels(); c++) {
            for (int y = 0; y < w.to; y++) {
                int source = first + (c * w.from + w.first[y]) * width;
                for (int x = 0; x < width; x++) {
                    int sum = HALF;
                    int at = source + x;
                    for (int k = 0; k < w.count[y]; k++, at += width) {
                        sum += (from[at] & 0xff) * w.weights[y * w.stride + k];
                    }
                    to[target++] = clip(sum);
                }
            }
        }
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> ResizeWeights.BITS));
    }
}

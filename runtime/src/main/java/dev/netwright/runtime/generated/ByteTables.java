package dev.netwright.runtime.generated;

/** What bytes stand for in networks that normalise them while they are read. */
public final class ByteTables {
    private static final int BYTES = 256;

    private ByteTables() {}

    /**
     * Constants with a table behind them: {@code (byte / 255 - mean) / std}, 256 floats for each pair.
     *
     * @param constants what comes first
     * @param mean of each row
     * @param std of each row; as many
     * @return a new array
     */
    public static float[] append(float[] constants, float[] mean, float[] std) {
        float[] all = new float[constants.length + BYTES * mean.length];
        System.arraycopy(constants, 0, all, 0, constants.length);
        int at = constants.length;
        for (int row = 0; row < mean.length; row++) {
            for (int value = 0; value < BYTES; value++) {
                all[at++] = (value / 255f - mean[row]) / std[row];
            }
        }
        return all;
    }
}

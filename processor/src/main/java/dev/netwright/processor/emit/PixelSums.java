package dev.netwright.processor.emit;

/**
 * The loops of a weight gradient's tile that takes a few pixels at once: {@code ak} and {@code bk} are where they begin,
 * and {@code b0}, {@code b1}, ... the gradient's vectors.
 *
 * @param rows rows of pixels
 * @param columns pixels of a row
 * @param pixels taken at once, a divisor of the columns
 * @param aRow from a row to the next in a
 * @param aColumn from a pixel to the next in a
 * @param bRow from a row to the next in b
 * @param bColumn from a pixel to the next in b
 */
record PixelSums(int rows, int columns, int pixels, int aRow, int aColumn, int bRow, int bColumn) {
    /** Opens two loops. */
    void open(Code.Builder code, Lanes lanes) {
        code.beginControlFlow("$L", Trips.loop("k0", rows, lanes));
        code.beginControlFlow("$L", Trips.loop("k1", columns / pixels, lanes));
        code.addStatement("int ak = $L", Index.of("aBase").plus("k0", aRow).plus("k1", pixels * aColumn));
        code.addStatement("int bk = $L", Index.of("bBase").plus("k0", bRow).plus("k1", pixels * bColumn));
        for (int p = 0; p < pixels; p++) {
            String index = Index.of("bk").plus(p * bColumn).toString();
            code.addStatement("$T b$L = $L", lanes.type(), p, lanes.load("b", index));
        }
    }

    static void close(Code.Builder code) {
        code.endControlFlow().endControlFlow();
    }
}

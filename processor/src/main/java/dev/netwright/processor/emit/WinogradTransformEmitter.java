package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.WinogradKernel.Transform;
import java.util.List;

/** The loops and tiles of a {@link Transform}. */
final class WinogradTransformEmitter extends WinogradEmitter {
    private final Transform transform;

    WinogradTransformEmitter(String name, Transform transform, Lanes lanes) {
        super(name, transform, lanes);
        this.transform = transform;
    }

    @Override
    void loops() {
        startUnits(transform.rows());
        start("out", transform.out(), kept(transform.rows(), transform.keptRows()));
        start("in", transform.in(), "row");
        call(transform.columns(), List.of());
    }

    @Override
    void tile() {
        double[][] rows = transform.form().matrix(transform.matrix());
        int from = rows[0].length;
        int to = rows.length;
        tile.add("// $L x $L to $L x $L, $L\n", from, from, to, to, transform.form());
        LinearTransform matrix = new LinearTransform(rows, lanes);
        int row = transform.form().size() * Layout.LANES;
        Side whole = new Side("in", "inBase + lane", transform.inColumn(), transform.inRow(), false);
        Side columns = new Side("local", "localBase", Layout.LANES, row, false);
        Side half = new Side("local", "localBase", row, Layout.LANES, false);
        Side result =
                new Side("out", "outBase + lane", transform.outRow(), transform.outColumn(), transform.accumulate());
        if (transform.dividesPasses()) {
            eachLane(
                    matrix,
                    transform.lanes(),
                    Code.builder()
                            .add(passCall("Columns", rows, from, whole, columns))
                            .add(passCall("Rows", rows, to, half, result))
                            .build());
            return;
        }
        Code.Builder passes = Code.builder();
        pass(passes, matrix, from, whole, columns);
        pass(passes, matrix, to, half, result);
        eachLane(matrix, transform.lanes(), passes.build());
    }
}

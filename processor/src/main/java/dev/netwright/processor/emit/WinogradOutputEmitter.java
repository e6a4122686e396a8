package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.WinogradForm;
import dev.netwright.processor.graph.WinogradForm.Matrix;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Strides;
import dev.netwright.processor.plan.WinogradKernel.Output;
import dev.netwright.processor.plan.WinogradKernel.Steps;
import java.util.ArrayList;
import java.util.List;

/** The loops and tiles of an {@link Output}. */
final class WinogradOutputEmitter extends WinogradEmitter {
    private final Output output;

    WinogradOutputEmitter(String name, Output output, Lanes lanes) {
        super(name, output, lanes);
        this.output = output;
    }

    @Override
    List<String> tileArguments() {
        return List.of("rows", "columns");
    }

    @Override
    void loops() {
        startUnits(output.rows());
        for (String operand : Operands.names(output)) {
            if (operand.equals("in")) {
                start("in", output.in(), kept(output.rows(), output.keptRows()));
            } else if (strides(operand) != null) {
                Strides strides = strides(operand);
                int stored = output.stored();
                start(
                        operand,
                        new Steps(strides.sample(), stored * strides.rows().get(0), stored * strides.column()),
                        "row");
            }
        }
        call(
                output.columns(),
                List.of(
                        bound("row", output.rows(), output.outRows(), output.stored()),
                        bound("column", output.columns(), output.outColumns(), output.stored())));
    }

    /** How many of a tile's rows or columns there are in the result. */
    private static String bound(String tileIndex, int tiles, int out, int stored) {
        return tiles * stored == out
                ? String.valueOf(stored)
                : "Math.min(" + stored + ", " + out + " - " + Index.of("").plus(tileIndex, stored) + ")";
    }

    @Override
    void tile() {
        WinogradForm form = output.form();
        int size = form.size();
        int row = size * Layout.LANES;
        tile.add("// $L points to $L x $L results\n", form.points(), form.outputs(), form.outputs());
        double[][] rows = form.matrix(Matrix.OUTPUT);
        Side points = new Side("in", "inBase + lane", output.inPoint(), size * output.inPoint(), false);
        Side half = new Side("local", "localBase", Layout.LANES, row, false);
        LinearTransform matrix = new LinearTransform(rows, lanes);
        Code.Builder passes = Code.builder();
        pass(passes, matrix, size, points, half);
        secondPass(passes, matrix, row);
        if (output.dividesPasses() || Bytecodes.of(passes.build()) > Bytecodes.MOST_OF_KERNEL) {
            matrix = new LinearTransform(rows, lanes);
            passes = Code.builder().add(passCall("Columns", rows, size, points, half));
            secondPass(passes, matrix, row);
        }
        eachLane(matrix, output.lanes(), passes.build());
    }

    private void secondPass(Code.Builder code, LinearTransform matrix, int row) {
        Side half = new Side("local", "localBase", row, Layout.LANES, false);
        pass(code, matrix, output.form().outputs(), half, half);
        results(code, row);
    }

    /** Bias, epilogue and pool of what the passes have left. */
    private void results(Code.Builder code, int row) {
        if (output.biased()) {
            code.addStatement("$T bias0 = $L", lanes.type(), lanes.load("bias", "biasBase + lane"));
        }
        boolean pools = output.store().pooling().pools();
        int step = pools ? 2 : 1;
        Pooled pooled = new Pooled(lanes, code, output.store().pooling());
        pooled.explain();
        code.beginControlFlow("for (int i = 0; i < rows; i++)");
        code.beginControlFlow("for (int j = 0; j < columns; j++)");
        code.addStatement(
                "int at = $L", Index.of("localBase").plus("i", step * row).plus("j", step * Layout.LANES));
        EpilogueEmitter epilogue = new EpilogueEmitter(output.store().epilogue(), lanes, code);
        List<String> four = new ArrayList<>();
        for (int q = 0; q < step * step; q++) {
            String at = Index.of("at")
                    .plus(q / step * row + q % step * Layout.LANES)
                    .toString();
            Code loaded = lanes.load("local", at);
            String sum = "s" + q;
            code.addStatement("$T $L = $L", lanes.type(), sum, loaded);
            if (output.biased()) {
                code.addStatement("$L = $L", sum, lanes.binary(Expr.BinaryOp.ADD, sum, "bias0"));
            }
            four.add(epilogue.write(sum, String.valueOf(q), this::at));
        }
        if (pools) {
            pooled.store(four, "0", at("c"), at("index"));
        } else {
            code.addStatement(lanes.store(four.get(0), "c", at("c")));
        }
        code.endControlFlow();
        code.endControlFlow();
    }

    /** Index of an operand of the output for the present row and column of the tile's results. */
    private String at(String operand) {
        Strides strides = strides(operand);
        return strides == null
                ? null
                : Index.of(Operands.base(operand))
                        .plus("lane", 1)
                        .plus("i", strides.rows().get(0))
                        .plus("j", strides.column())
                        .toString();
    }

    /** The strides of an operand that the results meet element by element; null for any other. */
    private Strides strides(String operand) {
        return output.store().operands().get(operand);
    }
}

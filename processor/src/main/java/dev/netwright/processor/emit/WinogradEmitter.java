package dev.netwright.processor.emit;

import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.WinogradForm;
import dev.netwright.processor.graph.WinogradForm.Matrix;
import dev.netwright.processor.plan.Kernel.Pooling;
import dev.netwright.processor.plan.Kernel.Strides;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.WinogradKernel;
import dev.netwright.processor.plan.WinogradKernel.Output;
import dev.netwright.processor.plan.WinogradKernel.Steps;
import dev.netwright.processor.plan.WinogradKernel.Transform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The transforms of Winograd's algorithm: loops over tiles, and a method for one tile. That makes a pass over columns
 * and one over rows, through the worker's own memory; written out in one piece a transform of 6 x 6 is too long for
 * HotSpot's C1, and slower even when warm.
 */
final class WinogradEmitter {
    /** The two passes of a longer transform would be above 1,000 bytecodes together. */
    private static final int LONGEST_IN_ONE = 6;

    /** Where a pass loads or stores: an element of an iteration. */
    private record Side(String array, String base, int iteration, int element, boolean accumulate) {}

    private final String name;
    private final WinogradKernel kernel;
    private final Lanes lanes;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Code.Builder loops = Code.builder();
    private final Code.Builder tile = Code.builder();
    private final List<KernelMethod> helpers = new ArrayList<>();

    WinogradEmitter(String name, WinogradKernel kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
    }

    /** The body of the kernel's method; {@link #methods} then has what it calls. */
    Code body() {
        if (kernel instanceof Transform transform) {
            loops(transform);
            tile(transform);
        } else {
            loops((Output) kernel);
            tile((Output) kernel);
        }
        return loops.build();
    }

    List<KernelMethod> methods() {
        List<ParameterSpec> parameters = new ArrayList<>(Operands.arrays(kernel));
        if (kernel instanceof Output) {
            parameters.add(ParameterSpec.builder(TypeName.INT, "rows").build());
            parameters.add(ParameterSpec.builder(TypeName.INT, "columns").build());
        }
        List<KernelMethod> methods = new ArrayList<>();
        methods.add(KernelMethod.named(tileName())
                .modifiers("private static")
                .parameters(parameters)
                .body(tile.build()));
        methods.addAll(helpers);
        return methods;
    }

    private String tileName() {
        return name + "Once";
    }

    private void loops(Transform transform) {
        startUnits(transform.rows());
        start("out", transform.out(), kept(transform.rows(), transform.keptRows()));
        start("in", transform.in(), "row");
        call(transform.columns(), List.of());
    }

    private void loops(Output output) {
        startUnits(output.rows());
        for (String operand : Operands.names(output)) {
            if (operand.equals("in")) {
                start("in", output.in(), kept(output.rows(), output.keptRows()));
            } else if (strides(output, operand) != null) {
                Strides strides = strides(output, operand);
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

    private static String kept(int rows, int kept) {
        return kept < rows ? "row % " + kept : "row";
    }

    private void startUnits(int rows) {
        loops.beginControlFlow("for (int unit = from; unit < to; unit++)");
        loops.addStatement("int outer = unit / $L", rows);
        loops.addStatement("int row = unit % $L", rows);
    }

    private void start(String operand, Steps steps, String row) {
        columns.put(operand, steps.column());
        loops.addStatement(
                "int $LAt = $L",
                operand,
                Index.of(Operands.base(operand)).plus("outer", steps.outer()).plus(row, steps.row()));
    }

    private void call(int tiles, List<String> further) {
        loops.beginControlFlow("for (int column = 0; column < $L; column++)", tiles);
        List<String> arguments = new ArrayList<>();
        for (String operand : Operands.names(kernel)) {
            Integer step = columns.get(operand);
            arguments.add(operand);
            arguments.add(
                    step == null
                            ? Operands.base(operand)
                            : Index.of(operand + "At").plus("column", step).toString());
        }
        arguments.addAll(further);
        loops.addStatement("$L(" + String.join(",$W", arguments) + ")", tileName());
        loops.endControlFlow();
        loops.endControlFlow();
    }

    private void tile(Transform transform) {
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
        if (rows[0].length > LONGEST_IN_ONE) {
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

    /** A pass as a method of its own. */
    private Code passCall(String suffix, double[][] rows, int count, Side from, Side to) {
        LinearTransform matrix = new LinearTransform(rows, lanes);
        Code.Builder code = Code.builder();
        pass(
                code,
                matrix,
                count,
                new Side(from.array(), Operands.base(from.array()), from.iteration(), from.element(), false),
                new Side(to.array(), Operands.base(to.array()), to.iteration(), to.element(), to.accumulate()));
        KernelMethod method = KernelMethod.named(tileName() + suffix).modifiers("private static");
        for (Side side : List.of(from, to)) {
            method.parameter(Operands.array(ElementType.FLOAT32), side.array());
            method.parameter(TypeName.INT, Operands.base(side.array()));
        }
        helpers.add(method.body(Code.join(List.of(matrix.constants(), code.build()), "")));
        return Code.builder()
                .addStatement(
                        "$L($L, $L, $L, $L)", tileName() + suffix, from.array(), from.base(), to.array(), to.base())
                .build();
    }

    private void eachLane(LinearTransform matrix, int count, Code code) {
        tile.add(matrix.constants());
        tile.beginControlFlow("for (int lane = 0; lane < $L; lane += $L)", count, lanes.count());
        tile.add(code);
        tile.endControlFlow();
    }

    private void pass(Code.Builder code, LinearTransform matrix, int count, Side from, Side to) {
        code.beginControlFlow("for (int i = 0; i < $L; i++)", count);
        code.addStatement("int from = $L", Index.of(from.base()).plus("i", from.iteration()));
        code.addStatement("int to = $L", Index.of(to.base()).plus("i", to.iteration()));
        List<String> loaded = new ArrayList<>();
        for (int q = 0; q < matrix.columns(); q++) {
            String variable = "d" + q;
            code.addStatement(
                    "$T $L = $L",
                    lanes.type(),
                    variable,
                    lanes.load(
                            from.array(),
                            Index.of("from").plus(q * from.element()).toString()));
            loaded.add(variable);
        }
        List<String> results = matrix.apply(code, loaded);
        for (int q = 0; q < results.size(); q++) {
            String at = Index.of("to").plus(q * to.element()).toString();
            String value = results.get(q);
            if (to.accumulate()) {
                code.addStatement("$T old$L = $L", lanes.type(), q, lanes.load(to.array(), at));
                value = lanes.binary(Expr.BinaryOp.ADD, "old" + q, value).toString();
            }
            code.addStatement(lanes.store(value, to.array(), at));
        }
        code.endControlFlow();
    }

    private void tile(Output output) {
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
        secondPass(passes, matrix, output, row);
        if (size > LONGEST_IN_ONE || Bytecodes.of(passes.build()) > Bytecodes.MOST_OF_KERNEL) {
            matrix = new LinearTransform(rows, lanes);
            passes = Code.builder().add(passCall("Columns", rows, size, points, half));
            secondPass(passes, matrix, output, row);
        }
        eachLane(matrix, output.lanes(), passes.build());
    }

    private void secondPass(Code.Builder code, LinearTransform matrix, Output output, int row) {
        Side half = new Side("local", "localBase", row, Layout.LANES, false);
        pass(code, matrix, output.form().outputs(), half, half);
        results(code, output, row);
    }

    /** Bias, epilogue and pool of what the passes have left. */
    private void results(Code.Builder code, Output output, int row) {
        if (output.biased()) {
            code.addStatement("$T bias0 = $L", lanes.type(), lanes.load("bias", "biasBase + lane"));
        }
        boolean pools = output.pooling() != Pooling.NONE;
        int step = pools ? 2 : 1;
        Pooled pooled = new Pooled(lanes, code, output.pooling(), output.placeRow(), output.placeColumn());
        pooled.explain();
        code.beginControlFlow("for (int i = 0; i < rows; i++)");
        code.beginControlFlow("for (int j = 0; j < columns; j++)");
        code.addStatement(
                "int at = $L", Index.of("localBase").plus("i", step * row).plus("j", step * Layout.LANES));
        Map<Float, String> constants = new HashMap<>();
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
            four.add(epilogue(code, output, sum, q, constants));
        }
        if (pools) {
            pooled.store(four, "0", at(output, "c"), at(output, "index"));
        } else {
            code.addStatement(lanes.store(four.get(0), "c", at(output, "c")));
        }
        code.endControlFlow();
        code.endControlFlow();
    }

    private String epilogue(Code.Builder code, Output output, String sum, int element, Map<Float, String> constants) {
        if (output.keepsSum()) {
            code.addStatement(lanes.store(sum, "sum", at(output, "sum")));
        }
        if (output.epilogue() instanceof Expr.Argument) {
            return sum;
        }
        List<String> arguments = new ArrayList<>(List.of(sum));
        for (int i = output.keepsSum() ? 1 : 0; i < output.further().size(); i++) {
            String operand = Operands.furtherName(output.keepsSum(), i);
            String loaded = operand + "_" + element;
            code.addStatement("$T $L = $L", lanes.type(), loaded, lanes.load(operand, at(output, operand)));
            arguments.add(loaded);
        }
        return new ExprEmitter(lanes, code, "e" + element + "_", constants).emit(output.epilogue(), arguments);
    }

    /** Index of an operand of the output for the present row and column of the tile's results. */
    private static String at(Output output, String operand) {
        Strides strides = strides(output, operand);
        return strides == null
                ? null
                : Index.of(Operands.base(operand))
                        .plus("lane", 1)
                        .plus("i", strides.rows().get(0))
                        .plus("j", strides.column())
                        .toString();
    }

    /** The strides of an operand that the results meet element by element; null for any other. */
    private static Strides strides(Output output, String operand) {
        if (operand.equals("c")) {
            return output.c();
        } else if (operand.equals("index")) {
            return output.index();
        }
        return IntStream.range(0, output.further().size())
                .filter(i -> Operands.furtherName(output.keepsSum(), i).equals(operand))
                .mapToObj(i -> output.further().get(i))
                .findFirst()
                .orElse(null);
    }
}

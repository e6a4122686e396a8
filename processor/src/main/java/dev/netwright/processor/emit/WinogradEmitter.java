package dev.netwright.processor.emit;

import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.plan.WinogradKernel;
import dev.netwright.processor.plan.WinogradKernel.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The transforms of Winograd's algorithm: loops over tiles, and a method for one tile. That makes a pass over columns
 * and one over rows, through the worker's own memory; written out in one piece a transform of 6 x 6 is too long for
 * HotSpot's C1, and slower even when warm.
 */
abstract class WinogradEmitter implements KernelEmitter {
    /** Where a pass loads or stores: an element of an iteration. */
    record Side(String array, String base, int iteration, int element, boolean accumulate) {}

    private final String name;
    private final WinogradKernel kernel;
    final Lanes lanes;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Code.Builder loops = Code.builder();
    final Code.Builder tile = Code.builder();
    private final List<KernelMethod> helpers = new ArrayList<>();

    WinogradEmitter(String name, WinogradKernel kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
    }

    /** Writes the loops over tiles. */
    abstract void loops();

    /** Writes what is done for one tile. */
    abstract void tile();

    /** What the method of one tile is told besides the operands. */
    List<String> tileArguments() {
        return List.of();
    }

    @Override
    public Code body() {
        loops();
        tile();
        return loops.build();
    }

    @Override
    public List<KernelMethod> helpers() {
        List<ParameterSpec> parameters = new ArrayList<>(Operands.arrays(kernel));
        tileArguments()
                .forEach(name ->
                        parameters.add(ParameterSpec.builder(TypeName.INT, name).build()));
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

    static String kept(int rows, int kept) {
        return kept < rows ? "row % " + kept : "row";
    }

    final void startUnits(int rows) {
        loops.beginControlFlow("for (int unit = from; unit < to; unit++)");
        loops.addStatement("int outer = unit / $L", rows);
        loops.addStatement("int row = unit % $L", rows);
    }

    final void start(String operand, Steps steps, String row) {
        columns.put(operand, steps.column());
        loops.addStatement(
                "int $LAt = $L",
                operand,
                Index.of(Operands.base(operand)).plus("outer", steps.outer()).plus(row, steps.row()));
    }

    final void call(int tiles, List<String> further) {
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

    /** A pass as a method of its own. */
    final Code passCall(String suffix, double[][] rows, int count, Side from, Side to) {
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

    final void eachLane(LinearTransform matrix, int count, Code code) {
        tile.add(matrix.constants());
        tile.beginControlFlow("for (int lane = 0; lane < $L; lane += $L)", count, lanes.count());
        tile.add(code);
        tile.endControlFlow();
    }

    final void pass(Code.Builder code, LinearTransform matrix, int count, Side from, Side to) {
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
}

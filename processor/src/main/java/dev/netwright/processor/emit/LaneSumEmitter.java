package dev.netwright.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.plan.LaneSums;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@link LaneSums}: tiles of samples times rows that leave their lanes in memory, where they are added up. */
final class LaneSumEmitter implements KernelEmitter {
    private final String name;
    private final LaneSums sums;
    private final Lanes lanes;
    private final Map<String, KernelMethod> methods = new LinkedHashMap<>();

    LaneSumEmitter(String name, LaneSums sums, Lanes lanes) {
        this.name = name;
        this.sums = sums;
        this.lanes = lanes;
    }

    @Override
    public Code body() {
        Code.Builder code = Code.builder();
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int row = unit * $L", LaneSums.ROWS);
        code.addStatement("int sample = 0");
        if (lanes.isVector()) {
            code.beginControlFlow("if (WIDE)");
            samples(code, LaneSums.samples(true));
            code.nextControlFlow("else");
            samples(code, LaneSums.samples(false));
            code.endControlFlow();
        } else {
            samples(code, LaneSums.samples(false));
        }
        code.beginControlFlow("for (; sample < samples; sample++)");
        tile(code, 1, LaneSums.ROWS, 0);
        code.endControlFlow();
        return code.endControlFlow().build();
    }

    @Override
    public List<KernelMethod> helpers() {
        return List.copyOf(methods.values());
    }

    private void samples(Code.Builder code, int size) {
        code.beginControlFlow("for (; sample + $1L <= samples; sample += $1L)", size);
        tile(code, size, LaneSums.ROWS / 2, 0);
        tile(code, size, LaneSums.ROWS / 2, LaneSums.ROWS / 2);
        code.endControlFlow();
    }

    private void tile(Code.Builder code, int samples, int rows, int firstRow) {
        String tile = name + "Tile" + samples + "x" + rows;
        methods.computeIfAbsent(tile, n -> tileMethod(n, samples, rows));
        methods.computeIfAbsent(name + "Store", this::storeMethod);
        String row = Index.of("row").plus(firstRow).toString();
        String b = Index.of("bBase")
                .plus("row", Layout.LANES)
                .plus(firstRow * Layout.LANES)
                .toString();
        code.beginControlFlow("for (int lane = 0; lane < $L; lane += $L)", Layout.LANES, lanes.count());
        code.addStatement(
                "$L(a,$WaBase + sample * $L + lane,$Wb,$W$L + lane,$Wlanes,$WlanesBase + lane)",
                tile,
                sums.aSample(),
                b);
        code.endControlFlow();
        List<String> arguments =
                new ArrayList<>(List.of("lanes", "lanesBase", String.valueOf(samples), String.valueOf(rows)));
        sums.store().operands().forEach((operand, strides) -> {
            arguments.add(operand);
            arguments.add(Operands.base(operand) + " + sample * " + strides.sample() + " + " + row);
        });
        code.addStatement("$LStore(" + String.join(",$W", arguments) + ")", name);
    }

    private KernelMethod tileMethod(String tile, int samples, int rows) {
        Code.Builder code = Code.builder();
        code.add(
                "// $L x $L, each in every lane a sum over $L\n",
                Counted.of(samples, "sample"),
                Counted.of(rows, "row"),
                sums.blocks());
        code.addStatement(
                "$T zero = $L",
                lanes.type(),
                lanes.isVector() ? Code.of("$T.zero(S)", RuntimeNames.FLOAT_VECTOR) : Code.of("0f"));
        for (int i = 0; i < samples; i++) {
            for (int r = 0; r < rows; r++) {
                code.addStatement("$T s$L_$L = zero", lanes.type(), i, r);
            }
        }
        code.beginControlFlow("$L", Trips.loop("k0", sums.blocks(), lanes));
        code.addStatement("int ak = $L", Index.of("aBase").plus("k0", Layout.LANES));
        code.addStatement("int bk = $L", Index.of("bBase").plus("k0", Math.multiplyExact(sums.rows(), Layout.LANES)));
        for (int i = 0; i < samples; i++) {
            String at = Index.of("ak").plus(i * sums.aSample()).toString();
            code.addStatement("$T a$L = $L", lanes.type(), i, lanes.load("a", at));
        }
        for (int r = 0; r < rows; r++) {
            String at = Index.of("bk").plus(r * Layout.LANES).toString();
            code.addStatement("$T b$L = $L", lanes.type(), r, lanes.load("b", at));
            for (int i = 0; i < samples; i++) {
                String sum = "s" + i + "_" + r;
                code.addStatement("$L = $L", sum, lanes.fma("a" + i, "b" + r, sum));
            }
        }
        code.endControlFlow();
        for (int i = 0; i < samples; i++) {
            for (int r = 0; r < rows; r++) {
                String at = Index.of("lanesBase")
                        .plus((i * rows + r) * Layout.LANES)
                        .toString();
                code.addStatement(lanes.store("s" + i + "_" + r, "lanes", at));
            }
        }
        KernelMethod method = KernelMethod.named(tile);
        for (String operand : List.of("a", "b", "lanes")) {
            array(method, operand);
        }
        return method.body(code.build());
    }

    /** Adds up the lanes of a tile and finishes its elements one by one. */
    private KernelMethod storeMethod(String store) {
        Code.Builder code = Code.builder();
        code.beginControlFlow("for (int i = 0; i < samples; i++)");
        code.beginControlFlow("for (int r = 0; r < rows; r++)");
        code.addStatement(
                "float sum = $T.sumOfLanes(lanes, lanesBase + (i * rows + r) * $L)",
                RuntimeNames.SUPPORT,
                Layout.LANES);
        String result = new EpilogueEmitter(sums.store().epilogue(), Lanes.SCALAR, code).write("sum", "0", this::at);
        code.addStatement(Lanes.SCALAR.store(result, Store.RESULT, at(Store.RESULT)));
        code.endControlFlow();
        code.endControlFlow();
        KernelMethod method = KernelMethod.named(store).modifiers("private static");
        array(method, "lanes");
        method.parameter(TypeName.INT, "samples").parameter(TypeName.INT, "rows");
        sums.store().operands().keySet().forEach(operand -> array(method, operand));
        return method.body(code.build());
    }

    private String at(String operand) {
        return Index.of(Operands.base(operand))
                .plus("i", sums.store().operands().get(operand).sample())
                .plus("r", 1)
                .toString();
    }

    private static void array(KernelMethod method, String operand) {
        method.parameter(ArrayTypeName.of(TypeName.FLOAT), operand);
        method.parameter(TypeName.INT, Operands.base(operand));
    }
}

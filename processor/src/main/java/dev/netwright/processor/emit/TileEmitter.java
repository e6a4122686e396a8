package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Parts;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.plan.Strides;
import dev.netwright.processor.plan.SumLoop;
import dev.netwright.processor.plan.Tile;
import dev.netwright.processor.plan.Tile.Samples;
import dev.netwright.processor.plan.TileShape;
import dev.netwright.processor.plan.TileShapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The loops around register tiles; the tiles themselves are methods of their own, so that each is compiled once and
 * well.
 */
final class TileEmitter implements KernelEmitter {
    private final String name;
    private final Tile tile;
    private final Lanes lanes;
    /** By their names. */
    private final Map<String, KernelMethod> tiles = new LinkedHashMap<>();

    private final Map<String, Strides> strides;

    TileEmitter(String name, Tile tile, Lanes lanes) {
        this.name = name;
        this.tile = tile;
        this.lanes = lanes;
        this.strides = tile.strides();
    }

    @Override
    public Code body() {
        Code.Builder code = Code.builder();
        if (tile.samples() == Samples.COLUMNS) {
            code.addStatement("int groups = (samples + $L) / $L", Planner.GROUP - 1, Planner.GROUP);
        }
        if (tile.bands() != null) {
            code.beginControlFlow("for (int sample = 0; sample < samples; sample++)");
            bands().forEach((band, loop) ->
                    code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", band, loop.count()));
        }
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        units(code);
        if (tile.samples() == Samples.ACCUMULATED && tile.bands() == null) {
            code.beginControlFlow("for (int sample = 0; sample < samples; sample++)");
        }
        operandStarts(code);
        if (lanes.isVector() && (tile.shapes().differ() || tile.lastShapes().differ())) {
            code.beginControlFlow("if (WIDE)");
            blocks(code, TileShapes::wide);
            code.nextControlFlow("else");
            blocks(code, TileShapes::narrow);
            code.endControlFlow();
        } else {
            blocks(code, TileShapes::narrow);
        }
        if (tile.samples() == Samples.ACCUMULATED) {
            code.endControlFlow();
        }
        bands().values().forEach(any -> code.endControlFlow());
        return code.endControlFlow().build();
    }

    /** The loops over bands, those over more than one, by their variables. */
    private Map<String, SumLoop> bands() {
        Map<String, SumLoop> bands = new LinkedHashMap<>();
        List<SumLoop> loops = tile.bands() == null ? List.of() : tile.bands().loops();
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).count() > 1) {
                bands.put(i == loops.size() - 1 ? "band" : "slab", loops.get(i));
            }
        }
        return bands;
    }

    @Override
    public List<KernelMethod> helpers() {
        return List.copyOf(tiles.values());
    }

    static void openSampleBlock(Code.Builder code, int block) {
        code.beginControlFlow("for (int first = 0; first < samples; first += $L)", block);
        code.addStatement("int end = Math.min(first + $L, samples)", block);
    }

    static void openSamples(Code.Builder code, int block) {
        if (block > 0) {
            code.beginControlFlow("for (int sample = first; sample < end; sample++)");
        } else {
            code.beginControlFlow("for (int sample = 0; sample < samples; sample++)");
        }
    }

    private void units(Code.Builder code) {
        String rest = "unit";
        if (tile.samples() == Samples.COLUMNS) {
            code.addStatement("int first = unit % groups * $L", Planner.GROUP);
            code.addStatement("int end = Math.min(first + $L, samples)", Planner.GROUP);
            rest = "unit / groups";
        } else if (tile.samples() == Samples.SUMMED) {
            int parts = (tile.columns() + Planner.GROUP - 1) / Planner.GROUP;
            code.addStatement("int first = unit % $L * $L", parts, Planner.GROUP);
            code.addStatement("int end = Math.min(first + $L, $L)", Planner.GROUP, tile.columns());
            rest = "unit / " + parts;
        }
        boolean sampled = tile.samples() == Samples.SEPARATE;
        List<Dimension> loops =
                new ArrayList<>(List.of(new Dimension("row", tile.rows()), new Dimension("block", tile.blocks())));
        loops.add(0, new Dimension("part", tile.extent().parts()));
        if (tile.blocksFirst()) {
            // of what each sample has by itself, parts of columns are parts of rows
            Collections.rotate(sampled ? loops : loops.subList(1, loops.size()), 1);
        }
        loops.removeIf(loop -> loop.count() == 1);
        for (int i = 0; i < loops.size(); i++) {
            Dimension loop = loops.get(i);
            boolean outermost = !sampled && i == loops.size() - 1;
            code.addStatement("int $L = $L", loop.name(), outermost ? rest : rest + " % " + loop.count());
            rest = rest + " / " + loop.count();
        }
        if (sampled) {
            code.addStatement("int sample = $L", rest);
        }
        Parts columns = tile.extent().columnsOfUnits();
        if (columns.parts() > 1) {
            String first = columns.small() == 1 ? "part" : "part * " + columns.small();
            code.addStatement(
                    "int firstColumn = $L",
                    columns.split() == 0 ? first : first + " + Math.min(part, " + columns.longer() + ")");
        }
    }

    private record Dimension(String name, int count) {}

    private boolean hasSample() {
        return tile.samples() == Samples.SEPARATE || tile.samples() == Samples.ACCUMULATED;
    }

    private void operandStarts(Code.Builder code) {
        strides.forEach((operand, stride) -> {
            Index index = Index.of(Operands.base(operand));
            if (hasSample()) {
                index.plus("sample", stride.sample());
            }
            if (operand.equals("a")) {
                bands().forEach((band, loop) -> index.plus(band, loop.a()));
            } else if (operand.equals("b")) {
                bands().forEach((band, loop) -> index.plus(band, loop.b()));
            }
            if (tile.blocks() > 1) {
                boolean shares = operand.equals("a") && tile.sum().sharing() > 1;
                index.plus(shares ? "block / " + tile.sum().sharing() : "block", stride.block());
            }
            if (tile.extent().parts() > 1) {
                index.plus("firstColumn", stride.column());
            }
            int inner = tile.rows();
            for (int i = 0; i < tile.rowCounts().size() && tile.rows() > 1; i++) {
                int count = tile.rowCounts().get(i);
                inner /= count;
                if (count == 1) {
                    continue;
                }
                String row = inner == 1 ? "row" : "row / " + inner;
                if (inner * count < tile.rows()) {
                    row = row + " % " + count;
                }
                index.plus(row, stride.rows().get(i));
            }
            code.addStatement("int $LAt = $L", operand, index);
        });
    }

    /** The tiles of all blocks, of which the last may have other lanes. */
    private void blocks(Code.Builder code, Function<TileShapes, TileShape> registers) {
        TileShape shape = registers.apply(tile.shapes());
        TileShape last = registers.apply(tile.lastShapes());
        int width = tile.width();
        if (tile.extent().isEven()) {
            shape(code, shape, width, String.valueOf(width));
            return;
        }
        int others = tile.blocks() - 1;
        if (shape.equals(last) && !shape.spread(tile)) {
            code.addStatement(
                    "int lanes = block < $L ? $L : $L",
                    others,
                    width,
                    tile.extent().last());
            shape(code, shape, width, "lanes");
            return;
        }
        code.beginControlFlow("if (block < $L)", others);
        shape(code, shape, width, String.valueOf(width));
        code.nextControlFlow("else");
        shape(code, last, tile.extent().last(), String.valueOf(tile.extent().last()));
        code.endControlFlow();
    }

    private void shape(Code.Builder code, TileShape shape, int width, String end) {
        int step = shape.vectors();
        boolean onePass = !lanes.isVector() && step == width;
        if (shape.spread(tile)) {
            code.beginControlFlow("for (int lane = 0; lane < $L; lane += $L)", width / shape.vectors(), lanes.count());
        } else if (!onePass) {
            code.beginControlFlow(
                    "for (int lane = 0; lane < $L; lane += $L)",
                    end,
                    lanes.isVector() ? step + " * L" : String.valueOf(step));
        }
        switch (tile.samples()) {
            case COLUMNS, SUMMED -> dynamicColumns(code, shape);
            default -> columns(code, shape);
        }
        if (!onePass) {
            code.endControlFlow();
        }
    }

    private void columns(Code.Builder code, TileShape shape) {
        Parts units = tile.extent().columnsOfUnits();
        if (units.split() == 0) {
            columns(code, units.small(), shape);
            return;
        }
        code.beginControlFlow("if (part < $L)", units.longer());
        columns(code, units.largest(), shape);
        code.nextControlFlow("else");
        columns(code, units.small(), shape);
        code.endControlFlow();
    }

    private void columns(Code.Builder code, int count, TileShape shape) {
        Parts parts = shape.parts(count);
        columns(code, 0, parts.split(), parts.small() + 1, shape);
        columns(code, parts.split(), parts.count(), parts.small(), shape);
    }

    private void columns(Code.Builder code, int first, int end, int size, TileShape shape) {
        if (first == end) {
            return;
        }
        if (end - first == size) {
            call(code, String.valueOf(first), size, shape);
            return;
        }
        code.beginControlFlow("for (int column = $L; column < $L; column += $L)", first, end, size);
        call(code, "column", size, shape);
        code.endControlFlow();
    }

    private void dynamicColumns(Code.Builder code, TileShape shape) {
        if (shape.columns() == 1) {
            code.beginControlFlow("for (int column = first; column < end; column++)");
        } else {
            code.addStatement("int column = first");
            code.beginControlFlow("for (; column + $1L <= end; column += $1L)", shape.columns());
            call(code, "column", shape.columns(), shape);
            code.endControlFlow();
            if (tile.samples() == Samples.SUMMED && tile.columns() % shape.columns() == 0) {
                return;
            }
            code.beginControlFlow("for (; column < end; column++)");
        }
        call(code, "column", 1, shape);
        code.endControlFlow();
    }

    private void call(Code.Builder code, String column, int size, TileShape shape) {
        String tileName = name + "Tile" + size + "x" + shape.vectors();
        tiles.computeIfAbsent(tileName, any -> tile(tileName, size, shape));
        boolean spread = shape.spread(tile);
        List<String> arguments = new ArrayList<>();
        strides.forEach((operand, stride) -> {
            boolean pooled = tile.store().pooling().pools() && operand.equals("a");
            Index index = Index.of(operand + "At");
            int factor = pooled ? 2 * stride.column() : stride.column();
            if (isNumber(column)) {
                index.plus(Integer.parseInt(column) * factor);
            } else {
                index.plus(column, factor);
            }
            if (stride.isGrouped() && !spread) {
                index.plus("lane / " + Layout.LANES, stride.group()).plus("lane % " + Layout.LANES, 1);
            } else if (!operand.equals("a") || tile.sum().lanewise()) {
                index.plus("lane", 1);
            }
            arguments.add(operand);
            arguments.add(index.toString());
        });
        if (tile.samples() == Samples.SUMMED) {
            arguments.add("samples");
        }
        code.addStatement("$L(" + String.join(",$W", arguments) + ")", tileName);
    }

    private KernelMethod tile(String tileName, int size, TileShape shape) {
        TileBodyEmitter body = new TileBodyEmitter(tileName, tile, lanes, size, shape, strides);
        Code code = body.code();
        if (lanes.isVector() && Bytecodes.of(code) > Bytecodes.MOST_OF_KERNEL) {
            code = new TileBodyEmitter(tileName, tile, Lanes.SHORT_VECTOR, size, shape, strides).code();
        }
        return KernelMethod.named(tileName).parameters(body.parameters()).body(code);
    }

    private static boolean isNumber(String text) {
        return Character.isDigit(text.charAt(0));
    }
}

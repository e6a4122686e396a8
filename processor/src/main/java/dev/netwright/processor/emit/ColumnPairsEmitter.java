package dev.netwright.processor.emit;

import dev.netwright.processor.plan.ColumnPairs;
import dev.netwright.processor.plan.ColumnPairs.Part;
import dev.netwright.processor.plan.Layout;
import java.util.ArrayList;
import java.util.List;

/** The loops of {@link ColumnPairs}, and its tiles as methods of their own. */
final class ColumnPairsEmitter implements KernelEmitter {
    private final String name;
    private final ColumnPairs kernel;
    private final Lanes lanes;
    /** Of which there is a method each: parts that are not like one before. */
    private final List<Part> tiles = new ArrayList<>();

    ColumnPairsEmitter(String name, ColumnPairs kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
    }

    @Override
    public Code body() {
        Code.Builder code = Code.builder();
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int row = unit % $L", kernel.rows());
        code.addStatement("int sample = unit / $L", kernel.rows());
        code.addStatement(
                "int aAt = $L",
                Index.of("aBase")
                        .plus("sample", kernel.a().sample())
                        .plus("row", kernel.a().rows().get(0)));
        code.addStatement(
                "int cAt = $L",
                Index.of("cBase")
                        .plus("sample", kernel.c().sample())
                        .plus("row", kernel.c().rows().get(0)));
        code.beginControlFlow("for (int lane = 0; lane < $L; lane += $L)", Layout.LANES, lanes.count());
        code.addStatement(
                "int cLane = $L",
                Index.of("cAt")
                        .plus("lane / " + ColumnPairs.HALF, kernel.c().column())
                        .plus("lane % " + ColumnPairs.HALF, 1));
        List<Part> parts = kernel.parts();
        for (int first = 0; first < parts.size(); ) {
            Part part = parts.get(first);
            int end = first + 1;
            while (end < parts.size() && parts.get(end).isLike(part)) {
                end++;
            }
            calls(code, part, end - first);
            first = end;
        }
        return code.endControlFlow().endControlFlow().build();
    }

    /** So many parts that are alike, one after the other. */
    private void calls(Code.Builder code, Part part, int count) {
        String pair = String.valueOf(part.first());
        if (count > 1) {
            int last = part.first() + count * part.pairs();
            code.beginControlFlow("for (int pair = $L; pair < $L; pair += $L)", part.first(), last, part.pairs());
            pair = "pair";
        }
        code.addStatement(
                "$L(a,$W$L,$Wb,$WbBase + lane,$Wc,$W$L)",
                tile(part),
                place("aAt", pair, part.first(), 2 * kernel.a().column()),
                place("cLane", pair, part.first(), kernel.pair()));
        if (count > 1) {
            code.endControlFlow();
        }
    }

    private static Index place(String start, String pair, int first, int stride) {
        return pair.equals("pair")
                ? Index.of(start).plus(pair, stride)
                : Index.of(start).plus(first * stride);
    }

    private String tile(Part part) {
        int number = 0;
        while (number < tiles.size() && !tiles.get(number).isLike(part)) {
            number++;
        }
        if (number == tiles.size()) {
            tiles.add(part);
        }
        return name + "Tile" + part.pairs() + "x1" + (number == 0 ? "" : "Part" + number);
    }

    @Override
    public List<KernelMethod> helpers() {
        return tiles.stream()
                .map(part -> KernelMethod.named(tile(part))
                        .parameters(Operands.arrays(kernel))
                        .body(body(part)))
                .toList();
    }

    private Code body(Part part) {
        Code.Builder code = Code.builder();
        code.add("// $L pairs of columns, one column in each half of a vector\n", part.pairs());
        code.addStatement("$T zero = $L", lanes.type(), lanes.broadcast("0f"));
        for (int pair = 0; pair < part.pairs(); pair++) {
            code.addStatement("$T s$L = zero", lanes.type(), pair);
        }
        code.beginControlFlow("$L", Trips.loop("k0", kernel.kernelRows(), lanes));
        code.beginControlFlow("$L", Trips.loop("k1", kernel.channels(), lanes));
        Index a = Index.of("aBase").plus("k0", kernel.kernelRow()).plus("k1", kernel.channel());
        Index b =
                Index.of("bBase").plus("k0", ColumnPairs.tapRow(kernel.taps())).plus("k1", kernel.channelRow());
        code.addStatement("int ak = $L", a);
        code.addStatement("int bk = $L", b);
        products(code, part);
        code.endControlFlow().endControlFlow();
        code.add("// each is stored twice, the second time with the other half where its column lies\n");
        for (int pair = 0; pair < part.pairs(); pair++) {
            for (int half = 0; half < 2; half++) {
                Index index = Index.of("cBase").plus(pair * kernel.pair() + half * ColumnPairs.HALF);
                code.addStatement(lanes.store("s" + pair, "c", index.toString()));
            }
        }
        return code.build();
    }

    /** Taps lie from the last to the first, so that the vector at one has the tap before it in its second half. */
    private void products(Code.Builder code, Part part) {
        int taps = kernel.taps();
        for (int tap = 0; tap <= taps; tap++) {
            Index index = Index.of("bk").plus((taps - tap) * ColumnPairs.HALF);
            code.addStatement("$T b$L = $L", lanes.type(), tap, lanes.load("b", index.toString()));
        }
        for (int column = part.from(); column < part.to(); column++) {
            Index index = Index.of("ak").plus(column * kernel.a().column());
            code.addStatement("$T a$L = $L", lanes.type(), column, lanes.broadcast("a[" + index + "]"));
            for (int pair = part.pairs() - 1; pair >= 0; pair--) {
                int tap = column - 2 * pair;
                if (kernel.hasTap(tap)) {
                    code.addStatement("s$1L = $2L", pair, lanes.fma("a" + column, "b" + tap, "s" + pair));
                }
            }
        }
    }
}

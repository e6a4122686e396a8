package dev.netwright.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.Expr.BinaryOp;
import dev.netwright.processor.graph.Taps.Tap;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Resampling;
import dev.netwright.processor.plan.TapPeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Images with other numbers of rows and columns: rows are added up as they lie, and columns are made of the sum, by
 * literal taps where these repeat, else by tables.
 */
final class ResampleEmitter implements KernelEmitter {
    private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);

    private final String name;
    private final Resampling kernel;
    private final Lanes lanes;
    private final TapTables.Table rows;
    private final TapTables.Table columns;
    private final boolean drafted;
    private final List<KernelMethod> helpers = new ArrayList<>();

    ResampleEmitter(String name, Resampling kernel, Lanes lanes, TapTables tables) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
        this.rows = tables.of(kernel.rows());
        this.columns = tables.of(kernel.columns());
        this.drafted = lanes.isVector() && kernel.isDrafted();
    }

    @Override
    public List<KernelMethod> helpers() {
        return helpers;
    }

    @Override
    public Code body() {
        Code.Builder code = Code.builder();
        int height = kernel.rows().size();
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int row = unit % $L", height);
        code.addStatement("int sample = unit / $L", height);
        boolean pixels = kernel.isOfPixels();
        if (!pixels) {
            code.beginControlFlow(
                    "for (int channel = 0; channel < $L; channel++)",
                    kernel.channels().count());
        }
        Index out = Index.of("outBase")
                .plus("sample", kernel.outSample())
                .plus("row", kernel.outRows().stride());
        Index in = Index.of("inBase").plus("sample", kernel.inSample());
        if (!pixels) {
            out.plus("channel", kernel.channels().stride(0));
            in.plus("channel", kernel.channels().stride(1));
        }
        code.addStatement("int outAt = $L", out);
        code.addStatement("int inAt = $L", in);
        if (kernel.isInPlace()) {
            code.addStatement(
                    "int lineAt = $L",
                    Index.of("inAt")
                            .plus(rows.inputs() + "[row]", kernel.inRows().stride()));
            columns(code, "in", "lineAt");
        } else {
            code.addStatement(name + "Line(local, localBase, in, inAt, row)");
            helpers.add(line());
            columns(code, "local", "localBase");
        }
        if (!pixels) {
            code.endControlFlow();
        }
        return code.endControlFlow().build();
    }

    /** The rows' sum, in elements as they lie. */
    private KernelMethod line() {
        Code.Builder code = Code.builder();
        boolean grouped = rows.group() < rows.count();
        int length = kernel.lineLength();
        int stride = kernel.isOfPixels() ? 1 : kernel.inColumns().stride();
        Lanes vectors = stride == 1 ? lanes : Lanes.SCALAR;
        code.addStatement("int taps = $L", Index.of("").plus("row", rows.count()));
        if (grouped) {
            run(code, vectors, length, false, l -> code.addStatement(store(l, l.broadcast("0f"), "localAt + i")));
            code.beginControlFlow("for (int tap = taps; tap < taps + $L; tap += $L)", rows.count(), rows.group());
        }
        for (int i = 0; i < rows.group(); i++) {
            String at = Index.of(grouped ? "tap" : "taps").plus(i).toString();
            code.addStatement(
                    "int row$L = $L",
                    i,
                    Index.of("inAt")
                            .plus(
                                    rows.inputs() + "[" + at + "]",
                                    kernel.inRows().stride()));
            if (rows.weights() != null) {
                code.addStatement("float weight$L = $L[$L]", i, rows.weights(), at);
            }
        }
        run(code, vectors, length, !grouped, l -> {
            String sum = null;
            if (grouped) {
                code.addStatement("$T sum = $L", l.type(), l.load("local", "localAt + i"));
                sum = "sum";
            }
            for (int i = 0; i < rows.group(); i++) {
                String at = Index.of("row" + i).plus("i", stride).toString();
                code.addStatement("$T x$L = $L", l.type(), i, l.load("in", at));
                sum = term(code, l, sum, "sum" + i, "x" + i, rows.weights() == null ? null : "weight" + i);
            }
            code.addStatement(store(l, Code.of("$L", sum), "localAt + i"));
        });
        if (grouped) {
            code.endControlFlow();
        }
        return KernelMethod.named(name + "Line")
                .parameter(FLOATS, "local")
                .parameter(TypeName.INT, "localAt")
                .parameter(FLOATS, "in")
                .parameter(TypeName.INT, "inAt")
                .parameter(TypeName.INT, "row")
                .body(code.build());
    }

    private static Code store(Lanes l, Code value, String at) {
        return l.isVector() ? Code.of("$L.intoArray(local, $L)", value, at) : Code.of("local[$L] = $L", at, value);
    }

    /**
     * A loop over neighbours: in vectors, the last of which covers some a second time, or one by one.
     *
     * @param again whether it may
     */
    private void run(Code.Builder code, Lanes l, int length, boolean again, Consumer<Lanes> body) {
        int whole = l.isVector() ? length / Layout.LANES * Layout.LANES : 0;
        if (whole > 0) {
            code.beginControlFlow("$L", Trips.vectors("i", whole));
            body.accept(Lanes.VECTOR);
            code.endControlFlow();
        }
        if (whole > 0 && whole < length && again) {
            code.beginControlFlow("$L", covering("i", length));
            body.accept(Lanes.VECTOR);
            code.endControlFlow();
        } else if (whole < length) {
            code.beginControlFlow("for (int i = $L; i < $L; i++)", whole, length);
            body.accept(Lanes.SCALAR);
            code.endControlFlow();
        }
    }

    /** The head of a loop in vectors over what is left behind the last whole {@value Layout#LANES}, and some before. */
    private static Code covering(String variable, int length) {
        int rest = length % Layout.LANES;
        return Code.of("for (int $1L = $2L - ($3L + L) / L * L; $1L < $2L; $1L += L)", variable, length, rest - 1);
    }

    /** A row of the result, made of a line. */
    private void columns(Code.Builder code, String line, String lineAt) {
        TapPeriod period = kernel.period();
        int size = kernel.columns().size();
        String out = drafted ? "local" : "out";
        String outAt = drafted ? Index.of("localBase").plus(kernel.draftAt()).toString() : "outAt";
        String call = "(" + out + ", " + outAt + ", " + line + ", " + lineAt;
        int first = period == null ? 0 : period.first();
        if (period == null || first > 0) {
            code.addStatement(name + "Rest" + call + ", 0, $L)", period == null ? size : first);
        }
        if (period != null) {
            code.addStatement(name + "Columns" + call + ")");
            helpers.add(method("Columns", repeated(period)));
        }
        if (period != null && period.end() < size) {
            code.addStatement(name + "Rest" + call + ", $L, $L)", period.end(), size);
        }
        if (period == null || first > 0 || period.end() < size) {
            helpers.add(
                    method("Rest", byTable()).parameter(TypeName.INT, "from").parameter(TypeName.INT, "to"));
        }
        if (drafted) {
            run(code, lanes, kernel.draftLength(), true, l -> {
                code.addStatement(
                        "$T x = $L",
                        l.type(),
                        l.load("local", Index.of(outAt).plus("i", 1).toString()));
                code.addStatement(l.store("x", "out", "outAt + i"));
            });
        }
    }

    private KernelMethod method(String part, Code body) {
        return KernelMethod.named(name + part)
                .parameter(FLOATS, "out")
                .parameter(TypeName.INT, "outAt")
                .parameter(FLOATS, "line")
                .parameter(TypeName.INT, "lineAt")
                .body(body);
    }

    /** Columns whose taps repeat: these and their weights are literals. */
    private Code repeated(TapPeriod period) {
        Code.Builder code = Code.builder();
        List<List<Tap>> outputs = kernel.columns().outputs().subList(period.first(), period.first() + period.outputs());
        int lineStride = kernel.lineStride();
        int outStride = kernel.outColumns().stride();
        int least = outputs.stream()
                .flatMap(List::stream)
                .mapToInt(Tap::input)
                .min()
                .orElseThrow();
        code.beginControlFlow("$L", Trips.loop("turn", period.count(), lanes));
        code.addStatement(
                "int at = $L",
                Index.of("lineAt").plus("turn", period.inputs() * lineStride).plus(least * lineStride));
        code.addStatement(
                "int to = $L",
                Index.of("outAt").plus("turn", period.outputs() * outStride).plus(period.first() * outStride));
        for (int i = 0; i < period.outputs(); i++) {
            List<Tap> taps = outputs.get(i);
            String target = Index.of("to").plus(i * outStride).toString();
            int output = i;
            channels(code, l -> {
                String sum = null;
                for (int m = 0; m < taps.size(); m++) {
                    String from = Index.of("at")
                            .plus((taps.get(m).input() - least) * lineStride)
                            .toString();
                    // outputs share a scope where there are no loops over channels
                    String id = kernel.isOfPixels() ? "" + m : output + "_" + m;
                    code.addStatement("$T x$L = $L", l.type(), id, l.load("line", channel(from)));
                    float weight = taps.get(m).weight();
                    sum = term(code, l, sum, "sum" + id, "x" + id, weight == 1 ? null : ExprEmitter.literal(weight));
                }
                code.addStatement(l.store(sum, "out", channel(target)));
            });
        }
        return code.endControlFlow().build();
    }

    /** The columns from one to another. */
    private Code byTable() {
        Code.Builder code = Code.builder();
        boolean written = columns.group() == columns.count();
        code.beginControlFlow("for (int column = from; column < to; column++)");
        code.addStatement("int taps = $L", Index.of("").plus("column", columns.count()));
        code.addStatement(
                "int toColumn = $L",
                Index.of("outAt").plus("column", kernel.outColumns().stride()));
        for (int m = 0; m < columns.count() && written; m++) {
            String tap = Index.of("taps").plus(m).toString();
            code.addStatement("int column$L = $L", m, from(tap));
            if (columns.weights() != null) {
                code.addStatement("float weight$L = $L[$L]", m, columns.weights(), tap);
            }
        }
        channels(code, l -> {
            String sum = null;
            for (int m = 0; m < columns.count() && written; m++) {
                code.addStatement("$T x$L = $L", l.type(), m, l.load("line", channel("column" + m)));
                sum = term(code, l, sum, "sum" + m, "x" + m, columns.weights() == null ? null : "weight" + m);
            }
            if (!written) {
                code.addStatement("$T sum = $L", l.type(), l.broadcast("0f"));
                code.beginControlFlow("for (int m = 0; m < $L; m++)", columns.count());
                code.addStatement("$T x = $L", l.type(), l.load("line", channel(from("taps + m"))));
                code.addStatement("sum = $L", fma(l, "x", columns.weights() + "[taps + m]", "sum"));
                code.endControlFlow();
                sum = "sum";
            }
            code.addStatement(l.store(sum, "out", channel("toColumn")));
        });
        return code.endControlFlow().build();
    }

    /** Where a tap of a table reads. */
    private String from(String tap) {
        return Index.of("lineAt")
                .plus(columns.inputs() + "[" + tap + "]", kernel.lineStride())
                .toString();
    }

    /** The loops over the channels of a pixel; of a plane there is one. */
    private void channels(Code.Builder code, Consumer<Lanes> body) {
        int count = kernel.channels().count();
        if (!kernel.isOfPixels()) {
            body.accept(Lanes.SCALAR);
            return;
        }
        int whole = lanes.isVector() ? count / Layout.LANES * Layout.LANES : 0;
        if (drafted) {
            code.beginControlFlow("for (int channel = 0; channel < $L; channel += L)", count);
            body.accept(Lanes.VECTOR);
            code.endControlFlow();
            return;
        }
        if (whole > 0) {
            code.beginControlFlow("$L", Trips.vectors("channel", whole));
            body.accept(Lanes.VECTOR);
            code.endControlFlow();
        }
        if (whole > 0 && whole < count) {
            code.beginControlFlow("$L", covering("channel", count));
            body.accept(Lanes.VECTOR);
            code.endControlFlow();
        } else if (whole < count) {
            code.beginControlFlow("for (int channel = 0; channel < $L; channel++)", count);
            body.accept(Lanes.SCALAR);
            code.endControlFlow();
        }
    }

    private String channel(String base) {
        return kernel.isOfPixels() ? Index.of(base).plus("channel", 1).toString() : base;
    }

    /** The name of what is added up with one more term; without a weight it is added as it is. */
    private static String term(Code.Builder code, Lanes l, String known, String total, String value, String weight) {
        if (known == null && weight == null) {
            return value;
        }
        Code term;
        if (weight == null) {
            term = l.binary(BinaryOp.ADD, known, value);
        } else {
            term = known == null ? l.binary(BinaryOp.MUL, value, weight) : fma(l, value, weight, known);
        }
        code.addStatement("$T $L = $L", l.type(), total, term);
        return total;
    }

    private static Code fma(Lanes l, String value, String weight, String known) {
        return l.fma(Code.of("$L", value), l.broadcast(weight), Code.of("$L", known));
    }
}

package dev.netwright.processor.emit;

import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Nest;
import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Element-wise kernels and reductions: plain loops, the innermost in vectors where memory allows. */
abstract class LoopEmitter implements KernelEmitter {
    final List<String> operands;
    final Lanes lanes;
    /** Of the first argument. */
    private final ElementType type;

    private final String name;
    private final Kernel kernel;
    private final List<KernelMethod> loops = new ArrayList<>();
    Code.Builder code = Code.builder();

    LoopEmitter(String name, Kernel kernel, Lanes lanes) {
        this(name, kernel, lanes, Operands.names(kernel));
    }

    /** @param operands what the operands are called instead */
    LoopEmitter(String name, Kernel kernel, Lanes lanes, List<String> operands) {
        this.name = name;
        this.kernel = kernel;
        this.operands = operands;
        this.lanes = lanes;
        this.type = operands.size() > 1 ? kernel.operands().get(1).type() : ElementType.FLOAT32;
    }

    @Override
    public final List<KernelMethod> helpers() {
        return loops;
    }

    static String start(String operand) {
        return operand + "At";
    }

    /** Opens the loop over the rows of a block; returns each operand's index in a row. */
    final List<String> openRows(Code head, List<Integer> strides) {
        code.beginControlFlow("$L", head);
        return IntStream.range(0, operands.size())
                .mapToObj(k -> Index.of(start(operands.get(k)))
                        .plus("row", strides.get(k))
                        .toString())
                .toList();
    }

    /** @return where each operand begins for this unit */
    final List<String> starts(List<Integer> sampleStrides, Loop split) {
        boolean sampled = sampleStrides.stream().anyMatch(stride -> stride != 0);
        if (split != null && sampled) {
            code.addStatement("int sample = unit / $L", split.count());
            code.addStatement("int i = unit % $L", split.count());
        }
        List<String> starts = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            String base = Operands.base(operands.get(k));
            Index index = Index.of(base);
            if (split == null) {
                index.plus("unit", sampleStrides.get(k));
            } else {
                index.plus("sample", sampleStrides.get(k));
                index.plus(sampled ? "i" : "unit", split.stride(k));
            }
            if (index.toString().equals(base)) {
                starts.add(base);
            } else {
                code.addStatement("int $L = $L", start(operands.get(k)), index);
                starts.add(start(operands.get(k)));
            }
        }
        return starts;
    }

    /** Opens the loops; returns each operand's index inside them. */
    final List<String> open(String prefix, List<Loop> loops, List<String> bases) {
        return openOnce(prefix, loops, List.of(bases)).get(0);
    }

    /** Opens the loops once for several that go through their operands abreast. */
    private List<List<String>> openOnce(String prefix, List<Loop> loops, List<List<String>> abreast) {
        int depth = 0;
        for (Loop loop : loops) {
            code.beginControlFlow("$L", Trips.loop(prefix + depth++, loop.count(), lanes));
        }
        return abreast.stream().map(bases -> inside(prefix, loops, bases)).toList();
    }

    private static List<String> inside(String prefix, List<Loop> loops, List<String> bases) {
        List<Index> indices = bases.stream().map(Index::of).toList();
        for (int depth = 0; depth < loops.size(); depth++) {
            for (int k = 0; k < indices.size(); k++) {
                indices.get(k).plus(prefix + depth, loops.get(depth).stride(k));
            }
        }
        return indices.stream().map(Index::toString).toList();
    }

    final void close(List<Loop> loops) {
        loops.forEach(loop -> code.endControlFlow());
    }

    /** Writes the body of the innermost loop for some lanes at indices behind where each operand begins. */
    interface Body {
        void write(Lanes lanes, List<String> bases, List<String> indices, List<Integer> strides);
    }

    /**
     * @param abreast how many vectors a turn of the loop takes; divides what it goes over
     * @param repeatable whether elements may be done twice
     */
    final void innermost(Loop loop, List<String> bases, int abreast, boolean repeatable, Body body) {
        boolean contiguous =
                loop.strides().stream().allMatch(stride -> stride == 0 || stride == 1) && loop.stride(0) == 1;
        int whole = loop.count() / Layout.LANES * Layout.LANES;
        if (!lanes.isVector() || !contiguous || whole == 0 || type != ElementType.FLOAT32) {
            code.beginControlFlow("$L", Trips.loop("j", loop.count(), lanes));
            body.write(Lanes.SCALAR, bases, List.of("j"), loop.strides());
            code.endControlFlow();
            return;
        }
        List<String> indices = IntStream.range(0, abreast)
                .mapToObj(vector -> Index.of("j").lanes("L", vector).toString())
                .toList();
        int vectors = add(
                "Loop",
                0,
                bases,
                starts -> captured(
                        Trips.vectors("j", whole, abreast),
                        () -> body.write(Lanes.VECTOR, starts, indices, loop.strides())));
        if (whole < loop.count()) {
            add("Rest", vectors, bases, starts -> rest(loop, starts, repeatable, body));
        }
    }

    private Code rest(Loop loop, List<String> starts, boolean repeatable, Body body) {
        if (repeatable) {
            return captured(() -> Trips.rest(
                    code, "j", loop.count(), () -> body.write(Lanes.VECTOR, starts, List.of("j"), loop.strides())));
        }
        int whole = loop.count() / Layout.LANES * Layout.LANES;
        Code head = Code.of("for (int j = $L; j < $L; j++)", whole, loop.count());
        return captured(head, () -> body.write(Lanes.SCALAR, starts, List.of("j"), loop.strides()));
    }

    /**
     * Adds a loop; as a method of its own where the kernel would be too long with it.
     *
     * @param suffix of the method's name
     * @param before bytecodes of other loops in the kernel
     * @param loop the loop, by where each operand begins
     * @return bytecodes that it adds to the kernel
     */
    final int add(String suffix, int before, List<String> bases, Function<List<String>, Code> loop) {
        Code here = loop.apply(bases);
        int length = Bytecodes.of(here);
        if (before + length <= Bytecodes.MOST_OF_KERNEL) {
            code.add(here);
            return length;
        }
        List<String> starts = operands.stream().map(LoopEmitter::start).toList();
        KernelMethod method = KernelMethod.named(name + suffix);
        List<String> arguments = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            method.parameter(Operands.array(kernel.operands().get(k).type()), operands.get(k));
            method.parameter(TypeName.INT, starts.get(k));
            arguments.add(operands.get(k));
            arguments.add(bases.get(k));
        }
        loops.add(method.body(loop.apply(starts)));
        code.addStatement("$L(" + String.join(",$W", arguments) + ")", name + suffix);
        return 0;
    }

    final Code captured(Code head, Runnable body) {
        return captured(() -> {
            code.beginControlFlow("$L", head);
            body.run();
            code.endControlFlow();
        });
    }

    final Code captured(Runnable body) {
        Code.Builder before = code;
        code = Code.builder();
        body.run();
        Code written = code.build();
        code = before;
        return written;
    }

    /** Which operands stand still in the innermost loop; none where there is none. */
    final List<Boolean> repeated(List<Integer> strides) {
        return IntStream.range(0, operands.size())
                .mapToObj(k -> !strides.isEmpty() && strides.get(k) == 0)
                .toList();
    }

    /**
     * Loads the arguments that the expression has from their indices.
     *
     * @param suffix of the variables' names
     */
    final List<String> loads(Expr expr, List<String> indices, String suffix, Lanes l, List<Boolean> repeated) {
        Set<Integer> used = Exprs.arguments(expr);
        List<String> arguments = new ArrayList<>();
        int results = operands.size() > 1 && operands.get(1).equals("lanes") ? 2 : 1;
        for (int k = results; k < operands.size(); k++) {
            Code loaded = repeated.get(k) && l.isVector()
                    ? l.broadcast(operands.get(k) + "[" + indices.get(k) + "]")
                    : l.load(operands.get(k), indices.get(k));
            loaded = k == 1 && type == ElementType.UINT8 ? Code.of("$L & 0xff", loaded) : loaded;
            if (used.contains(k - results)) {
                code.addStatement("$T v$L = $L", l.type(), k - results + suffix, loaded);
            }
            arguments.add("v" + (k - results) + suffix);
        }
        return arguments;
    }

    /** Each operand's index in the innermost loop. */
    final List<String> indices(List<String> bases, String index, List<Integer> strides) {
        return IntStream.range(0, operands.size())
                .mapToObj(k -> at(bases, k, index, strides))
                .toList();
    }

    private static String at(List<String> bases, int operand, String index, List<Integer> strides) {
        return index.isEmpty()
                ? bases.get(operand)
                : Index.of(bases.get(operand)).plus(index, strides.get(operand)).toString();
    }

    /**
     * Variables that are sums or maxima over some loops.
     *
     * @param abreast the operands' indices of each, by the suffix of its variables
     * @return their names
     */
    final List<String> totals(
            Reduce.Kind kind,
            Expr expr,
            Nest nest,
            int parts,
            Map<String, List<String>> abreast,
            Lanes l,
            List<Boolean> repeated) {
        List<String> suffixes = List.copyOf(abreast.keySet());
        List<Loop> outer = nest.loops().subList(0, parts);
        List<Loop> loops = nest.loops().subList(parts, nest.loops().size());
        String part = outer.isEmpty() ? "sum" : "part";
        suffixes.forEach(suffix -> begin("sum" + suffix, first(kind), l));
        if (!outer.isEmpty()) {
            suffixes.forEach(suffix -> begin("lost" + suffix, "0f", l));
        }
        List<List<String>> starts = openOnce("p", outer, List.copyOf(abreast.values()));
        if (!outer.isEmpty()) {
            suffixes.forEach(suffix -> begin("part" + suffix, "0f", l));
        }
        List<List<String>> indices = openOnce("k", loops, starts);
        for (int i = 0; i < abreast.size(); i++) {
            String suffix = suffixes.get(i);
            List<String> arguments = loads(expr, indices.get(i), suffix, l, repeated);
            String value = new ExprEmitter(l, code, "e" + suffix).emit(expr, arguments);
            code.addStatement("$1L = $2L", part + suffix, l.binary(combining(kind), part + suffix, value));
        }
        close(loops);
        if (!outer.isEmpty()) {
            suffixes.forEach(suffix -> addWithLoss(suffix, l));
            close(outer);
        }
        return suffixes.stream().map(suffix -> "sum" + suffix).toList();
    }

    private void begin(String variable, String value, Lanes l) {
        code.addStatement("$T $L = $L", l.type(), variable, l.broadcast(value));
    }

    private static String first(Reduce.Kind kind) {
        return kind == Reduce.Kind.MAX ? "Float.NEGATIVE_INFINITY" : "0f";
    }

    static Expr.BinaryOp combining(Reduce.Kind kind) {
        return kind == Reduce.Kind.MAX ? Expr.BinaryOp.MAX : Expr.BinaryOp.ADD;
    }

    final void divide(String sum, int divisor, Lanes l) {
        if (divisor > 1) {
            code.addStatement("$L = $L", sum, l.binary(Expr.BinaryOp.DIV, sum, divisor + "f"));
        }
    }

    /** Kahan's step: what rounding takes from the sum is taken off the next part. */
    private void addWithLoss(String suffix, Lanes l) {
        String added = "added" + suffix;
        String next = "next" + suffix;
        String grown = "grown" + suffix;
        String sum = "sum" + suffix;
        String lost = "lost" + suffix;
        code.addStatement("$T $L = $L", l.type(), added, l.binary(Expr.BinaryOp.SUB, "part" + suffix, lost));
        code.addStatement("$T $L = $L", l.type(), next, l.binary(Expr.BinaryOp.ADD, sum, added));
        code.addStatement("$T $L = $L", l.type(), grown, l.binary(Expr.BinaryOp.SUB, next, sum));
        code.addStatement("$L = $L", lost, l.binary(Expr.BinaryOp.SUB, grown, added));
        code.addStatement("$L = $L", sum, next);
    }
}

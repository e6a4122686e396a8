package dev.netwright.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** Element-wise kernels and reductions: plain loops, the innermost in vectors where memory allows. */
final class LoopEmitter {
    private final List<String> operands;
    private final Lanes lanes;
    /** Of the first argument. */
    private final ElementType type;
    /** Whether the second argument is a table that the first is a place in. */
    private final boolean lookup;

    private final String name;
    private final Kernel kernel;
    private final List<MethodSpec> loops = new ArrayList<>();
    private CodeBlock.Builder code = CodeBlock.builder();

    LoopEmitter(String name, Kernel kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.operands = Operands.names(kernel);
        this.lanes = lanes;
        this.type = operands.size() > 1 ? Operands.type(kernel, operands.get(1)) : ElementType.FLOAT32;
        this.lookup = kernel instanceof Kernel.Load load && load.lookup();
    }

    /** The methods that the kernel calls. */
    List<MethodSpec> helpers() {
        return loops;
    }

    CodeBlock elementwise(Kernel.Elementwise kernel, boolean splitOuter) {
        List<Loop> loops = new ArrayList<>(kernel.loops().loops());
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        Loop split = splitOuter ? loops.remove(0) : null;
        starts(kernel.sampleStrides(), split);
        Loop inner = loops.isEmpty() ? null : loops.remove(loops.size() - 1);
        List<String> bases =
                open("j", loops, operands.stream().map(LoopEmitter::start).toList());
        if (inner == null) {
            element(kernel, bases, Lanes.SCALAR, "", List.of());
        } else {
            innermost(inner, bases, (l, starts, i, strides) -> element(kernel, starts, l, i, strides));
        }
        close(loops);
        return code.endControlFlow().build();
    }

    private static String start(String operand) {
        return operand + "At";
    }

    /** Where each operand begins for this unit. */
    private void starts(List<Integer> sampleStrides, Loop split) {
        boolean sampled = sampleStrides.stream().anyMatch(stride -> stride != 0);
        if (split != null && sampled) {
            code.addStatement("int sample = unit / $L", split.count());
            code.addStatement("int i = unit % $L", split.count());
        }
        for (int k = 0; k < operands.size(); k++) {
            Index index = Index.of(Operands.base(operands.get(k)));
            if (split == null) {
                index.plus("unit", sampleStrides.get(k));
            } else {
                index.plus("sample", sampleStrides.get(k));
                index.plus(sampled ? "i" : "unit", split.stride(k));
            }
            code.addStatement("int $L = $L", start(operands.get(k)), index);
        }
    }

    /** Opens the loops; returns each operand's index inside them. */
    private List<String> open(String prefix, List<Loop> loops, List<String> bases) {
        List<Index> indices = bases.stream().map(Index::of).toList();
        int depth = 0;
        for (Loop loop : loops) {
            String variable = prefix + depth++;
            code.beginControlFlow("$L", Trips.loop(variable, loop.count(), lanes));
            for (int k = 0; k < indices.size(); k++) {
                indices.get(k).plus(variable, loop.stride(k));
            }
        }
        return indices.stream().map(Index::toString).toList();
    }

    private void close(List<Loop> loops) {
        loops.forEach(loop -> code.endControlFlow());
    }

    /** Writes the body of the innermost loop for some lanes at an index behind where each operand begins. */
    private interface Body {
        void write(Lanes lanes, List<String> bases, String index, List<Integer> strides);
    }

    private void innermost(Loop loop, List<String> bases, Body body) {
        boolean contiguous =
                loop.strides().stream().allMatch(stride -> stride == 0 || stride == 1) && loop.stride(0) == 1;
        int whole = loop.count() / Layout.LANES * Layout.LANES;
        if (!lanes.isVector() || !contiguous || whole == 0 || type != ElementType.FLOAT32) {
            code.beginControlFlow("$L", Trips.loop("j", loop.count(), lanes));
            body.write(Lanes.SCALAR, bases, "j", loop.strides());
            code.endControlFlow();
            return;
        }
        int vectors = add(
                "Loop",
                0,
                bases,
                starts -> captured(
                        Trips.vectors("j", whole), () -> body.write(Lanes.VECTOR, starts, "j", loop.strides())));
        if (whole < loop.count()) {
            CodeBlock head = CodeBlock.of("for (int j = $L; j < $L; j++)", whole, loop.count());
            add(
                    "Rest",
                    vectors,
                    bases,
                    starts -> captured(head, () -> body.write(Lanes.SCALAR, starts, "j", loop.strides())));
        }
    }

    /**
     * Adds a loop; as a method of its own where the kernel would be too long with it.
     *
     * @param suffix of the method's name
     * @param before bytecodes of other loops in the kernel
     * @param loop the loop, by where each operand begins
     * @return bytecodes that it adds to the kernel
     */
    private int add(String suffix, int before, List<String> bases, Function<List<String>, CodeBlock> loop) {
        CodeBlock here = loop.apply(bases);
        int length = Bytecodes.of(here);
        if (before + length <= Bytecodes.MOST_OF_KERNEL) {
            code.add(here);
            return length;
        }
        List<String> starts = operands.stream().map(LoopEmitter::start).toList();
        MethodSpec.Builder method = MethodSpec.methodBuilder(name + suffix).addModifiers(Modifier.PRIVATE);
        List<String> arguments = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            method.addParameter(Operands.array(Operands.type(kernel, operands.get(k))), operands.get(k));
            method.addParameter(TypeName.INT, starts.get(k));
            arguments.add(operands.get(k));
            arguments.add(bases.get(k));
        }
        loops.add(method.addCode(loop.apply(starts)).build());
        code.addStatement("$L(" + String.join(",$W", arguments) + ")", name + suffix);
        return 0;
    }

    private CodeBlock captured(CodeBlock head, Runnable body) {
        CodeBlock.Builder before = code;
        code = CodeBlock.builder();
        code.beginControlFlow("$L", head);
        body.run();
        CodeBlock written = code.endControlFlow().build();
        code = before;
        return written;
    }

    private void element(Kernel.Elementwise kernel, List<String> bases, Lanes l, String index, List<Integer> strides) {
        List<String> indices = indices(bases, index, strides);
        if (lookup) {
            code.addStatement(
                    "$L[$L] = $L[$L + ($L[$L] & 0xff)]",
                    operands.get(0),
                    indices.get(0),
                    operands.get(2),
                    indices.get(2),
                    operands.get(1),
                    indices.get(1));
            return;
        }
        List<String> arguments = loads(indices, l, repeated(index, strides));
        String value = new ExprEmitter(l, code, "e").emit(kernel.expr(), arguments);
        String out = indices.get(0);
        if (kernel.accumulate()) {
            code.addStatement("$T old = $L", l.type(), l.load(operands.get(0), out));
            code.addStatement(l.store(l.binary(Expr.BinaryOp.ADD, "old", value).toString(), operands.get(0), out));
        } else if (l.isVector() && value.endsWith("f")) {
            code.addStatement(l.store(l.broadcast(value).toString(), operands.get(0), out));
        } else {
            code.addStatement(l.store(value, operands.get(0), out));
        }
    }

    /** Which operands stand still in the innermost loop. */
    private List<Boolean> repeated(String index, List<Integer> strides) {
        return IntStream.range(0, operands.size())
                .mapToObj(k -> !index.isEmpty() && strides.get(k) == 0)
                .toList();
    }

    /** Loads the arguments from their indices. */
    private List<String> loads(List<String> indices, Lanes l, List<Boolean> repeated) {
        List<String> arguments = new ArrayList<>();
        for (int k = 1; k < operands.size(); k++) {
            CodeBlock loaded = repeated.get(k) && l.isVector()
                    ? l.broadcast(operands.get(k) + "[" + indices.get(k) + "]")
                    : l.load(operands.get(k), indices.get(k));
            loaded = k == 1 && type == ElementType.UINT8 ? CodeBlock.of("$L & 0xff", loaded) : loaded;
            code.addStatement("$T v$L = $L", l.type(), k - 1, loaded);
            arguments.add("v" + (k - 1));
        }
        return arguments;
    }

    /** Each operand's index in the innermost loop. */
    private List<String> indices(List<String> bases, String index, List<Integer> strides) {
        return IntStream.range(0, operands.size())
                .mapToObj(k -> at(bases, k, index, strides))
                .toList();
    }

    private static String at(List<String> bases, int operand, String index, List<Integer> strides) {
        return index.isEmpty()
                ? bases.get(operand)
                : Index.of(bases.get(operand)).plus(index, strides.get(operand)).toString();
    }

    CodeBlock reduction(Kernel.Reduction kernel) {
        List<Loop> kept = new ArrayList<>(kernel.kept().loops());
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        starts(kernel.sampleStrides(), null);
        Loop inner = kept.isEmpty() || kept.get(kept.size() - 1).stride(0) != 1 ? null : kept.remove(kept.size() - 1);
        List<String> bases =
                open("j", kept, operands.stream().map(LoopEmitter::start).toList());
        if (inner == null) {
            combine(kernel, bases, Lanes.SCALAR, "", List.of());
        } else {
            innermost(inner, bases, (l, starts, i, strides) -> combine(kernel, starts, l, i, strides));
        }
        close(kept);
        return code.endControlFlow().build();
    }

    /** One result, or one for each lane: the combined loops inside, in order. */
    private void combine(Kernel.Reduction kernel, List<String> bases, Lanes l, String index, List<Integer> strides) {
        boolean max = kernel.kind() == Reduce.Kind.MAX;
        String first = max ? "Float.NEGATIVE_INFINITY" : "0f";
        code.addStatement("$T sum = $L", l.type(), l.broadcast(first));
        List<String> indices = indices(bases, index, strides);
        List<Loop> outer = kernel.reduced().loops().subList(0, kernel.parts());
        List<Loop> loops = kernel.reduced()
                .loops()
                .subList(kernel.parts(), kernel.reduced().loops().size());
        String part = outer.isEmpty() ? "sum" : "part";
        if (!outer.isEmpty()) {
            code.addStatement("$T lost = $L", l.type(), l.broadcast("0f"));
        }
        List<String> starts = open("p", outer, indices);
        if (!outer.isEmpty()) {
            code.addStatement("$T part = $L", l.type(), l.broadcast("0f"));
        }
        List<String> arguments = loads(open("k", loops, starts), l, repeated(index, strides));
        String value = new ExprEmitter(l, code, "e").emit(kernel.expr(), arguments);
        code.addStatement("$1L = $2L", part, l.binary(max ? Expr.BinaryOp.MAX : Expr.BinaryOp.ADD, part, value));
        close(loops);
        if (!outer.isEmpty()) {
            addWithLoss(l);
            close(outer);
        }
        if (kernel.divisor() > 1) {
            code.addStatement("sum = $L", l.binary(Expr.BinaryOp.DIV, "sum", kernel.divisor() + "f"));
        }
        code.addStatement(l.store("sum", operands.get(0), indices.get(0)));
    }

    /** Kahan's step: what rounding takes from the sum is taken off the next part. */
    private void addWithLoss(Lanes l) {
        code.addStatement("$T added = $L", l.type(), l.binary(Expr.BinaryOp.SUB, "part", "lost"));
        code.addStatement("$T next = $L", l.type(), l.binary(Expr.BinaryOp.ADD, "sum", "added"));
        code.addStatement("$T grown = $L", l.type(), l.binary(Expr.BinaryOp.SUB, "next", "sum"));
        code.addStatement("lost = $L", l.binary(Expr.BinaryOp.SUB, "grown", "added"));
        code.addStatement("sum = next");
    }
}

package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import dev.netwright.processor.graph.Recurrence.Part;
import dev.netwright.processor.plan.ScanKernel.Argument;
import dev.netwright.processor.plan.ScanKernel.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Element-wise functions of a loop over time that follow one another and go over equally many features: one kernel. */
final class ScanChain {
    /** Operations of an element: the code is to be a method that HotSpot makes good code of. */
    private static final int LONGEST = 90;

    /**
     * One of them.
     *
     * @param name of what it makes
     * @param expr of the arguments
     * @param count features that it goes over
     * @param operands the result, then the arguments
     */
    record Elements(String name, Expr expr, int count, List<Operand> operands) {
        Elements {
            operands = List.copyOf(operands);
        }

        private Part result() {
            return operands.get(0).part();
        }

        private Stream<Part> arguments() {
            return operands.stream().skip(1).map(Operand::part);
        }

        private boolean isLoop() {
            return count > 1 && operands.get(0).stride() == 1;
        }
    }

    /**
     * Some features, and how they lie.
     *
     * @param stride from one to the next; 0 where one is stretched
     * @param sampleStride from one sample to the next
     */
    record Operand(Part part, int stride, int sampleStride, Argument argument) {
        /** Whether some elements are of both, but not each with itself. */
        private boolean isAcross(Operand other) {
            Part a = part;
            Part b = other.part;
            boolean apart = a.value() != b.value()
                    || a.row() != b.row()
                    || a.from() + a.size() <= b.from()
                    || b.from() + b.size() <= a.from();
            return !apart && !a.equals(b);
        }
    }

    private final List<Elements> maps = new ArrayList<>();

    boolean isEmpty() {
        return maps.isEmpty();
    }

    /** Adds it, if it can follow the others in one loop. */
    boolean add(Elements next) {
        if (!maps.isEmpty() && !follows(next)) {
            return false;
        }
        return maps.add(next);
    }

    private boolean follows(Elements next) {
        Elements first = maps.get(0);
        int length = maps.stream().mapToInt(map -> Exprs.size(map.expr())).sum();
        return first.isLoop()
                && next.isLoop()
                && first.count() == next.count()
                && length + Exprs.size(next.expr()) <= LONGEST
                && maps.stream().noneMatch(map -> cross(map, next));
    }

    /** Whether one writes elements that the other reads or writes in another turn of the loop. */
    private static boolean cross(Elements a, Elements b) {
        return b.operands().stream().anyMatch(a.operands().get(0)::isAcross)
                || a.operands().stream().anyMatch(b.operands().get(0)::isAcross);
    }

    /**
     * The call of the kernel.
     *
     * @param isReadElsewhere whether a value is read by other than these
     */
    Call call(IntPredicate isReadElsewhere) {
        return maps.size() == 1 ? alone(maps.get(0)) : together(isReadElsewhere);
    }

    /** Whether the result of one is read by those behind it alone. */
    private boolean isTemporary(int map, IntPredicate isReadElsewhere) {
        Part made = maps.get(map).result();
        return !isReadElsewhere.test(made.value())
                && IntStream.range(0, maps.size())
                        .allMatch(other -> maps.get(other)
                                .arguments()
                                .allMatch(part -> part.value() != made.value() || other > map && part.equals(made)));
    }

    private static Call alone(Elements map) {
        List<Integer> strides = map.operands().stream().map(Operand::stride).toList();
        List<Nest.Loop> loops = map.count() == 1 ? List.of() : List.of(new Nest.Loop(map.count(), strides));
        List<Integer> samples =
                map.operands().stream().map(Operand::sampleStride).toList();
        return new Call(
                map.name(),
                new Kernel.Elementwise(new Nest(loops), samples, map.expr(), false),
                map.operands().stream().map(Operand::argument).toList());
    }

    private Call together(IntPredicate isReadElsewhere) {
        Set<Operand> temporary = new LinkedHashSet<>();
        Set<Operand> all = new LinkedHashSet<>();
        for (int i = 0; i < maps.size(); i++) {
            (isTemporary(i, isReadElsewhere) ? temporary : all)
                    .add(maps.get(i).operands().get(0));
        }
        maps.stream()
                .flatMap(map -> map.operands().stream())
                .filter(operand -> !temporary.contains(operand))
                .forEach(all::add);
        List<Operand> operands = List.copyOf(all);
        Map<Operand, Integer> numbers = new LinkedHashMap<>();
        operands.forEach(operand -> numbers.put(operand, numbers.size()));
        temporary.forEach(operand -> numbers.put(operand, numbers.size()));
        List<MapChain.Map> functions = new ArrayList<>();
        for (Elements map : maps) {
            List<Integer> own = map.operands().stream().map(numbers::get).toList();
            functions.add(new MapChain.Map(map.expr(), own.get(0), own.subList(1, own.size())));
        }
        Nest.Loop loop = new Nest.Loop(
                maps.get(0).count(), operands.stream().map(Operand::stride).toList());
        return new Call(
                maps.get(0).name() + "To" + maps.get(maps.size() - 1).name(),
                new MapChain(loop, operands.stream().map(Operand::sampleStride).toList(), functions),
                operands.stream().map(Operand::argument).toList());
    }
}

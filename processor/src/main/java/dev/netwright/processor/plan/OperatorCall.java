package dev.netwright.processor.plan;

import dev.netwright.processor.graph.OperatorClass;
import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A method of the user's for each sample. Operands: what it reads, then what it writes, which is cleared before, each
 * row-major.
 *
 * @param operator the class
 * @param method its method
 * @param shapes of the operator's inputs
 * @param read how many operands are read
 * @param sizes floats of one sample of each operand
 * @param sampleStrides floats from one sample to the next
 */
public record OperatorCall(
        OperatorClass operator,
        String method,
        List<Shape> shapes,
        int read,
        List<Integer> sizes,
        List<Integer> sampleStrides)
        implements Kernel {
    public OperatorCall {
        shapes = List.copyOf(shapes);
        sizes = List.copyOf(sizes);
        sampleStrides = List.copyOf(sampleStrides);
    }

    @Override
    public List<Operand> operands() {
        List<String> inputs =
                IntStream.range(0, shapes.size()).mapToObj(i -> "x" + i).toList();
        return Operand.list().floats(OperatorClass.arrays(method, inputs)).list();
    }

    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            String name = operands().get(i).name();
            Access access = i < read ? Access.read(name) : Access.write(name);
            accesses.add(access.samples(sampleStrides.get(i)).floats(sizes.get(i)));
        }
        return accesses;
    }
}

package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A loop over time around calls of other kernels. A unit is a group of samples, which goes through all steps: what a step
 * makes for them is in the cache for the next, and the weights stay there. Operands: what is given, then what is made.
 *
 * @param steps number of steps
 * @param descending whether it goes from the last to the first
 * @param before what is called before the first step
 * @param body what is called at each step
 * @param given number of operands that are read alone
 * @param made number of all others
 */
public record ScanKernel(int steps, boolean descending, List<Call> before, List<Call> body, int given, int made)
        implements Kernel {
    /**
     * Where an operand of a called kernel lies.
     *
     * @param operand of the loop
     * @param first floats from the first of a sample at step 0
     * @param step floats from one step to the next
     * @param sample floats from one sample to the next
     */
    public record Argument(int operand, int first, int step, int sample) {}

    /**
     * A call at each step.
     *
     * @param name of the kernel
     * @param kernel a {@link Tile} with samples as columns, a {@link Kernel.Elementwise} or a {@link MapChain}
     * @param arguments in the kernel's order
     */
    public record Call(String name, Kernel kernel, List<Argument> arguments) {
        public Call {
            arguments = List.copyOf(arguments);
        }

        /**
         * How many blocks of weights a product has that steps go through from the first to the last and back in turn: what the
         * step before read last is still in a near cache. LSTM(256, 256), 64 steps, one sample, one thread of a Zen 4 with 1 MB
         * of second cache: 1.23 ms from the first to the last at each step, 1.17 in turn; no difference for weights of 64 KB.
         */
        public int blocks() {
            return kernel instanceof Tile tile ? tile.blocks() : 1;
        }
    }

    public ScanKernel {
        before = List.copyOf(before);
        body = List.copyOf(body);
    }

    /** The step that comes first. */
    public int firstStep() {
        return descending ? steps - 1 : 0;
    }

    @Override
    public List<Operand> operands() {
        return Operand.list().numbered("given", given).numbered("made", made).list();
    }

    @Override
    public List<Kernel.Argument> arguments() {
        return List.of(Kernel.Argument.SAMPLES);
    }

    @Override
    public List<Called> calls() {
        Map<Kernel, Called> called = new LinkedHashMap<>();
        Stream.concat(before.stream(), body.stream())
                .forEach(call -> called.putIfAbsent(call.kernel(), new Called(call.name(), call.kernel())));
        return List.copyOf(called.values());
    }

    /** All that is written comes first: what is read of it is what other steps wrote. */
    @Override
    public List<Access> accesses(Step.Work work) {
        List<Access> accesses = new ArrayList<>();
        before.forEach(call -> add(call, 1, work, true, accesses));
        body.forEach(call -> add(call, steps, work, true, accesses));
        before.forEach(call -> add(call, 1, work, false, accesses));
        body.forEach(call -> add(call, steps, work, false, accesses));
        return accesses;
    }

    private void add(Call call, int times, Step.Work work, boolean writes, List<Access> accesses) {
        List<Operand> own = call.kernel().operands();
        for (Access access : call.kernel().accesses(work)) {
            if (access.mode().isWrite() != writes) {
                continue;
            }
            int index = IntStream.range(0, own.size())
                    .filter(i -> own.get(i).name().equals(access.operand()))
                    .findFirst()
                    .orElseThrow();
            Argument argument = call.arguments().get(index);
            int begin = times == 1 ? firstStep() * argument.step() : 0;
            Access moved = access.of(operands().get(argument.operand()).name()).from(argument.first() + begin);
            accesses.add(times == 1 || argument.step() == 0 ? moved : moved.loop(times, argument.step()));
        }
    }
}

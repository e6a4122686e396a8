package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Parts;
import dev.netwright.processor.plan.SparseKernel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The loops around the sums of the gradients behind a max pool; the sums themselves are methods of their own, as those
 * of dense kernels are.
 */
abstract class SparseEmitter implements KernelEmitter {
    final String name;
    final Lanes lanes;
    final Map<String, KernelMethod> sums = new LinkedHashMap<>();
    final Code.Builder code = Code.builder();
    private final SparseKernel kernel;

    SparseEmitter(String name, SparseKernel kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
    }

    /** Writes the loops. */
    abstract void write();

    @Override
    public Code body() {
        write();
        return code.build();
    }

    @Override
    public List<KernelMethod> helpers() {
        return List.copyOf(sums.values());
    }

    /** A loop over the parts of a loop, and another if some are smaller. */
    final void parts(String variable, Parts parts, Consumer<Integer> body) {
        part(variable, 0, parts.split(), parts.small() + 1, parts.count(), body);
        part(variable, parts.split(), parts.count(), parts.small(), parts.count(), body);
    }

    private void part(String variable, int first, int end, int size, int all, Consumer<Integer> body) {
        if (first == end) {
            return;
        }
        if (size == all) {
            body.accept(size);
            return;
        }
        code.beginControlFlow("for (int $1L = $2L; $1L < $3L; $1L += $4L)", variable, first, end, size);
        body.accept(size);
        code.endControlFlow();
    }

    /** Writes what is done for some vectors of lanes from a lane on. */
    interface LaneBody {
        void write(int vectors, String lane);
    }

    final void lanes(int width, LaneBody body) {
        int wide = kernel.vectors(true);
        int narrow = kernel.vectors(false);
        if (lanes.isVector() && wide != narrow) {
            code.beginControlFlow("if (WIDE)");
            lanes(width, wide, body);
            code.nextControlFlow("else");
            lanes(width, narrow, body);
            code.endControlFlow();
        } else {
            lanes(width, narrow, body);
        }
    }

    private void lanes(int width, int vectors, LaneBody body) {
        String step = lanes.isVector() ? (vectors == 1 ? "L" : vectors + " * L") : String.valueOf(vectors);
        code.beginControlFlow("for (int lane = 0; lane < $L; lane += $L)", width, step);
        body.write(vectors, "lane");
        code.endControlFlow();
    }
}

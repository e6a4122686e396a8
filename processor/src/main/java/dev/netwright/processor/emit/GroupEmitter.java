package dev.netwright.processor.emit;

import dev.netwright.processor.plan.GroupKernel;
import dev.netwright.processor.plan.GroupKernel.Sums;
import dev.netwright.processor.plan.GroupKernel.WeightGradient;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Strides;
import dev.netwright.processor.plan.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The loops of {@link GroupKernel}s around what spreads some rows and what goes over them: calls of two kernels. */
final class GroupEmitter {
    private final KernelNames names;
    private final Code.Builder code = Code.builder();

    GroupEmitter(KernelNames names) {
        this.names = names;
    }

    Code sums(Sums kernel) {
        int parts = kernel.parts();
        boolean even = kernel.rows().results() % kernel.unitRows() == 0;
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        String rest = "unit";
        if (parts > 1) {
            code.addStatement("int first = unit % $L * $L", parts, kernel.unitRows());
            rest = "unit / " + parts;
        }
        if (kernel.planes() > 1) {
            code.addStatement("int plane = $L % $L", rest, kernel.planes());
            parts *= kernel.planes();
            rest = "unit / " + parts;
        }
        if (kernel.blocks() > 1) {
            code.addStatement("int block = $L % $L", rest, kernel.blocks());
            rest = "unit / " + parts * kernel.blocks();
        }
        code.addStatement("int sample = $L", rest);
        if (!even) {
            code.addStatement(
                    "int rows = Math.min($L, $L - first)",
                    kernel.unitRows(),
                    kernel.rows().results());
        }
        String rows = even ? String.valueOf(kernel.unitRows()) : "rows";
        Index start = Index.of("aBase").plus("sample", kernel.sample());
        String block = kernel.blocks() > 1 ? "block" : "0";
        boolean cut = kernel.parts() > 1;
        if (cut) {
            start.plus("first", kernel.rows().step() * kernel.spread().in().row());
        }
        int reach = kernel.rows().reach(1);
        String spreadRows = even
                ? String.valueOf(kernel.rows().reach(kernel.unitRows()))
                : Index.of("")
                        .plus("rows", kernel.rows().step())
                        .plus(reach - kernel.rows().step())
                        .toString();
        spread(kernel.spread(), kernel.lines(), kernel.plane(), start, block, spreadRows);
        Tile tile = kernel.products();
        List<String> arguments = new ArrayList<>(List.of("local", "localBase"));
        Map<String, Strides> strides = tile.strides();
        strides.remove("a");
        strides.forEach((operand, stride) -> {
            Index index = Index.of(Operands.base(operand))
                    .plus("sample", stride.sample())
                    .plus(block, stride.block());
            if (kernel.planes() > 1) {
                index.plus("plane", stride.rows().get(0));
            }
            if (cut) {
                index.plus("first", stride.rows().get(stride.rows().size() - 1));
            }
            arguments.add(operand);
            arguments.add(index.toString());
        });
        call(tile, arguments, "0", rows);
        return code.endControlFlow().build();
    }

    Code weightGradient(WeightGradient kernel) {
        int parts = kernel.parts();
        code.beginControlFlow("for (int sample = 0; sample < samples; sample++)");
        if (kernel.planes() > 1) {
            code.beginControlFlow("for (int plane = 0; plane < $L; plane++)", kernel.planes());
        }
        if (parts > 1) {
            code.beginControlFlow("for (int part = 0; part < $L; part++)", parts);
        }
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int input = unit % $L", kernel.inputs());
        code.addStatement("int block = unit / $L", kernel.inputs());
        int rows = kernel.unitRows();
        Index start = Index.of("aBase")
                .plus("sample", kernel.aSample())
                .plus("input", kernel.spread().in().channel());
        Index gradient = Index.of("bBase").plus("sample", kernel.bSample()).plus("block", Layout.LANES);
        if (parts > 1) {
            start.plus(
                    "part", rows * kernel.rows().step() * kernel.spread().in().row());
            gradient.plus("part", rows * kernel.sums().b().lines().get(0));
        }
        if (kernel.planes() > 1) {
            gradient.plus("plane", kernel.bPlane());
        }
        spread(
                kernel.spread(),
                kernel.lines(),
                kernel.plane(),
                start,
                "block",
                String.valueOf(kernel.rows().reach(rows)));
        Index result = Index.of("cBase").plus("block", kernel.block()).plus("input", Layout.LANES);
        call(
                kernel.sums(),
                List.of("local", "localBase", "b", gradient.toString(), "c", result.toString(), "1"),
                "0",
                String.valueOf(kernel.sums().units()));
        int loops = 2 + (parts > 1 ? 1 : 0) + (kernel.planes() > 1 ? 1 : 0);
        for (int i = 0; i < loops; i++) {
            code.endControlFlow();
        }
        return code.build();
    }

    /**
     * Some rows of the plane of each tap, one behind the other.
     *
     * @param plane floats from one plane to the next where they are spread to
     * @param start of the rows in the first plane of all
     */
    private void spread(
            GroupKernel.Spread kernel,
            List<GroupKernel.Window> lines,
            int plane,
            Index start,
            String block,
            String rows) {
        String lane = Index.of("").plus(block, Layout.LANES).toString();
        if (lines.size() == 1) {
            call(kernel, List.of("local", "localBase", "a", start.toString(), lane), "0", rows);
            return;
        }
        GroupKernel.Window planes = lines.get(0);
        int stride = kernel.in().lines().get(0);
        if (planes.results() > 1) {
            start.plus("plane", planes.step() * stride);
        }
        code.beginControlFlow("for (int tap = 0; tap < $1L; tap++)", planes.taps());
        start.plus("tap", planes.tapStep() * stride);
        String local = Index.of("localBase").plus("tap", plane).toString();
        call(kernel, List.of("local", local, "a", start.toString(), lane), "0", rows);
        code.endControlFlow();
    }

    private void call(Kernel kernel, List<String> operands, String from, String to) {
        List<String> arguments = new ArrayList<>(operands);
        arguments.add(from);
        arguments.add(to);
        code.addStatement("$L(" + String.join(",$W", arguments) + ")", names.name(kernel));
    }
}

package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.BYTE_TABLES;
import static dev.netwright.processor.emit.RuntimeNames.PROGRAM;
import static dev.netwright.processor.emit.RuntimeNames.SUPPORT;
import static dev.netwright.processor.emit.RuntimeNames.WORKER;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Primitive.ByteTable;
import dev.netwright.processor.plan.Derivation;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.plan.SmallSteps;
import dev.netwright.processor.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** A program as a class: its steps in order, each a call of a kernel on this worker's share, and a barrier. */
final class ProgramEmitter {
    /** Bytecodes of what may stand around a step's call: a condition, a loop, a barrier. */
    private static final int AROUND = 20;

    private final ClassName name;
    private final ClassName kernels;
    private final KernelNames names;
    private final Plan.Program program;
    private final TypeSpec.Builder type;
    /** Names of the fields that hold tables of taps: many convolutions have the same. */
    private final Map<List<Kernel.Tap>, String> tapFields = new HashMap<>();

    private final Tables tapTables;
    private final NameAllocator fields = new NameAllocator();
    private int chains;

    ProgramEmitter(ClassName name, ClassName kernels, KernelNames names, Plan.Program program) {
        this.name = name;
        this.kernels = kernels;
        this.names = names;
        this.program = program;
        this.type = TypeSpec.classBuilder(name).addModifiers(Modifier.FINAL).superclass(PROGRAM);
        this.tapTables = new Tables(type);
    }

    TypeSpec emit(int inputs, int outputs, int targets) {
        type.addField(FieldSpec.builder(kernels, "kernels", Modifier.PRIVATE, Modifier.FINAL)
                .build());
        type.addMethod(MethodSpec.constructorBuilder()
                .addParameter(kernels, "kernels")
                .addStatement(
                        "super($L, $L, $L, $L, $L, $L, $L, $L, $L)",
                        program.arena(),
                        program.scratch(),
                        program.prepared(),
                        constants().block(),
                        inputs,
                        outputs,
                        program.losses().size(),
                        targets,
                        program.microBatch())
                .addStatement("this.kernels = kernels")
                .build());
        type.addMethod(MethodSpec.methodBuilder("rehearsal")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(PROGRAM)
                .addStatement("$T brief = kernels.brief()", kernels)
                .addStatement("return brief == null ? null : new $T(brief)", name)
                .build());
        derivation();
        method("prepare", program.prepare());
        method("forward", phase(Phase.FORWARD));
        method("outputs", program.outputs());
        method("losses", phase(Phase.LOSS));
        method("backward", phase(Phase.BACKWARD));
        type.addMethod(lossBase());
        statistics();
        ViewsEmitter views = new ViewsEmitter(type);
        views.add("keptOutput", "layer", ViewsEmitter.byLayer(program.kept()));
        views.add("layerOutput", "layer", ViewsEmitter.byLayer(program.watched()));
        Map<Integer, Place> gradients = new TreeMap<>();
        for (int i = 0; i < program.inputGradients().size(); i++) {
            gradients.put(i, program.inputGradients().get(i));
        }
        views.add("inputGradient", "input", gradients);
        if (program.local() > 0) {
            type.addMethod(MethodSpec.methodBuilder("localSize")
                    .addAnnotation(Override.class)
                    .addModifiers(Modifier.PROTECTED)
                    .returns(TypeName.INT)
                    .addStatement("return $L", program.local())
                    .build());
        }
        if (program.statistics().stream().anyMatch(s -> s.perSample() == 1)) {
            type.addMethod(MethodSpec.methodBuilder("minimumSamples")
                    .addAnnotation(Override.class)
                    .addModifiers(Modifier.PROTECTED)
                    .returns(TypeName.INT)
                    .addStatement("return 2")
                    .build());
        }
        return type.build();
    }

    private void derivation() {
        String fingerprint = Derivation.fingerprint(program);
        if (!fingerprint.isEmpty()) {
            type.addMethod(MethodSpec.methodBuilder("derivation")
                    .addAnnotation(Override.class)
                    .addModifiers(Modifier.PROTECTED)
                    .returns(String.class)
                    .addStatement("return $S", fingerprint)
                    .build());
        }
    }

    private Code constants() {
        Tables tables = new Tables(type);
        Code constants = tables.floats("constants", program.constants());
        int number = 0;
        for (ByteTable table : program.byteTables()) {
            constants = Code.of(
                    "$T.append($L,$W$L,$W$L)",
                    BYTE_TABLES,
                    constants,
                    tables.floats("means" + ++number, table.mean()),
                    tables.floats("deviations" + number, table.std()));
        }
        return constants;
    }

    private List<Step> phase(Phase phase) {
        return program.steps().stream().filter(step -> step.phase() == phase).toList();
    }

    private void method(String methodName, List<Step> steps) {
        Code code = new MethodParts<Step>(type, methodName) {
            @Override
            Code code(String part, List<Step> some) {
                return calls(part, some);
            }

            @Override
            int bytecodes(Step step) {
                return Bytecodes.of(calls("", List.of(step))) + AROUND;
            }

            @Override
            MethodSpec.Builder method(String part) {
                return part(part);
            }

            @Override
            Code call(String part, List<Step> some) {
                return Code.builder().addStatement("$L(worker)", part).build();
            }

            @Override
            Code between() {
                return Code.builder().addStatement("worker.barrier()").build();
            }
        }.of(steps);
        type.addMethod(override(methodName).addCode(code.body()).build());
    }

    private static MethodSpec.Builder part(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).addParameter(WORKER, "worker");
    }

    private static MethodSpec.Builder override(String methodName) {
        return MethodSpec.methodBuilder(methodName)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(WORKER, "worker");
    }

    /** The calls with a barrier between each two; whoever calls the method puts one behind it. */
    private Code calls(String methodName, List<Step> steps) {
        if (steps.isEmpty()) {
            return Code.of("// nothing to do\n");
        }
        Code.Builder code = Code.builder();
        int small = 0;
        List<SmallSteps.Run> runs = SmallSteps.runs(steps);
        for (SmallSteps.Run run : runs) {
            if (run != runs.get(0)) {
                code.addStatement("worker.barrier()");
            }
            if (run.samples() == 0) {
                code.add(calls(run.steps()));
                continue;
            }
            String name = methodName + "Small" + ++small;
            type.addMethod(part(name).addCode(calls(run.steps()).body()).build());
            code.beginControlFlow("if (samples > $L)", run.samples())
                    .addStatement("$L(worker)", name)
                    .nextControlFlow("else if (worker.index() == 0)")
                    .add("// too little to share\n")
                    .addStatement("$L(worker.alone())", name)
                    .endControlFlow();
        }
        return code.build();
    }

    private Code calls(List<Step> steps) {
        Code.Builder code = Code.builder();
        List<List<Step>> runs = StepRuns.of(steps);
        for (List<Step> run : runs) {
            if (run != runs.get(0)) {
                code.addStatement("worker.barrier()");
            }
            if (StepRuns.isSingle(run.get(0))) {
                code.beginControlFlow("if (worker.index() == 0)");
                run.forEach(step -> call(code, step, ""));
                code.endControlFlow();
            } else if (run.size() > 1) {
                chain(code, run);
            } else {
                String units = units(run.get(0));
                call(code, run.get(0), "worker.begin(" + units + "),$Wworker.end(" + units + ")");
            }
        }
        return code.build();
    }

    /** Steps that each sample goes through by itself. */
    private void chain(Code.Builder code, List<Step> run) {
        String end = "end" + chains++;
        code.addStatement("int $L = worker.endTurn(samples)", end);
        code.beginControlFlow("for (int turn = worker.firstTurn(samples); turn < $L; turn++)", end);
        for (Step step : run) {
            if (step != run.get(0)) {
                code.addStatement("worker.link(samples)");
            }
            String share = "(" + step.work().count() + ",$Wturn,$Wsamples)";
            call(code, step, "worker.from" + share + ",$Wworker.to" + share);
        }
        code.endControlFlow();
    }

    /** A step's call for a share of its units, as two arguments; without a share for all of them. */
    private void call(Code.Builder code, Step step, String share) {
        if (!step.comment().isEmpty()) {
            code.add("// $L\n", SourceText.comment(step.comment()));
        }
        if (!KernelKinds.isMethod(step.kernel())) {
            code.add(support(step, String.join(",$W", operands(step)), share.isEmpty() ? "0, 1" : share));
            return;
        }
        List<String> arguments = new ArrayList<>(operands(step));
        if (step.kernel().arguments().contains(Kernel.Argument.SAMPLES)) {
            arguments.add("samples");
        }
        if (step.kernel().arguments().contains(Kernel.Argument.SCALE)) {
            arguments.add("lossScale[" + lossIndex(step) + "]");
        }
        arguments.add(share.isEmpty() ? "0,$W1" : share);
        code.addStatement("kernels.$L(" + String.join(",$W", arguments) + ")", names.name(step.kernel()));
    }

    private int lossIndex(Step step) {
        for (int i = 0; i < program.losses().size(); i++) {
            if (program.losses().get(i).place().equals(step.operands().get(0))) {
                return i;
            }
        }
        throw new IllegalStateException("no loss is stored where " + step.name() + " stores it");
    }

    private Code support(Step step, String operands, String share) {
        RuntimeCall call = KernelKinds.call(step.kernel(), taps -> taps(step, taps));
        String arguments = operands + ",$W" + wrapped(call.literals()) + (call.shared() ? ",$W" + share : "");
        return Code.builder()
                .addStatement("$T.$L(" + arguments + ")", SUPPORT, call.method())
                .build();
    }

    private static String wrapped(String list) {
        return list.replace(", ", ",$W");
    }

    private String taps(Step step, List<Kernel.Tap> taps) {
        return tapFields.computeIfAbsent(
                taps,
                any -> addTaps(fields.newName(SourceText.constant(SourceText.identifier(step.name()) + "Taps")), taps));
    }

    private String addTaps(String field, List<Kernel.Tap> taps) {
        List<Integer> values = taps.stream()
                .flatMap(tap -> Stream.of(tap.packed(), tap.source()))
                .toList();
        type.addField(FieldSpec.builder(int[].class, field, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(tapTables.ints("taps" + tapFields.size(), values).block())
                .build());
        return field;
    }

    private static String units(Step step) {
        int count = step.work().count();
        return switch (step.work().unit()) {
            case STEP -> String.valueOf(count);
            case SAMPLE -> count == 1 ? "samples" : count + " * samples";
            case GROUP ->
                (count == 1 ? "" : count + " * ") + "((samples + " + (Planner.GROUP - 1) + ") / " + Planner.GROUP + ")";
        };
    }

    /** Array and offset of each operand. */
    private List<String> operands(Step step) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < step.operands().size(); i++) {
            Place place = step.operands().get(i);
            texts.add(array(place, step.kernel().operands().get(i).type()));
            texts.add(place.array() == Place.Array.LOCAL ? localBase(place) : base(place));
        }
        return texts;
    }

    private static String array(Place place, ElementType type) {
        return switch (place.array()) {
            case ARENA -> "arena";
            case SCRATCH -> "scratch";
            case PREPARED -> "prepared";
            case LOCAL -> "local";
            case PARAMETERS -> "parameters";
            case GRADIENTS -> "gradients";
            case BUFFERS -> "buffers";
            case CONSTANTS -> "constants";
            case INPUT ->
                switch (type) {
                            case FLOAT32 -> "inputs[";
                            case UINT8 -> "byteInputs[";
                            case INT32 -> "intInputs[";
                        }
                        + place.base() + "]";
            case OUTPUT -> "outputs[" + place.base() + "]";
            case TARGET -> (type == ElementType.INT32 ? "indexTargets[" : "floatTargets[") + place.base() + "]";
        };
    }

    private String localBase(Place place) {
        return Index.of("")
                .plus("worker.index()", program.local())
                .plus(Layout.LEAD + place.base() + place.layout().offset())
                .toString();
    }

    /** The offset of a place as an expression. */
    private static String base(Place place) {
        int offset = place.layout().offset();
        return switch (place.array()) {
            case ARENA ->
                Index.of("")
                        .plus("capacity", place.base())
                        .plus(Layout.LEAD + offset)
                        .toString();
            case SCRATCH, PREPARED -> String.valueOf(Layout.LEAD + place.base() + offset);
            case INPUT, OUTPUT, TARGET ->
                Index.of("")
                        .plus("inputOffset", place.layout().size())
                        .plus(offset)
                        .toString();
            default -> String.valueOf(place.base() + offset);
        };
    }

    private MethodSpec lossBase() {
        Code.Builder code = Code.builder();
        for (int i = 0; i < program.losses().size(); i++) {
            code.beginControlFlow("if (loss == $L)", i)
                    .addStatement("return $L", base(program.losses().get(i).place()))
                    .endControlFlow();
        }
        return MethodSpec.methodBuilder("lossBase")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(TypeName.INT, "loss")
                .returns(TypeName.INT)
                .addCode(code.build().body())
                .addStatement("throw new $T(loss)", IndexOutOfBoundsException.class)
                .build();
    }

    private void statistics() {
        Code code = MethodParts.statements(
                type,
                "statistics",
                part -> MethodSpec.methodBuilder(part).addModifiers(Modifier.PRIVATE),
                "",
                program.statistics().stream().map(ProgramEmitter::update).toList());
        type.addMethod(MethodSpec.methodBuilder("statistics")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addCode(code.body())
                .build());
    }

    private static Code update(Plan.Statistics s) {
        return Code.builder()
                .addStatement(
                        "$T.updateStatistics(scratch, $L, $L, buffers, $L, $L, counters, $L, $L, samples, $L, $L)",
                        SUPPORT,
                        base(s.mean()),
                        base(s.variance()),
                        base(s.runningMean()),
                        base(s.runningVariance()),
                        s.counter(),
                        s.channels(),
                        s.perSample(),
                        Double.isNaN(s.momentum()) ? "Double.NaN" : String.valueOf(s.momentum()))
                .build();
    }
}

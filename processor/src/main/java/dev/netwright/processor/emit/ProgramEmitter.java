package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.BYTE_TABLES;
import static dev.netwright.processor.emit.RuntimeNames.PROGRAM;
import static dev.netwright.processor.emit.RuntimeNames.WORKER;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Primitive.ByteTable;
import dev.netwright.processor.plan.Derivation;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.plan.Schedule;
import dev.netwright.processor.plan.Schedule.Stretch;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** A program as a class: its steps in order, each a call of a kernel on this worker's share, and the meetings. */
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
    /** What the method's variable for a step's team has now: one for all, as there may be hundreds of steps; null for none. */
    private String teamSize;

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
        method("prepare", program.schedule().prepare());
        method("forward", program.schedule().forward());
        method("outputs", program.schedule().outputs());
        method("losses", program.schedule().losses());
        method("backward", program.schedule().backward());
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
        if (program.graph().leastSamples() > 1) {
            type.addMethod(MethodSpec.methodBuilder("minimumSamples")
                    .addAnnotation(Override.class)
                    .addModifiers(Modifier.PROTECTED)
                    .returns(TypeName.INT)
                    .addStatement("return $L", program.graph().leastSamples())
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

    private void method(String methodName, List<Stretch> stretches) {
        Code code = new MethodParts<Stretch>(type, methodName) {
            @Override
            Code code(String part, List<Stretch> some) {
                return calls(some);
            }

            @Override
            int bytecodes(Stretch stretch) {
                return Bytecodes.of(calls(List.of(stretch)))
                        + AROUND * stretch.steps().size();
            }

            @Override
            MethodSpec.Builder method(String part) {
                return part(part);
            }

            @Override
            Code call(String part, List<Stretch> some) {
                return Code.builder().addStatement("$L(worker)", part).build();
            }
        }.of(stretches);
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

    /** The calls, and the meetings before them. */
    private Code calls(List<Stretch> stretches) {
        if (stretches.isEmpty()) {
            return Code.of("// nothing to do\n");
        }
        // names begin anew in each method
        chains = 0;
        teamSize = null;
        Code.Builder code = Code.builder();
        for (Stretch stretch : stretches) {
            if (stretch.meetAbove() == 0) {
                code.addStatement("worker.barrier()");
            } else if (stretch.meetAbove() != Schedule.NEVER) {
                code.addStatement("worker.meet(samples > $L)", stretch.meetAbove());
            }
            if (stretch.team().isOne()) {
                code.beginControlFlow("if (worker.index() == 0)");
                stretch.steps().forEach(step -> call(code, step, single(step)));
                code.endControlFlow();
                continue;
            }
            String team = team(code, stretch.team());
            if (stretch.isChain()) {
                chain(code, stretch, team);
            } else {
                Step step = stretch.steps().get(0);
                String units = units(step);
                call(code, step, team + ".begin(" + units + "),$W" + team + ".end(" + units + ")");
            }
        }
        return code.build();
    }

    /** All units of what one worker does. */
    private static String single(Step step) {
        boolean one = step.work().unit() == Unit.STEP && step.work().count() == 1;
        return one ? "" : "0,$W" + units(step);
    }

    /** The name of this worker as a member of a step's team. */
    private String team(Code.Builder code, Team team) {
        if (team.isWhole()) {
            return "worker";
        }
        String samples = team.times() == 1 ? "samples" : team.times() + " * samples";
        if (team.rounding() > 0) {
            samples = "(" + samples + " + " + team.rounding() + ")";
        }
        String size = team.times() == 0 ? "" : team.divisor() == 1 ? samples : samples + " / " + team.divisor();
        if (team.constant() > 0) {
            size = size.isEmpty() ? String.valueOf(team.constant()) : size + " + " + team.constant();
        }
        if (teamSize == null) {
            code.addStatement("$T team = worker.among($L)", WORKER, size);
        } else if (!teamSize.equals(size)) {
            code.addStatement("team = worker.among($L)", size);
        }
        teamSize = size;
        return "team";
    }

    /** Steps that each sample goes through by itself. */
    private void chain(Code.Builder code, Stretch stretch, String team) {
        String end = "end" + chains++;
        code.addStatement("int $L = $L.endTurn(samples)", end, team);
        code.beginControlFlow("for (int turn = $L.firstTurn(samples); turn < $L; turn++)", team, end);
        for (Step step : stretch.steps()) {
            if (stretch.links().contains(step)) {
                code.addStatement("$L.link(samples)", team);
            }
            String share = "(" + step.work().count() + ",$Wturn,$Wsamples)";
            call(code, step, team + ".from" + share + ",$W" + team + ".to" + share);
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
        arguments.add(share.isEmpty() ? "0,$W1" : share);
        code.addStatement("kernels.$L(" + String.join(",$W", arguments) + ")", names.name(step.kernel()));
    }

    private Code support(Step step, String operands, String share) {
        RuntimeCall call = KernelKinds.call(step.kernel(), taps -> taps(step, taps));
        String arguments = operands + ",$W" + wrapped(call.literals()) + (call.shared() ? ",$W" + share : "");
        return Code.builder()
                .addStatement("$T.$L(" + arguments + ")", call.owner(), call.method())
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
            case INDEX_COUNTS -> "indexCounts[" + place.base() + "]";
            case FACTORS -> "lossScale";
            case LOSS_WEIGHTS -> "lossWeights";
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
            case INDEX_COUNTS -> String.valueOf(offset);
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
        String samples = s.joint()
                ? "(scratch, $L, $L, buffers, $L, $L, counters, $L, $L, samples"
                : "OfInstances(scratch, $L, $L, buffers, $L, $L, counters, $L, $L";
        return Code.builder()
                .addStatement(
                        "$T.update" + samples + ", $L, $L)",
                        RuntimeNames.RUNNING_STATISTICS,
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

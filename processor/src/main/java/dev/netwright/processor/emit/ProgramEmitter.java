package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.BYTE_TABLES;
import static dev.netwright.processor.emit.RuntimeNames.PROGRAM;
import static dev.netwright.processor.emit.RuntimeNames.WORKER;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Primitive.ByteTable;
import dev.netwright.processor.plan.Derivation;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Schedule.Stretch;
import dev.netwright.processor.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** A program as a class: its steps in order, and what the runtime asks about it. */
final class ProgramEmitter {
    /** Bytecodes of what may stand around a step's call: a condition, a loop, a barrier. */
    private static final int AROUND = 20;

    private final ClassName name;
    private final ClassName kernels;
    private final Plan.Program program;
    private final NetworkFacts network;
    private final PlaceNames places;
    private final StepCalls steps;
    private final TypeSpec.Builder type;
    /** Names of the fields that hold tables of taps: many convolutions have the same. */
    private final Map<List<Kernel.Tap>, String> tapFields = new HashMap<>();

    private final Tables tapTables;
    private final NameAllocator fields = new NameAllocator();

    ProgramEmitter(ClassName name, ClassName kernels, KernelNames names, NetworkFacts network, Plan.Program program) {
        this.name = name;
        this.kernels = kernels;
        this.network = network;
        this.program = program;
        this.places = new PlaceNames(program, new ValueNames(network.plan().parameters()));
        this.steps = new StepCalls(names, places, new StepComments(network.layers(), program), this::taps);
        this.type = TypeSpec.classBuilder(name).addModifiers(Modifier.FINAL).superclass(PROGRAM);
        this.tapTables = new Tables(type);
    }

    /** @param targets of losses, and gradients that the caller gives */
    TypeSpec emit(int targets) {
        type.addJavadoc(documentation());
        type.addField(FieldSpec.builder(kernels, "kernels", Modifier.PRIVATE, Modifier.FINAL)
                .build());
        type.addMethod(MethodSpec.constructorBuilder()
                .addParameter(kernels, "kernels")
                .addStatement("super(\n$L)", created(targets).block())
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
        ViewsEmitter views = new ViewsEmitter(type, network, places);
        views.addOutputs("keptOutput", program.kept());
        views.addOutputs("layerOutput", program.watched());
        views.addGradients("inputGradient", program.inputGradients());
        if (program.local() > 0) {
            type.addMethod(MethodSpec.methodBuilder("localSize")
                    .addAnnotation(Override.class)
                    .addModifiers(Modifier.PROTECTED)
                    .returns(TypeName.INT)
                    .addStatement("return $L", places.local())
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

    /** For who reads the class without knowing the runtime. */
    private CodeBlock documentation() {
        return CodeBlock.of(
                """
                How {@code $L} $L: $L.

                <p>Each worker of a team runs these methods. A step is a call of a kernel, and has units of work: {@code begin} and
                {@code end} are this worker's share of them. {@code worker.among(n)} is the worker in a team of the first n, where
                more are not worth it; {@code barrier} waits for all before a step that reads what others wrote, and
                {@code meet(samples > n)} does so where not all of it is the first one's. In a loop over turns a worker takes its own
                samples through several steps, if there are enough; {@code link} waits where there are not.

                <p>Values are named after the layers that compute them$L.
                Samples lie one behind the other: the second of a value in the arena is one sample's floats behind the first.
                """,
                SourceText.javadoc(network.name()),
                isTraining() ? "is trained" : "predicts",
                SourceText.javadoc(network.shapes()),
                isTraining() ? "; {@code x.grad} is the gradient by what layer x reads" : "");
    }

    private boolean isTraining() {
        return program.steps().stream().anyMatch(step -> step.phase() == Phase.BACKWARD);
    }

    /** The arguments of the superclass's constructor. */
    private Code created(int targets) {
        return Code.join(
                List.of(
                        fact("arenaPerSample", program.arena()),
                        fact("scratch", program.scratch()),
                        fact("prepared", program.prepared()),
                        fact("constants", constants()),
                        fact("inputs", network.inputs().size()),
                        fact("outputs", network.outputs().size()),
                        fact("losses", program.losses().size()),
                        fact("targets", targets),
                        fact("microBatch", program.microBatch())),
                ",\n");
    }

    private static Code fact(String parameter, Object value) {
        return Code.of("/* $L */ $L", parameter, value);
    }

    /** The constants that the class's code refers to. */
    List<Code> places() {
        return places.declarations();
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
                return steps.of(some);
            }

            @Override
            String suffix(List<Stretch> some) {
                return "_from_"
                        + SourceText.identifier(
                                some.get(0).steps().get(0).node().name());
            }

            @Override
            int bytecodes(Stretch stretch) {
                return Bytecodes.of(steps.of(List.of(stretch)))
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
                .addJavadoc(
                        "Of each place of a kernel, where its weights lie in a copy of another order, and where in the"
                                + " weight: of all weights\nthat are as large.\n")
                .initializer(tapTables.ints("taps" + tapFields.size(), values).block())
                .build());
        return field;
    }

    private MethodSpec lossBase() {
        Code.Builder code = Code.builder();
        for (int i = 0; i < program.losses().size(); i++) {
            code.beginControlFlow("if (loss == $L)", i)
                    .addStatement(
                            "return $L", places.result(program.losses().get(i).place()))
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
                program.statistics().stream().map(this::update).toList());
        type.addMethod(MethodSpec.methodBuilder("statistics")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addCode(program.statistics().isEmpty() ? CodeBlock.of("// nothing to do\n") : code.body())
                .build());
    }

    private Code update(Plan.Statistics s) {
        List<String> arguments = new ArrayList<>(List.of(
                "scratch",
                places.result(s.mean()),
                places.result(s.variance()),
                "buffers",
                places.result(s.runningMean()),
                places.result(s.runningVariance()),
                "counters",
                RuntimeCall.named("counter", s.counter()),
                RuntimeCall.named("channels", s.channels())));
        if (s.joint()) {
            arguments.add("samples");
        }
        arguments.add(RuntimeCall.named("perSample", s.perSample()));
        arguments.add(Double.isNaN(s.momentum()) ? "Double.NaN" : RuntimeCall.named("momentum", s.momentum()));
        return Code.builder()
                .addStatement(
                        "$T.$L(" + String.join(",$W", arguments) + ")",
                        RuntimeNames.RUNNING_STATISTICS,
                        s.joint() ? "update" : "updateOfInstances")
                .build();
    }
}

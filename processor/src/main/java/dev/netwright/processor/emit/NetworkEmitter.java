package dev.netwright.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.emit.KernelsEmitter.Kernels;
import dev.netwright.processor.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** All files of one network. */
public final class NetworkEmitter {
    /** The annotation of generated types. */
    public static final String GENERATED = RuntimeNames.GENERATED.canonicalName();

    private NetworkEmitter() {}

    /**
     * @param packageName where they go
     * @param modelName simple name of the model; ends with {@code Model}
     * @param network what they are of
     */
    public static List<SourceText> emit(String packageName, String modelName, NetworkFacts network) {
        GeneratedNames names = new GeneratedNames(packageName, modelName, MethodNames.variables(network));
        Plan plan = network.plan();
        KernelNames kernels = new KernelNames(plan);
        int targets = network.losses().size();
        KernelsEmitter kernelsEmitter = new KernelsEmitter(names.kernels(), kernels);

        List<TypeSpec> types = new ArrayList<>();
        LayerFieldsEmitter layers = new LayerFieldsEmitter(names, network);
        types.addAll(layers.supertypes());
        types.add(new ModelEmitter(names, network, layers).emit());
        types.add(new DefinitionEmitter(names, network).emit());
        List<SourceText> sources = new ArrayList<>();
        types.forEach(type -> sources.add(source(packageName, new Kernels(type, List.of(), List.of()))));
        sources.add(program(names.inference(), names, kernels, plan.inference(), network, targets));
        plan.training()
                .map(training -> program(
                        names.training(), names, kernels, training, network, targets + network.upstreamGradients()))
                .ifPresent(sources::add);
        sources.add(source(packageName, kernelsEmitter.contract()));
        sources.add(source(packageName, kernelsEmitter.implementation(names.scalarKernels(), Lanes.SCALAR)));
        if (network.vector()) {
            sources.add(source(packageName, kernelsEmitter.implementation(names.vectorKernels(), Lanes.VECTOR)));
        }
        return sources;
    }

    private static SourceText source(String packageName, Kernels kernels) {
        JavaFile file = JavaFile.builder(packageName, marked(kernels.type()))
                .indent("    ")
                .build();
        return SourceText.of(file, kernels.constants(), kernels.methods());
    }

    /** Emitters mark nested types: each is a class file of its own. */
    private static TypeSpec marked(TypeSpec type) {
        return type.toBuilder().addAnnotation(RuntimeNames.GENERATED).build();
    }

    private static SourceText program(
            ClassName name,
            GeneratedNames names,
            KernelNames kernels,
            Plan.Program program,
            NetworkFacts network,
            int targets) {
        ProgramEmitter emitter = new ProgramEmitter(name, names.kernels(), kernels, network, program);
        TypeSpec type = emitter.emit(targets);
        return source(name.packageName(), new Kernels(type, emitter.places(), List.of()));
    }
}

package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.KERNEL_CHOICE;
import static dev.netwright.processor.emit.RuntimeNames.VECTOR_SHAPE;
import static dev.netwright.processor.emit.RuntimeNames.VECTOR_SPECIES;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.plan.GroupKernel;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.LaneReduction;
import dev.netwright.processor.plan.Pool;
import dev.netwright.processor.plan.PoolGradient;
import dev.netwright.processor.plan.RowPasses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The kernels of a network: an interface, and a class for each kind of lanes. What has no vector form is written in
 * the interface.
 */
final class KernelsEmitter {
    private static final String DOCUMENTATION = """
            The loops that the steps are made of, without a layer's name where several layers have the same.

            <p>Of an operand x, {@code x[xBase]} is the first element of the first sample. A call computes the units from
            {@code from} to before {@code to}: rows or parts of samples, one behind the other. Sums of products are those of
            matrices, c = a * b. Where a method is for several sizes, {@code xRow} says how far apart the rows of x are, in floats,
            and {@code xStride} what it goes on by.
            """;

    private final ClassName name;
    private final KernelNames names;
    private final Collection<NamedKernel> kernels;
    private final KernelFile file;

    KernelsEmitter(ClassName name, KernelNames names) {
        this.name = name;
        this.names = names;
        this.kernels = names.all();
        this.file = new KernelFile(names, new TapTables(names), new OperatorCalls(names));
    }

    /**
     * A type with much in it that is written without JavaPoet.
     *
     * @param type without that
     * @param constants at its beginning
     * @param methods at its end
     */
    record Kernels(TypeSpec type, List<Code> constants, List<Code> methods) {}

    Kernels contract() {
        TypeSpec.Builder type =
                TypeSpec.interfaceBuilder(name).addJavadoc(DOCUMENTATION).addMethod(Trips.none(name));
        file.taps().addTo(type);
        file.calls().addTo(type);
        List<Code> methods = new ArrayList<>();
        for (NamedKernel named : kernels) {
            KernelMethod method = KernelMethod.named(named.name())
                    .modifiers("")
                    .javadoc(named.documentation(names.others(named.kernel())))
                    .parameters(Operands.parameters(named.kernel()));
            if (KernelKinds.isCommon(named.kernel())) {
                method.modifiers("default")
                        .body(KernelKinds.common(named.kernel(), file).body());
            }
            methods.add(method.code());
        }
        return new Kernels(type.build(), List.of(), methods);
    }

    Kernels implementation(ClassName className, Lanes lanes) {
        TypeSpec.Builder type =
                TypeSpec.classBuilder(className).addModifiers(Modifier.FINAL).addSuperinterface(name);
        if (lanes.isVector()) {
            type.addFields(vectorFields(className));
            if (kernels.stream().anyMatch(named -> readsLanes(named.kernel()))) {
                type.addField(SpreadEmitter.lanes());
            }
            Trips.addTo(type, className, name);
        }
        List<KernelMethod> methods = new ArrayList<>();
        for (NamedKernel named : kernels) {
            if (!KernelKinds.isCommon(named.kernel())) {
                KernelEmitter emitter = KernelKinds.byLanes(named, lanes, file);
                methods.add(KernelMethod.named(named.name())
                        .overriding()
                        .parameters(Operands.parameters(named.kernel()))
                        .body(emitter.body()));
                methods.addAll(emitter.helpers());
            }
        }
        List<KernelMethod> written = new SharedSizes(methods, lanes).methods();
        return new Kernels(
                type.build(),
                List.of(),
                written.stream().map(KernelMethod::code).toList());
    }

    /** Whether a kernel tells lanes by their numbers. */
    private static boolean readsLanes(Kernel kernel) {
        return kernel instanceof GroupKernel.Spread
                || kernel instanceof LaneReduction sum && sum.restLanes() > 0
                || kernel instanceof Pool pool && pool.ends() > 0
                || kernel instanceof PoolGradient gradient && gradient.ends() > 0
                || kernel instanceof RowPasses rows
                        && rows.passes().stream().anyMatch(pass -> readsLanes(pass.kernel()));
    }

    private static List<FieldSpec> vectorFields(ClassName className) {
        Modifier[] modifiers = {Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL};
        List<FieldSpec> fields = new ArrayList<>();
        fields.add(FieldSpec.builder(KERNEL_CHOICE, "CHOICE", modifiers)
                .initializer("$T.decide(true, $T.class.getModule())", KERNEL_CHOICE, className)
                .build());
        fields.add(FieldSpec.builder(ParameterizedTypeName.get(VECTOR_SPECIES, TypeName.FLOAT.box()), "S", modifiers)
                .addJavadoc("The vectors that this machine has.\n")
                .initializer("$T.of(float.class, $T.forBitSize(CHOICE.bits()))", VECTOR_SPECIES, VECTOR_SHAPE)
                .build());
        fields.add(FieldSpec.builder(TypeName.INT, "L", modifiers)
                .addJavadoc("Their lanes.\n")
                .initializer("S.length()")
                .build());
        fields.add(FieldSpec.builder(TypeName.BOOLEAN, "WIDE", modifiers)
                .addJavadoc("Whether there are 32 vector registers.\n")
                .initializer("CHOICE.wide()")
                .build());
        return fields;
    }
}

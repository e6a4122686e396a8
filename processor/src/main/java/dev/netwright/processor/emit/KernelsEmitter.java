package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.KERNEL_CHOICE;
import static dev.netwright.processor.emit.RuntimeNames.VECTOR_SHAPE;
import static dev.netwright.processor.emit.RuntimeNames.VECTOR_SPECIES;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.plan.Depthwise;
import dev.netwright.processor.plan.DepthwiseWeightGradient;
import dev.netwright.processor.plan.GroupKernel;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.LaneReduction;
import dev.netwright.processor.plan.LaneSums;
import dev.netwright.processor.plan.OperatorCall;
import dev.netwright.processor.plan.Resampling;
import dev.netwright.processor.plan.SlidingWeightGradient;
import dev.netwright.processor.plan.SparseKernel;
import dev.netwright.processor.plan.WinogradKernel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The kernels of a network: an interface, and a class for each kind of lanes. What has no vector form is written in
 * the interface.
 */
final class KernelsEmitter {
    private final ClassName name;
    private final KernelNames names;
    private final Collection<NamedKernel> kernels;
    private final TapTables taps;
    private final OperatorCalls calls;

    KernelsEmitter(ClassName name, KernelNames names) {
        this.name = name;
        this.names = names;
        this.kernels = names.all();
        this.taps = new TapTables(kernels);
        this.calls = new OperatorCalls(kernels);
    }

    /**
     * A type of kernels.
     *
     * @param type without them
     * @param methods the kernels
     */
    record Kernels(TypeSpec type, List<Code> methods) {}

    Kernels contract() {
        TypeSpec.Builder type = TypeSpec.interfaceBuilder(name).addMethod(Trips.none(name));
        taps.addTo(type);
        calls.addTo(type);
        List<Code> methods = new ArrayList<>();
        for (NamedKernel named : kernels) {
            KernelMethod method = KernelMethod.named(named.name())
                    .modifiers("")
                    .javadoc(named.comment())
                    .parameters(Operands.parameters(named.kernel()));
            if (isShared(named.kernel())) {
                method.modifiers("default").body(shared(named.kernel()));
            }
            methods.add(method.code());
        }
        return new Kernels(type.build(), methods);
    }

    Kernels implementation(ClassName className, Lanes lanes) {
        TypeSpec.Builder type =
                TypeSpec.classBuilder(className).addModifiers(Modifier.FINAL).addSuperinterface(name);
        if (lanes.isVector()) {
            type.addFields(vectorFields(className));
            if (kernels.stream().anyMatch(named -> named.kernel() instanceof GroupKernel.Spread)) {
                type.addField(SpreadEmitter.lanes());
            }
            Trips.addTo(type, className, name);
        }
        SharedTiles tiles = new SharedTiles();
        List<KernelMethod> methods = new ArrayList<>();
        for (NamedKernel named : kernels) {
            if (!isShared(named.kernel())) {
                implement(methods, named, lanes, tiles);
            }
        }
        List<KernelMethod> written = new SharedSizes(methods, lanes).methods();
        return new Kernels(
                type.build(), written.stream().map(KernelMethod::code).toList());
    }

    private static List<FieldSpec> vectorFields(ClassName className) {
        Modifier[] modifiers = {Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL};
        List<FieldSpec> fields = new ArrayList<>();
        fields.add(FieldSpec.builder(KERNEL_CHOICE, "CHOICE", modifiers)
                .initializer("$T.decide(true, $T.class.getModule())", KERNEL_CHOICE, className)
                .build());
        fields.add(FieldSpec.builder(ParameterizedTypeName.get(VECTOR_SPECIES, TypeName.FLOAT.box()), "S", modifiers)
                .initializer("$T.of(float.class, $T.forBitSize(CHOICE.bits()))", VECTOR_SPECIES, VECTOR_SHAPE)
                .build());
        fields.add(FieldSpec.builder(TypeName.INT, "L", modifiers)
                .initializer("S.length()")
                .build());
        fields.add(FieldSpec.builder(TypeName.BOOLEAN, "WIDE", modifiers)
                .addJavadoc("Whether there are 32 vector registers.\n")
                .initializer("CHOICE.wide()")
                .build());
        return fields;
    }

    private void implement(List<KernelMethod> methods, NamedKernel named, Lanes lanes, SharedTiles tiles) {
        Kernel kernel = named.kernel();
        List<KernelMethod> helpers = List.of();
        Code body;
        if (kernel instanceof Kernel.Tile tile) {
            body = new TileEmitter(named.name(), tile, lanes, tiles).body();
            helpers = tiles.takeAdded();
        } else if (kernel instanceof SparseKernel sparse) {
            SparseEmitter emitter = new SparseEmitter(named.name(), sparse, lanes);
            body = emitter.body();
            helpers = emitter.sums();
        } else if (kernel instanceof WinogradKernel winograd) {
            WinogradEmitter emitter = new WinogradEmitter(named.name(), winograd, lanes);
            body = emitter.body();
            helpers = emitter.methods();
        } else if (kernel instanceof LaneSums sums) {
            LaneSumEmitter emitter = new LaneSumEmitter(named.name(), sums, lanes);
            body = emitter.body();
            helpers = emitter.helpers();
        } else if (kernel instanceof Depthwise depthwise) {
            DepthwiseEmitter emitter = new DepthwiseEmitter(named.name(), depthwise, lanes);
            body = emitter.body();
            helpers = emitter.tiles();
        } else if (kernel instanceof DepthwiseWeightGradient depthwise) {
            DepthwiseWeightEmitter emitter = new DepthwiseWeightEmitter(named.name(), depthwise, lanes);
            body = emitter.body();
            helpers = List.of(emitter.tile());
        } else if (kernel instanceof GroupKernel.Spread spread) {
            body = new SpreadEmitter(spread, lanes).body();
        } else if (kernel instanceof SlidingWeightGradient sliding) {
            SlidingWeightEmitter emitter = new SlidingWeightEmitter(named.name(), sliding, lanes);
            body = emitter.body();
            helpers = emitter.tiles();
        } else if (kernel instanceof Kernel.Elementwise elementwise) {
            LoopEmitter emitter = new LoopEmitter(named.name(), kernel, lanes);
            body = emitter.elementwise(elementwise, elementwise.isSplit());
            helpers = emitter.helpers();
        } else if (kernel instanceof Kernel.Load load) {
            LoopEmitter emitter = new LoopEmitter(named.name(), kernel, lanes);
            body = emitter.elementwise(load.loops(), load.loops().isSplit());
            helpers = emitter.helpers();
        } else if (kernel instanceof Kernel.Reduction reduction) {
            LoopEmitter emitter = new LoopEmitter(named.name(), kernel, lanes);
            body = emitter.reduction(reduction);
            helpers = emitter.helpers();
        } else if (kernel instanceof LaneReduction reduction) {
            LoopEmitter emitter = new LoopEmitter(named.name(), kernel, lanes);
            body = emitter.reduction(reduction);
            helpers = emitter.helpers();
        } else if (kernel instanceof Resampling resampling) {
            body = new ResampleEmitter(resampling, lanes, taps).body();
        } else if (kernel instanceof Kernel.Pool pool) {
            body = new PoolEmitter(lanes).forward(pool);
        } else {
            body = new PoolEmitter(lanes).backward((Kernel.PoolGradient) kernel);
        }
        methods.add(KernelMethod.named(named.name())
                .overriding()
                .parameters(Operands.parameters(kernel))
                .body(body));
        methods.addAll(helpers);
    }

    private static boolean isShared(Kernel kernel) {
        return kernel instanceof GroupKernel && !(kernel instanceof GroupKernel.Spread)
                || kernel instanceof WinogradKernel.Blocks
                || kernel instanceof OperatorCall
                || kernel instanceof Kernel.ElementLoss
                || kernel instanceof Kernel.ClassLoss;
    }

    private Code shared(Kernel kernel) {
        if (kernel instanceof GroupKernel group) {
            return new GroupEmitter(names).body(group);
        } else if (kernel instanceof WinogradKernel.Blocks blocks) {
            return new WinogradBlocksEmitter(blocks, names).body();
        } else if (kernel instanceof OperatorCall call) {
            return new OperatorCallEmitter(call, calls).body();
        } else if (kernel instanceof Kernel.ElementLoss loss) {
            return new LossEmitter().elements(loss);
        }
        return new LossEmitter().classes((Kernel.ClassLoss) kernel);
    }
}

package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.OPTIMIZER;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * What a network lacks that has no loss of one number. Beside the methods that take arrays of any type, javac would
 * say of such a call no more than that {@code float[]} is no {@code Object[]}: methods that cannot be called tell it
 * why, by the name of what they ask for.
 */
final class NoLossEmitter {
    private final NetworkFacts network;
    private final ClassName target;
    private final String why;
    private final MethodNames variables;
    private final List<ParameterSpec> inputs;

    NoLossEmitter(GeneratedNames names, NetworkFacts network, MethodNames variables, List<ParameterSpec> inputs) {
        this.network = network;
        boolean none = network.losses().isEmpty();
        this.target = names.model().nestedClass(none ? "NoLossDeclared" : "LossNotReduced");
        this.why = none
                ? network.name() + " declares no loss.\nWrite one before the class, such as {@code @MSELoss}, or call"
                        + " forward and backward.\n"
                : (network.losses().size() == 1 ? "the loss of " : "a loss of ") + network.name()
                        + " has the reduction NONE.\nWrite reduction = MEAN or SUM, or call losses and backward.\n";
        this.variables = variables;
        this.inputs = inputs;
    }

    void addTo(TypeSpec.Builder type) {
        type.addType(TypeSpec.classBuilder(target)
                .addAnnotation(RuntimeNames.GENERATED)
                .addJavadoc("Has no instance, as $L", why)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .build());
        type.addMethod(method("evaluate")
                .beginControlFlow("synchronized (inference())")
                .addStatement("return evaluateLoss($L)", variables.n())
                .endControlFlow()
                .build());
        if (network.trains()) {
            addTraining(type);
        }
    }

    private void addTraining(TypeSpec.Builder type) {
        type.addMethod(method("trainStep")
                .addParameter(OPTIMIZER, variables.optimizer())
                .addStatement("return trainStep($L, $L)", variables.n(), variables.optimizer())
                .build());
        type.addMethod(method("loss")
                .addStatement("return lossValue($L)", variables.n())
                .build());
    }

    /** Called with null after all, it throws what the runtime says of such a network. */
    private MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc("Cannot be called, as $L", why)
                .addModifiers(Modifier.PUBLIC)
                .addParameters(inputs)
                .addParameter(target, variables.absentTarget())
                .addParameter(TypeName.INT, variables.n())
                .returns(TypeName.FLOAT);
    }
}

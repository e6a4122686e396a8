package dev.netwright.processor.emit;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.Primitive.CrossEntropy;
import dev.netwright.processor.plan.ClassLoss;
import dev.netwright.processor.plan.Nest.Loop;
import java.util.List;

/**
 * Cross entropy of each sample and, where the program trains, its gradient, in scalar code; the same for every kind of
 * kernels.
 */
final class LossEmitter {
    private final Code.Builder code = Code.builder();

    Code emit(ClassLoss kernel) {
        CrossEntropy loss = kernel.loss();
        if (kernel.computesGradient()) {
            code.addStatement("float factor = factors[factorsBase]");
        }
        code.beginControlFlow("for (int sample = from; sample < to; sample++)");
        if (!loss.perElement()) {
            code.addStatement("double total = 0");
        }
        Index x = Index.of("xBase").plus("sample", kernel.sampleStrides().get(0));
        Index gradient =
                Index.of("gradientBase").plus("sample", kernel.sampleStrides().get(1));
        Index target =
                Index.of("targetBase").plus("sample", kernel.sampleStrides().get(2));
        Index out = Index.of("lossBase").plus("sample", kernel.sampleStrides().get(3));
        int depth = 0;
        for (Loop loop : kernel.positions().loops()) {
            String variable = "j" + depth++;
            code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", variable, loop.count());
            x.plus(variable, loop.stride(0));
            gradient.plus(variable, loop.stride(1));
            target.plus(variable, loop.stride(2));
            out.plus(variable, loop.stride(3));
        }
        code.addStatement("int xAt = $L", x);
        if (kernel.computesGradient()) {
            code.addStatement("int gradientAt = $L", gradient);
        }
        code.addStatement(loss.probabilities() ? "int targetAt = $L" : "int label = target[$L]", target);
        code.addStatement("float value = 0f");
        if (loss.probabilities()) {
            logSum(kernel);
            probabilities(kernel);
        } else {
            code.beginControlFlow("if (label != $L)", loss.ignoreIndex());
            index(kernel);
            if (kernel.computesGradient()) {
                code.nextControlFlow("else");
                classLoop(kernel);
                code.addStatement("gradient[$L] = 0f", gradientAt(kernel));
                code.endControlFlow();
            }
            code.endControlFlow();
        }
        if (loss.perElement()) {
            code.addStatement("loss[$L] = value", out);
        } else {
            code.addStatement("total += value");
        }
        kernel.positions().loops().forEach(loop -> code.endControlFlow());
        if (!loss.perElement()) {
            code.addStatement("loss[$L] = (float) total", out);
        }
        return code.endControlFlow().build();
    }

    private void classLoop(ClassLoss kernel) {
        code.beginControlFlow("for (int c = 0; c < $L; c++)", kernel.classes());
    }

    private static Index xAt(ClassLoss kernel, String c) {
        return Index.of("xAt").plus(c, kernel.classStrides().get(0));
    }

    private static Index gradientAt(ClassLoss kernel) {
        return Index.of("gradientAt").plus("c", kernel.classStrides().get(1));
    }

    private static String weight(String c) {
        return "weights[weightsBase + " + c + "]";
    }

    /**
     * Leaves {@code max} and {@code logSum}, so that log probabilities are {@code x - max - logSum}, in this order: the
     * first difference is exact, or nearly so, however large the scores are, and {@code max + logSum} is not.
     */
    private void logSum(ClassLoss kernel) {
        code.addStatement("float max = Float.NEGATIVE_INFINITY");
        classLoop(kernel);
        code.addStatement("max = Math.max(max, x[$L])", xAt(kernel, "c"));
        code.endControlFlow();
        code.addStatement("float sum = 0f");
        classLoop(kernel);
        code.addStatement("float z = x[$L] - max", xAt(kernel, "c"));
        code.addStatement("sum += $L", exp("z"));
        code.endControlFlow();
        code.addStatement("float logSum = (float) StrictMath.log(sum)");
    }

    private String exp(String z) {
        return new ExprEmitter(Lanes.SCALAR, code, "e").emit(Functions.exp(arg(0)), List.of(z));
    }

    private void index(ClassLoss kernel) {
        CrossEntropy loss = kernel.loss();
        code.addStatement("float weight = $L", weight("label"));
        if (loss.logProbabilities()) {
            code.addStatement("value = -weight * x[$L]", xAt(kernel, "label"));
            if (kernel.computesGradient()) {
                classLoop(kernel);
                code.addStatement("gradient[$L] = c == label ? -weight * factor : 0f", gradientAt(kernel));
                code.endControlFlow();
            }
            return;
        }
        logSum(kernel);
        boolean smooth = loss.smoothing() != 0;
        String hard = ExprEmitter.literal((float) (1 - loss.smoothing()));
        String soft = ExprEmitter.literal((float) (loss.smoothing() / kernel.classes()));
        code.addStatement(
                "value = $Lweight * (logSum - (x[$L] - max))", smooth ? hard + " * " : "", xAt(kernel, "label"));
        if (smooth) {
            code.addStatement("float smoothed = 0f");
            code.addStatement("float weights1 = 0f");
            classLoop(kernel);
            code.addStatement("smoothed += $L * (logSum - (x[$L] - max))", weight("c"), xAt(kernel, "c"));
            code.addStatement("weights1 += $L", weight("c"));
            code.endControlFlow();
            code.addStatement("value += $L * smoothed", soft);
        }
        if (!kernel.computesGradient()) {
            return;
        }
        classLoop(kernel);
        code.addStatement("float z = x[$L] - max - logSum", xAt(kernel, "c"));
        code.addStatement("float p = $L", exp("z"));
        code.addStatement("float d = weight * (c == label ? p - 1f : p)");
        if (smooth) {
            code.addStatement("d = $L * d + $L * (p * weights1 - $L)", hard, soft, weight("c"));
        }
        code.addStatement("gradient[$L] = d * factor", gradientAt(kernel));
        code.endControlFlow();
    }

    private void probabilities(ClassLoss kernel) {
        CrossEntropy loss = kernel.loss();
        String hard = ExprEmitter.literal((float) (1 - loss.smoothing()));
        String soft = ExprEmitter.literal((float) (loss.smoothing() / kernel.classes()));
        Index target = Index.of("targetAt").plus("c", kernel.targetClassStride());
        Code weighted = loss.smoothing() == 0
                ? Code.of("target[$L] * $L", target, weight("c"))
                : Code.of("(target[$L] * $L + $L) * $L", target, hard, soft, weight("c"));
        code.addStatement("float mass = 0f");
        classLoop(kernel);
        code.addStatement("float t = $L", weighted);
        code.addStatement("mass += t");
        code.addStatement("value += t * (logSum - (x[$L] - max))", xAt(kernel, "c"));
        code.endControlFlow();
        if (kernel.computesGradient()) {
            classLoop(kernel);
            code.addStatement("float t = $L", weighted);
            code.addStatement("float z = x[$L] - max - logSum", xAt(kernel, "c"));
            code.addStatement("gradient[$L] = ($L * mass - t) * factor", gradientAt(kernel), exp("z"));
            code.endControlFlow();
        }
    }
}

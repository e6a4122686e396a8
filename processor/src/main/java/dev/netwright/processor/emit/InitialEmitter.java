package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.GAIN;
import static dev.netwright.processor.emit.RuntimeNames.INITIAL;

import dev.netwright.processor.graph.ParameterDeclaration.Initial;
import dev.netwright.processor.graph.ParameterDeclaration.Initial.Distribution;
import java.util.stream.Stream;

/** Writes how a parameter is drawn, as a call of the runtime's. */
final class InitialEmitter {
    private InitialEmitter() {}

    static Code of(Initial initial) {
        if (initial instanceof Initial.KaimingUniform uniform) {
            return call("kaimingUniform", uniform.fanIn());
        } else if (initial instanceof Initial.UniformFanIn uniform) {
            return call("uniformFanIn", uniform.fanIn());
        } else if (initial instanceof Initial.Constant constant) {
            return call("constant", ExprEmitter.literal(constant.value()));
        } else if (initial instanceof Initial.Uniform uniform) {
            return call("uniform", ExprEmitter.literal(uniform.low()), ExprEmitter.literal(uniform.high()));
        } else if (initial instanceof Initial.Normal normal) {
            return call("normal", normal.mean(), normal.std());
        } else if (initial instanceof Initial.NormalWithZeroRow normal) {
            return call("normalWithZeroRow", normal.rowLength(), normal.padding());
        } else if (initial instanceof Initial.TruncatedNormal normal) {
            return call("truncatedNormal", normal.mean(), normal.std(), normal.low(), normal.high());
        } else if (initial instanceof Initial.Xavier xavier) {
            return call("xavier" + suffix(xavier.distribution()), xavier.fanIn(), xavier.fanOut(), xavier.gain());
        } else if (initial instanceof Initial.Kaiming kaiming) {
            Code gain = Code.of("$T.$L.value($L)", GAIN, kaiming.nonlinearity(), kaiming.a());
            return call("kaiming" + suffix(kaiming.distribution()), kaiming.fan(), gain);
        } else if (initial instanceof Initial.Orthogonal orthogonal) {
            return call("orthogonal", orthogonal.rows(), orthogonal.columns(), orthogonal.gain());
        } else if (initial instanceof Initial.Eye eye) {
            return call("eye", eye.rows(), eye.columns());
        }
        Initial.Dirac dirac = (Initial.Dirac) initial;
        Stream<Integer> sizes = dirac.shape().sizes().stream();
        return call("dirac", Stream.concat(Stream.of(dirac.groups()), sizes).toArray());
    }

    private static String suffix(Distribution distribution) {
        return switch (distribution) {
            case UNIFORM -> "Uniform";
            case NORMAL -> "Normal";
        };
    }

    private static Code call(String method, Object... arguments) {
        Code list =
                Code.join(Stream.of(arguments).map(each -> Code.of("$L", each)).toList(), ",$W");
        return Code.of("$T.$L($L)", INITIAL, method, list);
    }
}

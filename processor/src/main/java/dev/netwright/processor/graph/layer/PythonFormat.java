package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Shape;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Numbers as Python prints them, so that printed models can be compared with PyTorch's. */
final class PythonFormat {
    private PythonFormat() {}

    static String flag(boolean value) {
        return value ? "True" : "False";
    }

    /** Sizes as they were written: a number, or a tuple. */
    static String sizes(List<Integer> sizes) {
        return sizes.size() == 1
                ? sizes.get(0).toString()
                : sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A tuple, which has a comma behind a single size. */
    static String tuple(List<Integer> sizes) {
        return sizes.size() == 1 ? "(" + sizes.get(0) + ",)" : sizes(sizes);
    }

    /** The arguments of a layer normalisation. */
    static String normalised(Shape shape, double eps, boolean affine, boolean bias) {
        return tuple(shape.sizes()) + ", eps=" + real(eps) + ", elementwise_affine=" + flag(affine) + ", bias="
                + flag(bias);
    }

    /** Numbers as they were written: one, or a tuple. */
    static String reals(List<Double> values) {
        return values.size() == 1
                ? real(values.get(0))
                : values.stream().map(PythonFormat::real).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Python's {@code repr(float)}: the shortest digits that read back, exponents below 1e-4 and from 1e16 on. */
    static String real(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
            int exponent = digits.precision() - digits.scale() - 1;
            BigDecimal mantissa = digits.movePointLeft(exponent);
            return mantissa.toPlainString()
                    + (exponent < 0 ? "e-" : "e+")
                    + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
        }
        String plain =
                new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}

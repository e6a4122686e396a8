package dev.netwright.runtime;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values as Python prints them, so that printed models can be compared with PyTorch's. */
final class PythonFormat {
    private PythonFormat() {}

    /** Python's {@code repr} of a value that a {@link LayerAttributes} holds. */
    static String value(Object value) {
        if (value == null) {
            return "None";
        } else if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        } else if (value instanceof Double real) {
            return real(real);
        } else if (value instanceof String text) {
            return "'" + text + "'";
        } else if (value instanceof int[] || value instanceof double[]) {
            String elements = elements(value);
            return "(" + elements + (elements.isEmpty() || elements.contains(",") ? ")" : ",)");
        }
        return value.toString();
    }

    /** The elements of a list, with commas between them. */
    static String elements(Object list) {
        Stream<String> elements = list instanceof int[] sizes
                ? Arrays.stream(sizes).mapToObj(size -> size == LayerAttributes.NO_SIZE ? "None" : String.valueOf(size))
                : Arrays.stream((double[]) list).mapToObj(PythonFormat::real);
        return elements.collect(Collectors.joining(", "));
    }

    /** Python's {@code repr(float)}: the shortest digits that read back, exponents below 1e-4 and from 1e16 on. */
    private static String real(double value) {
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

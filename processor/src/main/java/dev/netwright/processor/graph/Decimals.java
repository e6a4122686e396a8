package dev.netwright.processor.graph;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as texts in the form of {@link Float#toString(float)}, with as few digits as tell the number from all others.
 * Before JDK 19 that method writes more of some numbers, by which texts would differ with the JDK that compiles.
 */
public final class Decimals {
    private Decimals() {}

    /** Of any number; zeros, infinities and NaN are as {@code toString} has them. */
    public static String of(float value) {
        if (value == 0 || !Float.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal text = exact;
        for (int digits = 2; digits <= 9; digits++) {
            text = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (text.floatValue() == value) {
                break;
            }
        }
        return text(text);
    }

    /** Of any number; zeros, infinities and NaN are as {@code toString} has them. */
    public static String of(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal text = exact;
        for (int digits = 2; digits <= 17; digits++) {
            text = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (text.doubleValue() == value) {
                break;
            }
        }
        return text(text);
    }

    private static String text(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -3 && exponent < 7) {
            return shortest.setScale(Math.max(1, shortest.scale())).toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        return (shortest.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + "."
                + (digits.length() == 1 ? "0" : digits.substring(1))
                + "E" + exponent;
    }
}

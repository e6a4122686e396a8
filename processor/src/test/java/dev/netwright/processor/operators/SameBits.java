package dev.netwright.processor.operators;

import java.util.Map;

/** Compares floats bit for bit. */
final class SameBits {
    private SameBits() {}

    static void check(String oneName, Outcome one, String otherName, Outcome other) {
        if (!one.values().keySet().equals(other.values().keySet())) {
            throw new AssertionError(
                    one.values().keySet() + " are not " + other.values().keySet());
        }
        for (Map.Entry<String, float[]> entry : one.values().entrySet()) {
            check(
                    entry.getKey() + " by " + oneName,
                    entry.getValue(),
                    otherName,
                    other.values().get(entry.getKey()));
        }
    }

    static void check(String oneName, float[] one, String otherName, float[] other) {
        if (one.length != other.length) {
            throw new AssertionError(oneName + " has " + one.length + " elements, " + otherName + " " + other.length);
        }
        for (int i = 0; i < one.length; i++) {
            if (Float.floatToRawIntBits(one[i]) != Float.floatToRawIntBits(other[i])) {
                throw new AssertionError(
                        "element " + i + " of " + oneName + " is " + one[i] + ", " + otherName + " " + other[i]);
            }
        }
    }
}

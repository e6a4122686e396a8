package dev.netwright.examples;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.init.MersenneTwister;
import dev.netwright.training.data.TensorDataset;
import java.util.List;

/** Lists of up to 12 letters with a digit each, such as {@code k4 b7 x1}, and letters of them whose digits are asked for. */
final class Lists {
    static final int ROOM = 12;
    static final int QUESTIONS = 6;
    static final int LETTERS = 26;
    static final int DIGITS = 10;
    private static final int FEWEST = 6;

    private Lists() {}

    /** The same count and seed give the same lists. No letter is twice in one; nor is one asked for twice. */
    static TensorDataset draw(int count, long seed) {
        MersenneTwister random = new MersenneTwister(seed);
        long[] letters = new long[Math.multiplyExact(count, ROOM)];
        long[] digits = new long[Math.multiplyExact(count, ROOM)];
        long[] entries = new long[count];
        long[] asked = new long[Math.multiplyExact(count, QUESTIONS)];
        long[] answers = new long[Math.multiplyExact(count, QUESTIONS)];
        for (int i = 0; i < count; i++) {
            entries[i] = FEWEST + random.nextInt(ROOM - FEWEST + 1);
            int[] mixed = random.randperm(LETTERS);
            int[] places = random.randperm((int) entries[i]);
            for (int e = 0; e < entries[i]; e++) {
                letters[i * ROOM + e] = mixed[e];
                digits[i * ROOM + e] = random.nextInt(DIGITS);
            }
            for (int q = 0; q < QUESTIONS; q++) {
                asked[i * QUESTIONS + q] = letters[i * ROOM + places[q]];
                answers[i * QUESTIONS + q] = digits[i * ROOM + places[q]];
            }
        }
        return TensorDataset.of(
                List.of(
                        Tensor.ofLongs(letters, count, ROOM),
                        Tensor.ofLongs(digits, count, ROOM),
                        Tensor.ofLongs(entries, count, 1),
                        Tensor.ofLongs(asked, count, QUESTIONS)),
                List.of(Tensor.ofLongs(answers, count, QUESTIONS)));
    }

    static String letter(int number) {
        return String.valueOf((char) ('a' + number));
    }
}

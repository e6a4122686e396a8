package dev.netwright.runtime.hostile;

import java.util.Arrays;
import java.util.Random;

/** Damage to a written file that knows nothing of its structure. */
final class ByteDamage {
    private ByteDamage() {}

    static byte[] apply(byte[] content, Random random) {
        byte[] damaged = content.clone();
        for (int rounds = 1 + random.nextInt(3); rounds > 0; rounds--) {
            damaged = once(damaged, random);
        }
        return damaged;
    }

    private static byte[] once(byte[] content, Random random) {
        int at = random.nextInt(content.length + 1);
        int length = random.nextInt(Math.min(64, content.length - at) + 1);
        switch (random.nextInt(7)) {
            case 0 -> {
                return Arrays.copyOf(content, at);
            }
            case 1 -> {
                byte[] more = new byte[1 + random.nextInt(40)];
                random.nextBytes(more);
                return insert(content, random.nextBoolean() ? content.length : at, more);
            }
            case 2 -> {
                byte[] shorter = new byte[content.length - length];
                System.arraycopy(content, 0, shorter, 0, at);
                System.arraycopy(content, at + length, shorter, at, shorter.length - at);
                return shorter;
            }
            case 3 -> {
                return insert(content, at, Arrays.copyOfRange(content, at, at + length));
            }
            case 4 -> {
                // Two places change their contents.
                int other = random.nextInt(content.length - length + 1);
                byte[] swapped = content.clone();
                System.arraycopy(content, at, swapped, other, length);
                System.arraycopy(content, other, swapped, at, length);
                return swapped;
            }
            default -> {
                byte[] flipped = content.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0 && content.length > 0; flips--) {
                    // The beginning of a file says most.
                    int bound = random.nextBoolean() ? Math.min(64, content.length) : content.length;
                    int place = random.nextInt(bound);
                    flipped[place] = (byte)
                            (random.nextBoolean() ? flipped[place] ^ 1 << random.nextInt(8) : random.nextInt(256));
                }
                return flipped;
            }
        }
    }

    private static byte[] insert(byte[] content, int at, byte[] more) {
        byte[] longer = new byte[content.length + more.length];
        System.arraycopy(content, 0, longer, 0, at);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(content, at, longer, at + more.length, content.length - at);
        return longer;
    }
}

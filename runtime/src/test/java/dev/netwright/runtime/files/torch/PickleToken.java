package dev.netwright.runtime.files.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An opcode of a pickle and what follows it.
 *
 * @param opcode the byte
 * @param operand what follows, without the length that some opcodes write before it
 * @param declared the length to write instead of the operand's own; -1 for its own
 */
record PickleToken(int opcode, byte[] operand, long declared) {
    private static final byte[] NONE = new byte[0];

    static PickleToken of(int opcode) {
        return new PickleToken(opcode, NONE, -1);
    }

    static PickleToken of(int opcode, byte[] operand) {
        return new PickleToken(opcode, operand, -1);
    }

    /** A little-endian number of as many bytes as the opcode takes. */
    static PickleToken number(int opcode, long value) {
        return of(opcode, little(value, width(opcode)));
    }

    static PickleToken text(int opcode, String text) {
        return of(opcode, text.getBytes(StandardCharsets.UTF_8));
    }

    static PickleToken global(String module, String name) {
        return text('c', module + '\n' + name + '\n');
    }

    /** Bytes of the number that follows the opcode; 0 if none does. */
    static int width(int opcode) {
        return switch (opcode) {
            case 0x80, 'K', 'q', 'h' -> 1;
            case 'M' -> 2;
            case 'J', 'r', 'j' -> 4;
            case 'G', 0x95 -> 8;
            default -> 0;
        };
    }

    /** Bytes of the length that is written before the operand; 0 if none is. */
    static int lengthWidth(int opcode) {
        return switch (opcode) {
            case 0x8a, 0x8c, 'U', 'C' -> 1;
            case 0x8b, 'X', 'T', 'B' -> 4;
            case 0x8d, 0x8e, 0x96 -> 8;
            default -> 0;
        };
    }

    boolean isText() {
        return opcode == 'X' || opcode == 0x8c || opcode == 0x8d;
    }

    static byte[] write(List<PickleToken> tokens) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (PickleToken token : tokens) {
            out.write(token.opcode);
            int width = lengthWidth(token.opcode);
            if (width > 0) {
                out.writeBytes(little(token.declared >= 0 ? token.declared : token.operand.length, width));
            }
            out.writeBytes(token.operand);
        }
        return out.toByteArray();
    }

    /** The pickle that starts at a byte of valid content; what follows its STOP is left. */
    static List<PickleToken> parse(byte[] content, int start) {
        List<PickleToken> tokens = new ArrayList<>();
        int at = start;
        while (true) {
            int opcode = content[at++] & 0xFF;
            int length = width(opcode);
            if (lengthWidth(opcode) > 0) {
                for (int i = lengthWidth(opcode) - 1; i >= 0; i--) {
                    length = length << 8 | content[at + i] & 0xFF;
                }
                at += lengthWidth(opcode);
            } else if (opcode == 'c') {
                for (int lines = 0; lines < 2; length++) {
                    lines += content[at + length] == '\n' ? 1 : 0;
                }
            }
            tokens.add(of(opcode, Arrays.copyOfRange(content, at, at + length)));
            at += length;
            if (opcode == '.') {
                return tokens;
            }
        }
    }

    private static byte[] little(long value, int width) {
        return Arrays.copyOf(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array(),
                width);
    }
}

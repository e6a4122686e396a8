package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.MalformedFileException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** The operands of pickle opcodes, every length checked against what is left before anything is allocated. */
final class PickleInput {
    /** Serial numbers of PyTorch have 40 digits; decimal conversion of longer ones takes time that grows quadratically. */
    private static final int LONGEST_INTEGER = 64;

    private final TorchErrors errors;
    private final ByteBuffer in;
    /** One for all texts: a decoder is larger than most of them. */
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    PickleInput(TorchErrors errors, ByteBuffer in) {
        this.errors = errors;
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return in.position();
    }

    int unsignedByte(String what) throws MalformedFileException {
        return need(1, what).get() & 0xFF;
    }

    int unsignedShort(String what) throws MalformedFileException {
        return need(2, what).getShort() & 0xFFFF;
    }

    int integer(String what) throws MalformedFileException {
        return need(4, what).getInt();
    }

    double bigEndianDouble(String what) throws MalformedFileException {
        return Double.longBitsToDouble(Long.reverseBytes(need(8, what).getLong()));
    }

    /** A length of four or eight bytes that what is left can hold. */
    int length(int width, String what) throws MalformedFileException {
        int at = in.position();
        long length = width == 8 ? need(8, what).getLong() : need(4, what).getInt() & 0xFFFFFFFFL;
        if (length < 0 || length > in.remaining()) {
            throw errors.at(at, TorchRule.LENGTH, what, Long.toUnsignedString(length), in.remaining());
        }
        return (int) length;
    }

    byte[] bytes(int length, String what) throws MalformedFileException {
        need(length, what);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    String utf8(int length) throws MalformedFileException {
        int at = in.position();
        ByteBuffer text = need(length, "a text").slice(at, length);
        in.position(at + length);
        try {
            return utf8.decode(text).toString();
        } catch (CharacterCodingException malformed) {
            throw errors.at(at, TorchRule.UTF_8);
        }
    }

    String latin1(int length) throws MalformedFileException {
        return new String(bytes(length, "a text"), StandardCharsets.ISO_8859_1);
    }

    /** A signed little-endian integer: a Long if it fits, otherwise a BigInteger. */
    Number integer(int length) throws MalformedFileException {
        int at = in.position();
        if (length > LONGEST_INTEGER) {
            throw errors.at(at, TorchRule.INTEGER, length, LONGEST_INTEGER);
        }
        byte[] little = bytes(length, "an integer");
        byte[] big = new byte[Math.max(1, length)];
        for (int i = 0; i < length; i++) {
            big[i] = little[length - 1 - i];
        }
        BigInteger value = new BigInteger(big);
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return value;
    }

    /** Text up to a line feed, which is taken too. */
    String line() throws MalformedFileException {
        int at = in.position();
        int end = at;
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        if (end == in.limit()) {
            throw errors.at(at, TorchRule.NAME_CUT_OFF);
        }
        String line = utf8(end - at);
        in.get();
        return line;
    }

    private ByteBuffer need(int count, String what) throws MalformedFileException {
        if (in.remaining() < count) {
            throw errors.at(in.position(), TorchRule.CUT_OFF, what);
        }
        return in;
    }
}

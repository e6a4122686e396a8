package dev.netwright.processor.networks;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What tests want to know of a class file (JVM specification, chapter 4).
 *
 * @param codeLengths bytes of code by method, with its descriptor
 * @param longestString bytes of the longest string or name
 */
public record ClassFile(Map<String, Integer> codeLengths, int longestString) {
    public static ClassFile of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            in.skipNBytes(8);
            String[] texts = new String[in.readUnsignedShort()];
            int longest = 0;
            for (int i = 1; i < texts.length; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> {
                        in.mark(2);
                        longest = Math.max(longest, in.readUnsignedShort());
                        in.reset();
                        texts[i] = in.readUTF();
                    }
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // long and double take two places
                    }
                    case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    default -> throw new IllegalArgumentException("constant of kind " + tag);
                }
            }
            in.skipNBytes(6);
            in.skipNBytes(2L * in.readUnsignedShort());
            members(in, texts, new LinkedHashMap<>());
            Map<String, Integer> lengths = new LinkedHashMap<>();
            members(in, texts, lengths);
            return new ClassFile(lengths, longest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void members(DataInputStream in, String[] texts, Map<String, Integer> lengths) throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            in.skipNBytes(2);
            String name = texts[in.readUnsignedShort()] + texts[in.readUnsignedShort()];
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                String attribute = texts[in.readUnsignedShort()];
                int size = in.readInt();
                if (attribute.equals("Code")) {
                    in.skipNBytes(4);
                    lengths.put(name, in.readInt());
                    in.skipNBytes(size - 8L);
                } else {
                    in.skipNBytes(size);
                }
            }
        }
    }
}

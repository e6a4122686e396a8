package dev.netwright.training.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes CIFAR's Python files, opcode by opcode as Python 2 wrote them, and archives. */
final class CifarArchive {

    private CifarArchive() {}

    /** {"data": ndarray(n x 3072, uint8), key: list of labels}. */
    static byte[] pickle(String key, byte[] pixels, int... labels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ascii(out, "\u0080\u0002}q\u0001(U\u0004data");
        ascii(out, "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\u0000\u0085U\u0001b\u0087R(K\u0001");
        ascii(out, "M" + (char) (labels.length & 0xff) + (char) (labels.length >> 8) + "M\u0000\u000c\u0086");
        ascii(out, "cnumpy\ndtype\nU\u0002u1K\u0000K\u0001\u0087R(K\u0003U\u0001|NNN");
        ascii(out, "J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb\u0089T");
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(pixels.length)
                .array());
        out.writeBytes(pixels);
        ascii(out, "tbU" + (char) key.length() + key + "](");
        for (int label : labels) {
            ascii(out, "K" + (char) label);
        }
        ascii(out, "eu.");
        return out.toByteArray();
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] tar(String folder, Map<String, byte[]> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        header(out, folder + "/", 0, '5');
        files.forEach((name, content) -> {
            header(out, folder + "/" + name, content.length, '0');
            out.writeBytes(content);
            out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        });
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    private static void header(ByteArrayOutputStream out, String name, int size, char type) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o", size));
        put(header, 156, Character.toString(type));
        put(header, 257, "ustar\000");
        out.writeBytes(header);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    static void gzip(Path file, byte[] content) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
    }
}

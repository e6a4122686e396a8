package dev.netwright.runtime.files.torch;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes archives as PyTorch does: members stored, their bytes at multiples of 64, so that a mapped load works. */
final class ZipWriter implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_SIZE = 30;
    private static final int EXTRA_HEADER = 4;
    /** The extra field in which PyTorch puts its filling. */
    private static final short PADDING = 'F' | 'B' << 8;
    /** The same content gives the same bytes. Midnight of 1980-01-01 means "earlier" to Java, which adds a field for it. */
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 12, 0);

    private final Counting counting;
    private final ZipOutputStream zip;

    ZipWriter(OutputStream out) {
        counting = new Counting(out);
        zip = new ZipOutputStream(counting, StandardCharsets.UTF_8);
    }

    void add(String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(DATE);
        entry.setExtra(padding(name));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private byte[] padding(String name) {
        long unpadded = counting.count + LOCAL_SIZE + name.getBytes(StandardCharsets.UTF_8).length + EXTRA_HEADER;
        byte[] extra = new byte[EXTRA_HEADER + (int) (-unpadded & ALIGNMENT - 1)];
        Arrays.fill(extra, (byte) 'Z');
        ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN).putShort(PADDING).putShort((short)
                (extra.length - EXTRA_HEADER));
        return extra;
    }

    @Override
    public void close() throws IOException {
        zip.finish();
        counting.flush();
    }

    /** Knows its position. */
    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}

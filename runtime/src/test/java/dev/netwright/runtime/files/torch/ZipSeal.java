package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.files.torch.ZipStructure.Part;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes an archive whose sizes, offsets and checksums fit, but for those that are damaged on purpose. */
final class ZipSeal {
    private static final long IN_ZIP64 = 0xFFFFFFFFL;

    private final ZipStructure structure;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int count;

    private ZipSeal(ZipStructure structure) {
        this.structure = structure;
    }

    static byte[] write(ZipStructure structure) {
        ZipSeal seal = new ZipSeal(structure);
        seal.out.writeBytes(structure.leading);
        structure.written().forEach(seal::add);
        seal.end();
        byte[] archive = seal.out.toByteArray();
        return Arrays.copyOf(archive, Math.max(0, archive.length - structure.cutOff));
    }

    private void add(Part part) {
        byte[] content = structure.content(part);
        byte[] stored = part.deflated ? deflate(content) : content;
        CRC32 crc = new CRC32();
        crc.update(content);
        int method = part.method >= 0 ? part.method : part.deflated ? 8 : 0;
        int checksum = part.crc != null ? part.crc : (int) crc.getValue();
        long header = out.size();
        int filler = part.filler + (structure.aligned ? -(out.size() + 30 + part.name.length + part.filler) & 63 : 0);
        ByteBuffer local = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        local.putInt(part.localSignature)
                .putShort((short) 20)
                .putShort((short) part.flags)
                .putShort((short) method)
                .putInt(0)
                .putInt(checksum)
                .putInt(stored.length)
                .putInt(content.length)
                .putShort((short) part.name.length)
                .putShort((short) (filler + part.shift));
        out.writeBytes(local.array());
        out.writeBytes(part.name);
        out.writeBytes(new byte[filler]);
        out.writeBytes(stored);
        entry(
                part,
                method,
                checksum,
                part.size != null ? part.size : content.length,
                part.compressed != null ? part.compressed : stored.length,
                part.header != null ? part.header : header);
    }

    private void entry(Part part, int method, int crc, long size, long compressed, long header) {
        boolean zip64 = part.zip64 || (size | compressed | header) >>> 32 != 0;
        ByteBuffer entry = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt(part.signature)
                .putShort((short) 20)
                .putShort((short) 20)
                .putShort((short) part.flags)
                .putShort((short) method)
                .putInt(0)
                .putInt(crc)
                .putInt((int) (zip64 ? IN_ZIP64 : compressed))
                .putInt((int) (zip64 ? IN_ZIP64 : size))
                .putShort((short) (part.nameLength != null ? part.nameLength : part.name.length))
                .putShort((short) (zip64 ? 34 : 0))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt((int) (zip64 ? IN_ZIP64 : header));
        directory.writeBytes(entry.array());
        directory.writeBytes(part.name);
        if (zip64) {
            // A field of another kind before it.
            directory.writeBytes(ByteBuffer.allocate(34)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) 0x4246)
                    .putShort((short) 2)
                    .putShort((short) -1)
                    .putShort((short) 1)
                    .putShort((short) 24)
                    .putLong(size)
                    .putLong(compressed)
                    .putLong(header)
                    .array());
        }
        count++;
    }

    private void end() {
        long start = structure.directory != null ? structure.directory : out.size();
        long size = structure.directorySize != null ? structure.directorySize : directory.size();
        out.writeBytes(directory.toByteArray());
        if (structure.zip64) {
            long at = structure.end64 != null ? structure.end64 : out.size();
            out.writeBytes(ByteBuffer.allocate(76)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(structure.endSignature64)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putInt(0)
                    .putInt(0)
                    .putLong(count)
                    .putLong(count)
                    .putLong(size)
                    .putLong(start)
                    .putInt(structure.locatorSignature)
                    .putInt(0)
                    .putLong(at)
                    .putInt(1)
                    .array());
        }
        out.writeBytes(ByteBuffer.allocate(22)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(structure.endSignature)
                .putInt(0)
                .putShort((short) count)
                .putShort((short) (structure.zip64 ? -1 : count))
                .putInt((int) (structure.zip64 ? IN_ZIP64 : size))
                .putInt((int) (structure.zip64 ? IN_ZIP64 : start))
                .putShort((short) structure.comment.length)
                .array());
        out.writeBytes(structure.comment);
    }

    static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] target = new byte[content.length + content.length / 2 + 64];
        int length = deflater.deflate(target);
        deflater.end();
        return Arrays.copyOf(target, length);
    }
}

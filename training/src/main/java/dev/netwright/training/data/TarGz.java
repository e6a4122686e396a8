package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads the files of a tar archive packed by gzip, one after the other: as much of tar as data sets come in. */
final class TarGz {

    private static final int BLOCK = 512;

    private TarGz() {}

    /** Receives a file. */
    interface Visitor {
        void file(String name, byte[] content) throws IOException;
    }

    /** Names are given without their folders; folders, links and extended headers are passed over. */
    static void read(Path archive, Visitor visitor) throws IOException {
        long offset = 0;
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16)) {
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                String name = text(header, 0, 100);
                long size = size(archive, offset, header);
                offset += BLOCK;
                byte[] content = in.readNBytes((int) size);
                if (content.length < size) {
                    throw cutShort(archive, offset + content.length);
                }
                boolean file = header[156] == '0' || header[156] == 0;
                if (file) {
                    visitor.file(name.substring(name.lastIndexOf('/') + 1), content);
                }
                long padding = (BLOCK - size % BLOCK) % BLOCK;
                in.skipNBytes(padding);
                offset += size + padding;
                header = in.readNBytes(BLOCK);
            }
            if (header.length < BLOCK) {
                throw cutShort(archive, offset + header.length);
            }
        } catch (ZipException e) {
            throw new MalformedFileException(
                    archive + " is no archive packed by gzip, or is damaged: \"" + e.getMessage() + "\".");
        } catch (EOFException e) {
            throw cutShort(archive, offset);
        }
    }

    private static MalformedFileException cutShort(Path archive, long offset) {
        return new MalformedFileException(
                archive.toString(),
                offset,
                "the archive ends there, counted uncompressed, without an end: it was cut short");
    }

    private static long size(Path archive, long offset, byte[] header) throws MalformedFileException {
        String octal = text(header, 124, 12).strip();
        boolean tar = text(header, 257, 5).equals("ustar") && octal.matches("[0-7]{1,11}");
        long size = tar ? Long.parseLong(octal, 8) : -1;
        if (size < 0 || size > Integer.MAX_VALUE - 8) {
            throw new MalformedFileException(
                    archive.toString(),
                    offset,
                    tar
                            ? "a file of the archive has " + size + " bytes, more than 2 GiB"
                            : "what gzip packed is no tar archive: there is no header");
        }
        return size;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
    }
}

package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members of a zip archive, from its central directory. {@code java.util.zip.ZipFile} reads no buffers, does not
 * tell where a member's bytes lie, and allocates before it checks.
 */
final class ZipDirectory {
    /**
     * A member.
     *
     * @param name its path
     * @param method 0 stored, 8 deflated
     * @param crc CRC-32 of its content
     * @param compressed its bytes in the archive
     * @param size its bytes as content
     * @param header where its local header starts
     */
    record Member(String name, int method, int crc, long compressed, long size, long header) {}

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int END_SIZE = 22;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_SIZE = 30;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;

    private final TorchErrors errors;
    private final ByteSource source;
    private long directory;
    private long directorySize;

    private ZipDirectory(TorchErrors errors, ByteSource source) {
        this.errors = errors;
        this.source = source;
    }

    /** All members by name, none of which overlaps another. */
    static Map<String, Member> read(TorchErrors errors, ByteSource source) throws IOException {
        ZipDirectory reader = new ZipDirectory(errors, source);
        reader.findDirectory();
        return reader.members();
    }

    private void findDirectory() throws IOException {
        int length = (int) Math.min(source.size(), END_SIZE + LONGEST_COMMENT);
        long from = source.size() - length;
        ByteBuffer tail = source.slice(from, length);
        for (int at = length - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END) {
                directorySize = tail.getInt(at + 12) & 0xFFFFFFFFL;
                directory = tail.getInt(at + 16) & 0xFFFFFFFFL;
                long end = from + at;
                if (directorySize == IN_ZIP64 || directory == IN_ZIP64 || tail.getShort(at + 10) == -1) {
                    end = findDirectory64(end);
                }
                if (directory < 0 || directorySize < 0 || directory > end - directorySize) {
                    throw errors.at(end, TorchRule.ZIP_DIRECTORY, directorySize, directory);
                }
                return;
            }
        }
        throw errors.at(source.size(), TorchRule.ZIP_END);
    }

    private long findDirectory64(long end) throws IOException {
        long locator = end - 20;
        if (locator < 0 || source.slice(locator, 4).getInt(0) != LOCATOR64) {
            throw errors.at(end, TorchRule.ZIP64_MISSING);
        }
        long at = source.slice(locator, 20).getLong(8);
        if (at < 0 || at > locator - 56 || source.slice(at, 4).getInt(0) != END64) {
            throw errors.at(locator, TorchRule.ZIP64_END, at);
        }
        ByteBuffer record = source.slice(at, 56);
        directorySize = record.getLong(40);
        directory = record.getLong(48);
        return at;
    }

    private Map<String, Member> members() throws IOException {
        if (directorySize > Integer.MAX_VALUE) {
            throw errors.at(directory, TorchRule.ZIP_DIRECTORY_LARGE, directorySize);
        }
        ByteBuffer entries = source.slice(directory, (int) directorySize);
        Map<String, Member> members = new LinkedHashMap<>();
        while (entries.hasRemaining()) {
            int at = entries.position();
            Member member = member(entries, at);
            if (members.put(member.name(), member) != null) {
                throw errors.at(directory + at, TorchRule.MEMBER_TWICE, PickledText.quoted(member.name()));
            }
        }
        checkOverlap(members);
        return members;
    }

    private Member member(ByteBuffer entries, int at) throws MalformedFileException {
        if (entries.remaining() < CENTRAL_SIZE || entries.getInt(at) != CENTRAL) {
            throw errors.at(directory + at, TorchRule.ZIP_ENTRY);
        }
        int flags = entries.getShort(at + 8);
        int method = entries.getShort(at + 10);
        int nameLength = entries.getShort(at + 28) & 0xFFFF;
        int extraLength = entries.getShort(at + 30) & 0xFFFF;
        int commentLength = entries.getShort(at + 32) & 0xFFFF;
        if (entries.remaining() - CENTRAL_SIZE < nameLength + extraLength + commentLength) {
            throw errors.at(directory + at, TorchRule.ZIP_ENTRY_CUT_OFF);
        }
        String name = name(entries.slice(at + CENTRAL_SIZE, nameLength), directory + at);
        if ((flags & 1) != 0 || method != 0 && method != 8) {
            throw errors.at(
                    directory + at,
                    TorchRule.MEMBER_METHOD,
                    PickledText.quoted(name),
                    ((flags & 1) != 0 ? "encrypted" : "compressed with method " + method));
        }
        long[] sizes = {
            entries.getInt(at + 24) & 0xFFFFFFFFL,
            entries.getInt(at + 20) & 0xFFFFFFFFL,
            entries.getInt(at + 42) & 0xFFFFFFFFL
        };
        readZip64(entries.slice(at + CENTRAL_SIZE + nameLength, extraLength).order(entries.order()), sizes);
        entries.position(at + CENTRAL_SIZE + nameLength + extraLength + commentLength);
        Member member = new Member(name, method, entries.getInt(at + 16), sizes[1], sizes[0], sizes[2]);
        if (member.size() < 0
                || member.compressed() < 0
                || member.header() < 0
                || member.header() > directory - LOCAL_SIZE
                || member.compressed() > directory - LOCAL_SIZE - member.header()
                || method == 0 && member.size() != member.compressed()) {
            throw errors.at(
                    directory + at,
                    TorchRule.MEMBER_PLACE,
                    PickledText.quoted(name),
                    member.size(),
                    member.compressed(),
                    member.header());
        }
        return member;
    }

    private String name(ByteBuffer bytes, long at) throws MalformedFileException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw errors.at(at, TorchRule.MEMBER_NAME);
        }
    }

    /** Fields that did not fit come in the order size, compressed size, header, in the extra field 1. */
    private static void readZip64(ByteBuffer extra, long[] sizes) {
        while (extra.remaining() >= 4) {
            int tag = extra.getShort() & 0xFFFF;
            int length = Math.min(extra.getShort() & 0xFFFF, extra.remaining());
            if (tag == 1) {
                ByteBuffer fields = extra.slice(extra.position(), length).order(extra.order());
                for (int i = 0; i < sizes.length; i++) {
                    if (sizes[i] == IN_ZIP64 && fields.remaining() >= 8) {
                        sizes[i] = fields.getLong();
                    }
                }
            }
            extra.position(extra.position() + length);
        }
    }

    /** Members that share bytes let a small archive hold any amount of content. */
    private void checkOverlap(Map<String, Member> members) throws MalformedFileException {
        List<Member> ordered = new ArrayList<>(members.values());
        ordered.sort(Comparator.comparingLong(Member::header));
        for (int i = 1; i < ordered.size(); i++) {
            Member before = ordered.get(i - 1);
            if (ordered.get(i).header() < before.header() + LOCAL_SIZE + before.compressed()) {
                throw errors.at(
                        ordered.get(i).header(),
                        TorchRule.MEMBER_OVERLAP,
                        PickledText.quoted(ordered.get(i).name()),
                        PickledText.quoted(before.name()));
            }
        }
    }

    /** Where a member's bytes start. */
    static long dataOffset(TorchErrors errors, ByteSource source, Member member) throws IOException {
        ByteBuffer header = source.slice(member.header(), LOCAL_SIZE);
        long offset = member.header() + LOCAL_SIZE + (header.getShort(26) & 0xFFFF) + (header.getShort(28) & 0xFFFF);
        if (header.getInt(0) != LOCAL || member.compressed() > source.size() - offset) {
            throw errors.at(member.header(), TorchRule.MEMBER_HEADER, PickledText.quoted(member.name()));
        }
        return offset;
    }
}

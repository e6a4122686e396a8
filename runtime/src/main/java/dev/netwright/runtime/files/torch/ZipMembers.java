package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The content of an archive's members, checked against their checksums where they have them. */
final class ZipMembers {
    /** Weights hardly compress, so that more than this means harm. */
    private static final int LARGEST_MULTIPLE = 16;

    /** What {@code torch.serialization.set_crc32_options(False)} makes PyTorch write instead of a checksum. */
    private static final int NO_CHECKSUM = 0;

    private final TorchErrors errors;
    private final ByteSource source;
    private final Map<String, ZipDirectory.Member> members;
    private long inflated;

    ZipMembers(TorchErrors errors, ByteSource source) throws IOException {
        this.errors = errors;
        this.source = source;
        this.members = ZipDirectory.read(errors, source);
    }

    Set<String> names() {
        return members.keySet();
    }

    /** Content length of a member; -1 if there is none. */
    long size(String name) {
        ZipDirectory.Member member = members.get(name);
        return member == null ? -1 : member.size();
    }

    /** Where the member's bytes start, for messages. */
    long offset(String name) throws IOException {
        return ZipDirectory.dataOffset(errors, source, members.get(name));
    }

    /** For messages about places in the member's content: in a compressed one they have no byte of the file. */
    TorchErrors inside(String name) throws IOException {
        long offset = offset(name);
        return members.get(name).method() == 0 ? errors.from(offset) : errors.only(offset);
    }

    /** The little-endian content. */
    ByteBuffer content(String name) throws IOException {
        ZipDirectory.Member member = members.get(name);
        long offset = offset(name);
        if (member.size() > Integer.MAX_VALUE - 8) {
            throw errors.at(offset, TorchRule.MEMBER_LARGE, PickledText.quoted(name), member.size());
        }
        ByteBuffer stored = source.slice(offset, (int) member.compressed());
        ByteBuffer content = member.method() == 0 ? stored : inflate(member, stored, offset);
        if (member.crc() == NO_CHECKSUM) {
            return content;
        }
        CRC32 crc = new CRC32();
        crc.update(content.duplicate());
        if ((int) crc.getValue() != member.crc()) {
            throw errors.at(
                    offset,
                    TorchRule.MEMBER_CHECKSUM,
                    PickledText.quoted(name),
                    Integer.toHexString((int) crc.getValue()),
                    Integer.toHexString(member.crc()));
        }
        return content;
    }

    private ByteBuffer inflate(ZipDirectory.Member member, ByteBuffer stored, long offset)
            throws MalformedFileException {
        inflated += member.size();
        if (inflated > LARGEST_MULTIPLE * source.size()) {
            throw errors.at(offset, TorchRule.INFLATED, LARGEST_MULTIPLE);
        }
        byte[] content = new byte[(int) member.size()];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stored);
            int length = 0;
            int more = 1;
            while (length < content.length && more > 0) {
                more = inflater.inflate(content, length, content.length - length);
                length += more;
            }
            if (length < content.length) {
                throw damaged(member, offset);
            }
        } catch (DataFormatException malformed) {
            throw damaged(member, offset);
        } finally {
            inflater.end();
        }
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    private MalformedFileException damaged(ZipDirectory.Member member, long offset) {
        return errors.at(offset, TorchRule.INFLATE, PickledText.quoted(member.name()), member.size());
    }
}

package dev.netwright.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The JSON part of a safetensors file, every rule checked before a tensor is read.
 *
 * @param entries in the order of their data
 * @param metadata in the order of the file
 * @param dataStart where the data begins, in bytes from the beginning of the file
 * @param end where the file must end
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata, long dataStart, long end) {
    /** A tensor's place: bytes begin (inclusive) to end (exclusive) of the data. */
    record Entry(String name, DType dtype, int[] shape, long begin, long end) {
        /** At most {@link Tensor#MAX_BYTES}. */
        int length() {
            return (int) (end - begin);
        }
    }

    static SafetensorsHeader of(String source, List<Entry> unordered, Map<String, String> metadata, long dataStart)
            throws IOException {
        List<Entry> entries = new ArrayList<>(unordered);
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long end = 0;
        for (Entry entry : entries) {
            String name = SafetensorsJson.quoted(entry.name());
            if (entry.begin() > end) {
                throw SafetensorsRule.HOLE.broken(source, add(dataStart, end), entry.begin() - end, name);
            }
            if (entry.begin() < end) {
                throw SafetensorsRule.OVERLAP.broken(source, add(dataStart, entry.begin()), name, end - entry.begin());
            }
            end = entry.end();
        }
        return new SafetensorsHeader(entries, metadata, dataStart, add(dataStart, end));
    }

    /** Offsets come from the file, so their sum may overflow; no file is that long. */
    private static long add(long dataStart, long offset) {
        return offset > Long.MAX_VALUE - dataStart ? Long.MAX_VALUE : dataStart + offset;
    }

    /** Checks that the file ends where the last tensor does. */
    void checkLength(String source, long length) throws IOException {
        if (length < end) {
            for (Entry entry : entries) {
                if (dataStart + entry.end() > length) {
                    throw cutOff(source, entry, length);
                }
            }
        }
        if (length > end) {
            throw SafetensorsRule.TRAILING.broken(source, end);
        }
    }

    MalformedFileException cutOff(String source, Entry entry, long length) {
        return SafetensorsRule.DATA_CUT_OFF.broken(
                source,
                dataStart + entry.begin(),
                SafetensorsJson.quoted(entry.name()),
                add(dataStart, entry.end()),
                length);
    }
}

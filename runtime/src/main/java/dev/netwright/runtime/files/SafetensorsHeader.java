package dev.netwright.runtime.files;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
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
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata, long dataStart) {
    /** A tensor's place: bytes begin (inclusive) to end (exclusive) of the data. */
    record Entry(String name, DType dtype, int[] shape, long begin, long end) {
        /** At most {@link Tensor#MAX_BYTES}. */
        int length() {
            return (int) (end - begin);
        }
    }

    /**
     * Orders the entries and checks that they tile the data.
     *
     * @param size of the file, or {@link SafetensorsReader#UNKNOWN}
     */
    static SafetensorsHeader of(
            String source, List<Entry> unordered, Map<String, String> metadata, long dataStart, long size)
            throws IOException {
        List<Entry> entries = new ArrayList<>(unordered);
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        SafetensorsHeader header = new SafetensorsHeader(entries, metadata, dataStart);
        long end = 0;
        for (Entry entry : entries) {
            String name = SafetensorsJson.quoted(entry.name());
            if (entry.begin() > end) {
                throw SafetensorsRule.HOLE.broken(source, dataStart + end, entry.begin() - end, name);
            }
            if (entry.begin() < end) {
                throw SafetensorsRule.OVERLAP.broken(source, dataStart + entry.begin(), name, end - entry.begin());
            }
            end = entry.end();
            if (size != SafetensorsReader.UNKNOWN && end > size - dataStart) {
                throw header.cutOff(source, entry, size);
            }
        }
        if (size != SafetensorsReader.UNKNOWN && end < size - dataStart) {
            throw SafetensorsRule.TRAILING.broken(source, dataStart + end);
        }
        return header;
    }

    MalformedFileException cutOff(String source, Entry entry, long size) {
        String name = SafetensorsJson.quoted(entry.name());
        return SafetensorsRule.DATA_CUT_OFF.broken(
                source, dataStart + entry.begin(), name, dataStart + entry.end(), size);
    }
}

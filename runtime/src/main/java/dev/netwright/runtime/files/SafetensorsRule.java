package dev.netwright.runtime.files;

import dev.netwright.runtime.MalformedFileException;
import java.util.Locale;

/** The rules of the safetensors format and the limits of its reader, each with the sentence that says it is broken. */
enum SafetensorsRule {
    LENGTH_MISSING("it has %s bytes, fewer than the 8 of the header's length"),
    HEADER_TOO_LONG("it announces a header of %s bytes, beyond the %s that the format allows"),
    HEADER_CUT_OFF("it announces a header of %s bytes, but only %s follow"),
    FIRST_BRACE("the header starts with %s, not with '{'"),
    UTF_8("the header is not UTF-8"),
    JSON("the header is not JSON: %s"),
    LIMIT("the header has %s %s, and the reader takes at most %s"),
    SURROGATE("%s has half of a surrogate pair, which is no text"),
    DUPLICATE_KEY("the key %s appears twice"),
    TYPE("%s is %s, not %s"),
    AFTER_BRACE("the header goes on after its closing brace, where only spaces may follow"),
    MANY_TENSORS("the header describes more than %s tensors, the most that the reader takes"),
    MANY_NOTES("the header has more than %s metadata entries, the most that the reader takes"),
    MANY_DIMENSIONS("the shape of %s has more than %s dimensions, the most that PyTorch has"),
    FIELD_MISSING("%s lacks %s"),
    DTYPE("%s has the unknown dtype %s"),
    NEGATIVE("%s contains the negative number %s"),
    NUMBER_RANGE("%s contains a number beyond 9223372036854775807"),
    OFFSETS("data_offsets of %s are %s, not a begin and an end"),
    DIMENSION("%s has the dimension %s, beyond 2147483647"),
    PRODUCT("the size of %s with shape %s overflows 64 bits"),
    TENSOR_SIZE("%s has %s elements in %s bytes; one tensor has at most %s of each"),
    SIZE("%s needs %s bits as %s, but its data_offsets span %s bytes"),
    HOLE("nothing covers the %s bytes before the data of %s"),
    OVERLAP("the data of %s begins %s bytes before the data before it ends"),
    DATA_CUT_OFF("the data of %s goes on to byte %s, but the file ends at byte %s"),
    TRAILING("the data ends here, but the file goes on");

    private final String sentence;

    SafetensorsRule(String sentence) {
        this.sentence = sentence;
    }

    /** With {@code %s} for what was found. */
    String sentence() {
        return sentence;
    }

    MalformedFileException broken(String source, long offset, Object... found) {
        return new MalformedFileException(source, offset, String.format(Locale.ROOT, sentence, found));
    }
}

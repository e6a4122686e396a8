package dev.netwright.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeNamesTest {
    private static final Map<String, List<String>> CALLEES =
            Map.of("tile", List.of("float[] a", "int aBase", "int aRow2"), "other", List.of("int x"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    for (int lane = 0; lane < #; lane += L)                        | lanes
                    for (int last = 8; last < #; last += L)                        | lastEnd
                    for (int j = 0; j < #; j++)                                    | jEnd
                    int row = unit % #;                                            | rows
                    int outer = unit / #;                                          | unitsPerOuter
                    int aAt = aBase + outer * 20 + row * #;                        | aRow
                    tile(a, aAt + (row + 1) * 8 + column * #, 4);                  | aColumn
                    out[outAt + j * #] = 0f;                                       | outStride
                    int k = inBase + 1; int from = k + lane; f(in, from + 2 * #);  | inStride
                    v.intoArray(c, cBase + #);                                     | cStride
                    tile(a, f(1, 2) + 8, #);                                       | aRow
                    tile(a, 8, other(#));                                          | x
                    Math.min(#, 8);                                                | size
                    """)
    void aSizeIsNamedAfterItsUse(String code, String name) {
        assertThat(new SizeNames(code, CALLEES).at(code.indexOf('#'))).isEqualTo(name);
    }
}

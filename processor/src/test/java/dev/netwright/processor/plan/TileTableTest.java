package dev.netwright.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileTableTest {
    private static final String ROW = "nested/32 lanes/16 registers: 4x2\n";

    @Test
    void theCompilersTableHasARowForEachKindOfTile() {
        TileTable table = TileTable.measured();
        for (TileForm form : TileForm.values()) {
            // several taps need all registers for one vector
            for (int lanes = 16; lanes <= (form == TileForm.TAPS ? 16 : 64); lanes += 16) {
                for (int registers : new int[] {TileRow.NARROW, TileRow.WIDE}) {
                    assertThat(table.row(form, lanes, registers).registers()).isEqualTo(registers);
                }
            }
        }
    }

    @Test
    void aTableIsWhatItsRowsPrint() {
        StringBuilder text = new StringBuilder();
        TileTable.measured().rows().forEach(text::append);
        assertThat(TileTable.parse(text.toString()).rows())
                .isEqualTo(TileTable.measured().rows());
    }

    @Test
    void figuresBelongToTheRowAboveThem() {
        TileRow row = TileTable.parse("# made by hand\n\n" + ROW + "    JDK 17, 256 bits: 4x2 80.1, 6x2 39 GF\n")
                .row(TileForm.NESTED, 32, TileRow.NARROW);
        assertThat(row.shape()).isEqualTo(new TileShape(4, 2));
        assertThat(row.figures()).containsExactly(new TileRow.Figures(17, 256, Map.of("4x2", 80.1, "6x2", 39.0)));
        assertThat(row.key()).isEqualTo("nested/32 lanes/16 registers");
    }

    @Test
    void aRowThatIsMissingIsNamed() {
        assertThatThrownBy(() -> TileTable.parse(ROW).row(TileForm.TAPS, 16, TileRow.WIDE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("tiles.txt has no row taps/16 lanes/32 registers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            spiral/32 lanes/16 registers: 4x2|no form spiral, only [taps, pooled, nested, one-loop
            nested/32 lanes: 4x2|not a row such as
            nested/32 lanes/16 registers 4x2|not a row such as
            nested/32 lanes/16 registers: 4x|not a row such as
            nested/24 lanes/16 registers: 4x2|16, 32, 48 or 64 lanes, not 24
            nested/80 lanes/16 registers: 4x2|16, 32, 48 or 64 lanes, not 80
            nested/32 lanes/8 registers: 4x2|16 or 32 registers, not 8
            nested/48 lanes/32 registers: 4x2|48 lanes are at most 3 vectors, which 2 do not divide
            nested/32 lanes/32 registers: 4x0|at most 2 vectors
            nested/32 lanes/32 registers: 0x2|do not have 0 columns
            pooled/32 lanes/32 registers: 6x2|tiles of pooled do not have 6 columns
            nested/32 lanes/16 registers: 4x2|a second row of its kind
                4x2 80.1 GF|not a row's figures such as
                JDK 17, 256 bits: 4x2 fast GF|not a shape and its rate: 4x2 fast
            """)
    void aLineThatIsWrongIsNamedWithWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> TileTable.parse(ROW + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tiles.txt, line 2: ")
                .hasMessageContaining(message)
                .hasMessageEndingWith(": " + line);
    }
}

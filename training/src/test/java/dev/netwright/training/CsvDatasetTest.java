package dev.netwright.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvDatasetTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("flowers.csv");
    }

    private CsvReader table(String text) throws IOException {
        Files.writeString(file, text);
        return CsvDataset.from(file);
    }

    private static Batch all(CsvDataset dataset) {
        return DataLoader.of(dataset).batchSize(dataset.size()).iterator().next();
    }

    @Test
    void numbersBecomeInputsAndTextsClasses() throws IOException {
        CsvDataset dataset = table(
                        "\uFEFFlength, width,species\n1.5,2,setosa\n-3,4e1,\"iris, versicolor\"\n\n5,6,setosa\n")
                .label("species")
                .read();
        assertThat(dataset.inputNames()).containsExactly("length", "width");
        assertThat(dataset.classNames()).containsExactly("iris, versicolor", "setosa");
        assertThat(all(dataset).inputs()).containsExactly(1.5f, 2, -3, 40, 5, 6);
        assertThat(all(dataset).labels()).containsExactly(1, 0, 1);
        assertThat(dataset.line(2)).isEqualTo(5);
    }

    @Test
    void columnsAreChosenAndCategoriesBecomePlaces() throws IOException {
        CsvDataset dataset = table("price;color;size;id\n10;red;1;x\n20;blue;2;y\n30;red;3;z\n")
                .separator(';')
                .inputs("size", "color")
                .category("color")
                .targets("price")
                .read();
        assertThat(dataset.inputNames()).containsExactly("size", "color=blue", "color=red");
        assertThat(all(dataset).inputs()).containsExactly(1, 0, 1, 2, 1, 0, 3, 0, 1);
        assertThat(all(dataset).targets()).containsExactly(10, 20, 30);
        assertThat(dataset.layout().targets()).containsExactly(Field.floats(1));
    }

    @Test
    void labelsThatAreNumbersAreInTheirOrder() throws IOException {
        CsvDataset dataset = table("1,10\n2,9\n3,10\n").header(false).label("1").read();
        assertThat(dataset.classNames()).containsExactly("9", "10");
        assertThat(all(dataset).labels()).containsExactly(1, 0, 1);
        assertThat(dataset.line(0)).isEqualTo(1);
    }

    @Test
    void missingValuesAreToldWithLineAndColumn() throws IOException {
        String text = "a,b,c\n1,2,x\n,4,y\n5,NA,x\n7,8,?\n";
        assertThatThrownBy(() -> table(text).label("c").read())
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(
                        file + " has 3 missing values: line 3 column \"a\", line 4 column \"b\", line 5 column \"c\"."
                                + " Choose missing(SKIP) to leave such rows out, or missing(MEAN) to fill input numbers.");
        CsvDataset rest = table(text).label("c").missing(CsvReader.Missing.SKIP).read();
        assertThat(rest.size()).isEqualTo(1);
        assertThat(rest.skippedLines()).containsExactly(3, 4, 5);
        assertThat(rest.classNames()).containsExactly("x");
        assertThatThrownBy(() ->
                        table(text).label("c").missing(CsvReader.Missing.MEAN).read())
                .hasMessageContaining("1 missing value: line 5 column \"c\"");
        CsvDataset filled = table("a,b\n1,2\n,4\n6,\n")
                .targets("b")
                .missing(CsvReader.Missing.SKIP)
                .read();
        assertThat(all(filled).inputs()).containsExactly(1);
        CsvDataset means = table("a,b\n1,2\n,4\n6,7\n")
                .targets("b")
                .missing(CsvReader.Missing.MEAN)
                .read();
        assertThat(all(means).inputs()).containsExactly(1, 3.5f, 6);
    }

    @Test
    void whatIsWrongIsToldWithItsLine() throws IOException {
        assertThatThrownBy(() -> table("a,b\n1,2\n3,four\n").read())
                .hasMessage(
                        file + ", line 3, column \"b\": \"four\" is no number; make the column a category, or leave it"
                                + " out of the inputs.");
        assertThatThrownBy(() -> table("a,b\n1,2\n3,4,5\n").read())
                .hasMessage(file + ", line 3: the row has 3 values, but there are 2 columns.");
        assertThatThrownBy(() -> table("a,b\n1,\"two\nlines\"\n3,4\n").read()).hasMessageContaining("line 2, column");
        assertThatThrownBy(() ->
                        table("a,b\n1,x\n3,z\n").label("b", List.of("x", "y")).read())
                .hasMessage(file + ", line 3, column \"b\": \"z\" is none of [x, y].");
        assertThatThrownBy(() -> table("a,b\n1,1e60\n").read()).hasMessageContaining("no finite 32-bit number");
        assertThatThrownBy(() -> table("a,b\n1,2\n").label("c").read())
                .hasMessage(file + " has no column \"c\"; its columns are [a, b].");
        assertThatThrownBy(() -> table("a,a\n1,2\n").read()).hasMessageContaining("two columns have the name \"a\"");
        assertThatThrownBy(() -> table("a,b\n").read()).hasMessageContaining("has no rows after its header");
        assertThatThrownBy(() -> table("").read()).hasMessageContaining("has no rows");
        assertThatThrownBy(() -> table("a,b\n1,\"open\n2,3\n").read())
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("line");
        Files.write(file, new byte[] {'a', '\n', '1', '\n', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> CsvDataset.from(file).read()).hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> CsvDataset.from(folder).read()).hasMessageContaining("is not a file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table("a,b\n1,2\n").label("a").targets("b").read());
    }
}

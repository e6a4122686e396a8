package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.files.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvDatasetTest {

    @Network(input = 5)
    static class Table {
        @Linear(outFeatures = 2)
        Layer fc;
    }

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

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstValue() throws IOException {
        for (boolean header : new boolean[] {true, false}) {
            CsvReader reader = table("\uFEFF" + (header ? "\"a,b\",c\n" : "") + "x,1\ny,2\nx,3\n")
                    .header(header)
                    .label(header ? "a,b" : "0");
            CsvDataset dataset = reader.read();
            assertThat(dataset.classNames()).containsExactly("x", "y");
            assertThat(all(dataset).labels()).containsExactly(0, 1, 0);
        }
        assertThat(all(table("\uFEFF\"1.5\",2\n").header(false).read()).inputs())
                .containsExactly(1.5f, 2);
    }

    private static final String TRAINING = "region,area,price\nnorth,10,1\nsouth,,2\nnorth,40,3\n";

    private CsvReader training() throws IOException {
        return table(TRAINING).category("region").targets("price").missing(CsvReader.Missing.MEAN);
    }

    @Test
    void otherFilesBecomeTheSameInputs() throws IOException {
        CsvDataset train = training().read();
        assertThat(train.inputNames()).containsExactly("region=north", "region=south", "area");
        assertThat(all(train).inputs()).containsExactly(1, 0, 10, 0, 1, 25, 1, 0, 40);
        CsvDataset test = table("area,note,price,region\n,new,7,south\n1000,old,8,south\n")
                .like(train)
                .read();
        assertThat(test.inputNames()).isEqualTo(train.inputNames());
        assertThat(test.layout()).isEqualTo(train.layout());
        assertThat(all(test).inputs()).containsExactly(0, 1, 25, 0, 1, 1000);
        assertThat(all(test).targets()).containsExactly(7, 8);
        assertThat(test.encoding()).hasToString(train.encoding().toString());
        assertThatThrownBy(() -> table("region,area,price\nsouth,1,1\neast,1,1\n")
                        .like(train)
                        .read())
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(file + ", line 3, column \"region\": \"east\" is none of [north, south];"
                        + " unknownPlace(\"region\") gives such values a place of their own.");
        assertThatThrownBy(() -> table("region,area,price\n,1,1\n").like(train).read())
                .hasMessageContaining("1 missing value: line 2 column \"region\"")
                .hasMessageEndingWith("missingPlace(column) gives missing categories a place of their own.");
        assertThatThrownBy(() -> table("region,price\nsouth,1\n").like(train).read())
                .hasMessageContaining("has no column \"area\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table(TRAINING).like(train).category("region").read())
                .withMessageContaining("and described too");
    }

    @Test
    void classesAreThoseOfTheTraining() throws IOException {
        CsvDataset train =
                table("1;b\n2;c\n3;a\n").header(false).separator(';').label("1").read();
        CsvDataset test = table("7,c\n8,a\n").like(train).separator(',').read();
        assertThat(test.classNames()).containsExactly("a", "b", "c");
        assertThat(all(test).labels()).containsExactly(2, 0);
        assertThatThrownBy(() -> table("7;d\n").like(train).read()).hasMessageContaining("\"d\" is none of [a, b, c]");
    }

    @Test
    void unknownAndMissingCategoriesHavePlacesWhereAsked() throws IOException {
        CsvDataset train =
                training().unknownPlace("region").missingPlace("region").read();
        assertThat(train.inputNames())
                .containsExactly("region=north", "region=south", "region=(unknown)", "region=(missing)", "area");
        assertThat(all(train).inputs()).containsExactly(1, 0, 0, 0, 10, 0, 1, 0, 0, 25, 1, 0, 0, 0, 40);
        CsvDataset test = table("region,area,price\neast,1,1\n,2,1\nsouth,3,1\n")
                .like(train)
                .read();
        assertThat(all(test).inputs()).containsExactly(0, 0, 1, 0, 1, 0, 0, 0, 1, 2, 0, 1, 0, 0, 3);
        CsvDataset missingOnly = table("region,area\n?,1\nwest,2\n,\n")
                .category("region")
                .missingPlace("region")
                .missing(CsvReader.Missing.SKIP)
                .read();
        assertThat(missingOnly.skippedLines()).containsExactly(4);
        assertThat(all(missingOnly).inputs()).containsExactly(0, 1, 1, 1, 0, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table(TRAINING).unknownPlace("area").read())
                .withMessageContaining("but is no category: write category(\"area\") too");
    }

    @Test
    void aPartOfAFileIsFittedOn() throws IOException {
        String text = "region,area\nnorth,10\nsouth,90\nnorth,\nwest,20\n";
        CsvReader reader = table(text)
                .category("region")
                .unknownPlace("region")
                .missing(CsvReader.Missing.MEAN)
                .fit(0, 2, 3);
        assertThat(reader.read().inputNames())
                .containsExactly("region=north", "region=west", "region=(unknown)", "area");
        assertThat(all(reader.read()).inputs()).containsExactly(1, 0, 0, 10, 0, 0, 1, 90, 1, 0, 0, 15, 0, 1, 0, 20);
        assertThatThrownBy(() -> reader.fit(2).read())
                .hasMessageContaining("column \"area\": all values are missing in the training rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.fit(4).read())
                .withMessageContaining("fit() names row 4, but " + file + " has 4");
    }

    @Test
    void anEncodingIsKeptBesideTheWeights() throws IOException {
        CsvDataset train = table("kind|a, \"b\"|label\nx\"y|0.1|no\n|0.2|yes\n\"two\nlines\"|NA|no\n")
                .separator('|')
                .category("kind")
                .unknownPlace("kind")
                .missingPlace("kind")
                .missing(CsvReader.Missing.MEAN)
                .label("label")
                .read();
        Path weights = folder.resolve("net.safetensors");
        CsvDatasetTest_TableModel net = CsvDatasetTest_TableModel.create(1);
        Map<String, String> metadata = new LinkedHashMap<>(net.metadata());
        metadata.putAll(train.encoding().metadata());
        Safetensors.write(weights, net.stateDict(), metadata);
        CsvEncoding encoding = CsvEncoding.of(Safetensors.read(weights).metadata());
        assertThat(encoding).hasToString(train.encoding().toString());
        assertThat(encoding.inputNames()).isEqualTo(train.inputNames());
        assertThat(encoding.classNames()).containsExactly("no", "yes");
        CsvDataset again = CsvDataset.from(file).like(encoding).read();
        assertThat(all(again).inputs()).containsExactly(all(train).inputs());
        assertThat(CsvDatasetTest_TableModel.load(weights).predict(all(again).inputs(), 3))
                .containsExactly(net.predict(all(train).inputs(), 3));
        assertThat(all(again).inputs()[14]).isEqualTo(0.15f);
        assertThat(all(again).labels()).containsExactly(0, 1, 0);
        assertThatThrownBy(() -> CsvEncoding.of(Map.of("format", "pt")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("have no entry netwright.csv");
        for (String wrong :
                List.of("", "2,x", "1", "1,;,true,NEVER", "1,;,true,MEAN\nnumber,a,b", "1,;,true,SKIP\nx")) {
            assertThatThrownBy(() -> CsvEncoding.of(Map.of("netwright.csv", wrong)))
                    .as(wrong)
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageContaining("netwright.csv makes no sense");
        }
    }
}

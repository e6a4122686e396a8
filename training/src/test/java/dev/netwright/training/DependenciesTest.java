package dev.netwright.training;

import com.google.protobuf.Message;
import dev.netwright.testing.LibraryVersions;
import me.tongfei.progressbar.ProgressBar;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class DependenciesTest {
    @Test
    void librariesAreOfTheVersionsThatAreToBeTested() {
        LibraryVersions.check(CSVFormat.class, Message.class, ProgressBar.class, XYChart.class);
    }
}
